// A mail server on this machine that takes every e-mail and shows it: what the bridge sends to people in the tests and the demo.
// A test sets it to refuse, to be busy, or to hang up, as real ones do.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  messageId: string;
  from: string;
  /** Of the envelope: who gets it, whatever its headers say. */
  recipients: string[];
  subject: string;
  text: string;
  /** By lower-case name. */
  headers: ReadonlyMap<string, unknown>;
  /** As it came over the wire. */
  raw: string;
}

export interface MailCatcher {
  /** For the bridge: `SMTP_URL`. */
  readonly url: string;
  /** In the order they came. */
  readonly mails: readonly CaughtMail[];
  /** Answers `RCPT TO` of this address with a code such as 450 or 550; undefined takes it again. */
  refuse(address: string, code: number | undefined): void;
  /** How the next texts (after DATA) end: with a code, or with a connection that is cut before or after the text is kept. */
  next(...ends: (number | 'cut' | 'cutAfter')[]): void;
  close(): Promise<void>;
}

export interface CatcherOptions {
  /** 0, the default, is any free port. */
  port?: number;
  /** The only user and password that it takes; without them nobody signs in. */
  auth?: { user: string; password: string };
}

const REFUSED = { 4: 'Try again later.', 5: 'No.' } as const;

function refusal(code: number): Error {
  return Object.assign(new Error(code < 500 ? REFUSED[4] : REFUSED[5]), { responseCode: code });
}

export async function startMailCatcher({ port = 0, auth }: CatcherOptions = {}): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const refused = new Map<string, number>();
  const ends: (number | 'cut' | 'cutAfter')[] = [];
  const server = new SMTPServer({
    // On loopback there is nothing to hide, and no certificate to trust.
    disabledCommands: auth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    authOptional: auth === undefined,
    disableReverseLookup: true,
    // A client that keeps its connection is cut off: there is nobody to wait for.
    closeTimeout: 50,
    logger: false,
    onAuth(given, _session, done) {
      if (given.username === auth?.user && given.password === auth?.password) done(null, { user: given.username });
      else done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      const code = refused.get(address);
      done(code === undefined ? null : refusal(code));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => void take(Buffer.concat(chunks), session.envelope.rcptTo, done));
    },
  });
  // A client that hangs up is no error of the server.
  server.on('error', () => undefined);

  async function take(
    raw: Buffer,
    recipients: { address: string }[],
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const end = ends.shift();
    if (typeof end === 'number') return done(refusal(end));
    if (end !== 'cut') {
      const parsed = await simpleParser(raw);
      mails.push({
        messageId: parsed.messageId ?? '',
        from: parsed.from?.text ?? '',
        recipients: recipients.map(({ address }) => address),
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        headers: parsed.headers,
        raw: raw.toString('utf8'),
      });
    }
    if (end === undefined) return done();
    for (const connection of server.connections) connection._socket.destroy();
  }

  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: taken } = server.server.address() as AddressInfo;
  const login = auth ? `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.password)}@` : '';
  return {
    url: `smtp://${login}127.0.0.1:${taken}`,
    mails,
    refuse: (address, code) => void (code === undefined ? refused.delete(address) : refused.set(address, code)),
    next: (...more) => void ends.push(...more),
    async close() {
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
