// Classifies a failed e-mail: it is retried when the mail server is busy or away, and not when the server refuses it. The catalogue
// has the advice for each refusal. Source: RFC 5321 §4.2.1 (4xx is transient, 5xx permanent); nodemailer's codes for the rest.
import { z } from 'zod';
import type { Code } from '../model/catalogue/catalogue.ts';
import type { Fault } from '../model/fault.ts';

/** Codes of nodemailer and Node for a server that cannot be reached, or a lost connection. */
const NETWORK = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDNS',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'EPROTOCOL',
  'ESOCKET',
  'ETIMEDOUT',
]);
const NOTHING_SENT = /EDNS|ECONNREFUSED/;
/** An untrusted certificate is permanent until somebody acts, whatever code nodemailer gives it. */
const CERTIFICATE = /certificate|altnames|self.signed/i;

const mailErrorSchema = z.object({
  code: z.string().default(''),
  message: z.string(),
  /** The server's reply code, for example 550. */
  responseCode: z.number().optional(),
  /** The SMTP command that it refused. */
  command: z.string().default(''),
});

/** `retry`: transient; `record`: this e-mail is refused. Never a class that holds up other work. */
export function faultOfMail(error: unknown): Fault {
  const parsed = mailErrorSchema.safeParse(error);
  const {
    code: reason,
    responseCode,
    command,
    message,
  } = parsed.data ?? mailErrorSchema.parse({ message: String(error) });
  const fault = (retry: boolean, code: Code): Fault => ({
    class: retry ? 'retry' : 'record',
    code,
    message,
    fields: [],
    // The server may have accepted the e-mail although its reply was lost.
    unknownOutcome: retry && responseCode === undefined && !NOTHING_SENT.test(`${reason} ${message}`),
  });
  if (responseCode !== undefined && responseCode < 500) return fault(true, 'MAIL_DELAYED');
  if (reason === 'ETLS' || CERTIFICATE.test(message)) return fault(false, 'MAIL_UNSAFE');
  if (reason === 'EAUTH' || [530, 534, 535, 538].includes(responseCode ?? 0)) return fault(false, 'MAIL_SIGN_IN');
  if (responseCode !== undefined) return fault(false, /^MAIL/i.test(command) ? 'MAIL_SENDER_REFUSED' : 'MAIL_REFUSED');
  return NETWORK.has(reason) ? fault(true, 'MAIL_AWAY') : fault(false, 'MAIL_FAILED');
}
