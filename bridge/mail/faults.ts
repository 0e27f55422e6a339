// What a failed e-mail asks for: a mail server that is busy or away is tried again, and one that says no is not; each refusal
// tells what an admin can do. Source: RFC 5321 §4.2.1 (4xx passes, 5xx does not); nodemailer's own codes for the rest.
import { z } from 'zod';
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
  const { code, responseCode, command, message } = parsed.data ?? mailErrorSchema.parse({ message: String(error) });
  const fault = (retry: boolean, name: string, action: string): Fault => ({
    class: retry ? 'retry' : 'record',
    code: name,
    message: `${message} ${action}`,
    fields: [],
    // The text may have been taken although its answer was lost.
    unknownOutcome: retry && responseCode === undefined && !NOTHING_SENT.test(`${code} ${message}`),
  });
  if (responseCode !== undefined && responseCode < 500) return fault(true, 'MAIL_DELAYED', 'It is sent again later.');
  if (code === 'ETLS' || CERTIFICATE.test(message))
    return fault(false, 'MAIL_UNSAFE', 'The mail server must offer TLS with a certificate that is trusted here.');
  if (code === 'EAUTH' || [530, 534, 535, 538].includes(responseCode ?? 0))
    return fault(false, 'MAIL_SIGN_IN', 'Correct the user and the password in SMTP_URL.');
  if (responseCode !== undefined)
    return /^MAIL/i.test(command)
      ? fault(false, 'MAIL_SENDER_REFUSED', 'Set MAIL_FROM to an address that this mail server may send for.')
      : fault(false, 'MAIL_REFUSED', 'Correct the e-mail address in Sellfire, or let the mail server take it.');
  if (NETWORK.has(code))
    return fault(true, 'MAIL_AWAY', 'It is sent again later; check the host and port of SMTP_URL.');
  return fault(false, 'MAIL_FAILED', 'Look for this code in the log.');
}
