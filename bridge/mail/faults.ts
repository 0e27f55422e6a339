// What a failed e-mail asks for: a mail server that is busy or away is tried again, and one that says no is not; what an
// admin can do about a refusal stands in the catalogue. Source: RFC 5321 §4.2.1 (4xx passes, 5xx does not); nodemailer's own codes for the rest.
import { z } from 'zod';
import type { Code } from '../model/catalogue/catalogue.ts';
import type { Fault } from '../model/fault.ts';

/** Codes of nodemailer and Node for a server that cannot be reached, or was lost on the way. */
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
/** A certificate that is not trusted stays so until somebody acts, whatever nodemailer calls it. */
const CERTIFICATE = /certificate|altnames|self.signed/i;

const mailErrorSchema = z.object({
  code: z.string().default(''),
  message: z.string(),
  /** What the server answered, for example 550. */
  responseCode: z.number().optional(),
  /** The SMTP command that it refused. */
  command: z.string().default(''),
});

/** `retry`: later; `record`: this e-mail will not be taken as things are. Never a class that holds up other work. */
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
    // The text may have been taken although its answer was lost.
    unknownOutcome: retry && responseCode === undefined && !NOTHING_SENT.test(`${reason} ${message}`),
  });
  if (responseCode !== undefined && responseCode < 500) return fault(true, 'MAIL_DELAYED');
  if (reason === 'ETLS' || CERTIFICATE.test(message)) return fault(false, 'MAIL_UNSAFE');
  if (reason === 'EAUTH' || [530, 534, 535, 538].includes(responseCode ?? 0)) return fault(false, 'MAIL_SIGN_IN');
  if (responseCode !== undefined) return fault(false, /^MAIL/i.test(command) ? 'MAIL_SENDER_REFUSED' : 'MAIL_REFUSED');
  return NETWORK.has(reason) ? fault(true, 'MAIL_AWAY') : fault(false, 'MAIL_FAILED');
}
