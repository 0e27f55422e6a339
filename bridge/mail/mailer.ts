// Sends email through one SMTP server. An email is plain text to one person; nothing in its text can become a header, a second
// recipient or a file of this machine.
import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { PeerError } from '../model/fault.ts';
import { cutText, oneLine } from '../model/text.ts';
import { faultOfMail } from './faults.ts';

export interface MailOptions {
  host: string;
  port: number;
  /** TLS from the first byte (smtps); otherwise STARTTLS is required, except on loopback. */
  secure: boolean;
  /** Whether the server runs on this machine. TLS is not required then, because nothing crosses a network. */
  loopback: boolean;
  user: string | undefined;
  password: string | undefined;
  from: Mailbox;
}

export interface Mailbox {
  name: string;
  address: string;
}

export interface Email {
  /** Identifies alert and recipient. The same key gives the same Message-ID, by which a mail system recognizes a duplicate. */
  key: string;
  to: Mailbox;
  subject: string;
  text: string;
}

export interface Mailer {
  /** Resolves when the server has accepted the email. @throws PeerError of class `retry` or `record` */
  send(email: Email): Promise<void>;
  close(): void;
}

/** Alerts are rare. Two connections carry a burst, and most servers accept no more from one client. */
const CONNECTIONS = 2;
/** A server greets within a second or two; a slow one may scan the text before it replies. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 60_000;
/** RFC 5322 §2.1.1 allows a line of 998 characters; a mail program shows some eighty. */
const SUBJECT = 200;

export function createMailer({ host, port, secure, loopback, user, password, from }: MailOptions): Mailer {
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !loopback,
    ignoreTLS: !secure && loopback,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    pool: true,
    maxConnections: CONNECTIONS,
    // The worker retries later. The pool would retry at once, and repeat an email that the server accepted before the disconnect.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ key, to, subject, text }) {
      try {
        await transport.sendMail({
          from: mailbox(from),
          to: [mailbox(to)],
          subject: cutText(oneLine(subject), SUBJECT),
          text,
          messageId: messageId(key, from),
          // This header suppresses out-of-office replies (RFC 3834 §5).
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw new PeerError('mail', faultOfMail(error), { cause: error });
      }
    },
    close: () => transport.close(),
  };
}

export function messageId(key: string, from: Mailbox): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${from.address.split('@').at(-1)}>`;
}

const mailbox = ({ name, address }: Mailbox): Mailbox => ({ name: oneLine(name), address });
