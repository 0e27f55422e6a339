// Alerts by the bridge's own e-mail (M14): each Enablement user gets one e-mail, as far as SMTP can promise it. Sent e-mails are
// remembered in memory, so a retried alert goes only to users who have not received it. After a crash a user may receive it once
// more, under the same Message-ID.
import { PeerError, policyOf, type Fault } from '../model/fault.ts';
import { said, say, type Message } from '../model/message.ts';
import type { Rep } from '../model/rep.ts';
import type { Email, Mailer } from './mailer.ts';

export interface AlertText {
  subject: string;
  body: string;
}

export interface MailAlerts {
  /**
   * Resolves when the mail server has accepted the e-mail to every user.
   * @throws PeerError of class `retry` while the mail server is away; of class `record` when a user cannot be reached
   */
  send(key: string, alert: AlertText): Promise<void>;
}

export interface MailAlertOptions {
  mailer: Pick<Mailer, 'send'>;
  /** All users of the Sellfire account. @throws PeerError */
  team: () => Promise<readonly Rep[]>;
  /** ms, from any fixed start. */
  now?: () => number;
}

/** An alert is retried within minutes or never; ten thousand keys are about a megabyte. */
const REMEMBERED = 10_000;
/**
 * The changes of the alert's lead wait until it is sent. A mail server that is away holds them up no longer than this; then a report
 * row says that the alert was not sent.
 */
const PATIENCE_MS = 3_600_000;
/** How old the list of users may be. */
const FRESH_MS = 10_000;

export function createMailAlerts({ mailer, team, now = () => performance.now() }: MailAlertOptions): MailAlerts {
  const sent = new Set<string>();
  /** When each unsent alert first failed. */
  const failing = new Map<string, number>();
  let list: { readAt: number; people: Promise<readonly Rep[]> } | undefined;

  /** Owners are refused in bursts (a reassignment of many leads), users change a few times a month. */
  function users(): Promise<readonly Rep[]> {
    if (list === undefined || now() - list.readAt > FRESH_MS) {
      const reading = { readAt: now(), people: team() };
      list = reading;
      reading.people.catch(() => {
        if (list === reading) list = undefined;
      });
    }
    return list.people;
  }

  async function sendOnce(email: Email): Promise<void> {
    if (sent.has(email.key)) return;
    await mailer.send(email);
    sent.add(email.key);
    for (const oldest of sent) {
      if (sent.size <= REMEMBERED) break;
      sent.delete(oldest);
    }
  }

  return {
    async send(key, { subject, body }) {
      const people = (await users()).filter(({ role, state }) => role === 'enablement' && state === 'active');
      if (people.length === 0) throw undelivered('MAIL_NO_RECIPIENT', say('emailForNobody', { subject }));
      const emails = people.map(({ name, email }) => ({
        key: `${key} ${email}`,
        to: { name, address: email },
        subject,
        text: body,
      }));
      const outcomes = await Promise.allSettled(emails.map(sendOnce));
      const failures = outcomes.flatMap((outcome, index) =>
        outcome.status === 'rejected' ? [{ to: people[index]?.email ?? '', fault: faultOf(outcome.reason) }] : [],
      );
      const waiting = failures.find(({ fault }) => policyOf(fault).isRetried);
      if (waiting) {
        const since = failing.get(key) ?? now();
        failing.set(key, since);
        if (now() - since < PATIENCE_MS) throw new PeerError('mail', waiting.fault);
      }
      failing.delete(key);
      const [first] = failures;
      if (!first) return;
      const missed = failures.map(({ to }) => to).join(', ');
      const words = say('emailMissed', { subject, people: missed, why: first.fault.message });
      throw undelivered(waiting ? 'MAIL_UNDELIVERED' : first.fault.code, words);
    },
  };
}

function undelivered(code: string, words: Message): PeerError {
  return new PeerError('mail', { class: 'record', code, ...said(words), fields: [], unknownOutcome: false });
}

function faultOf(error: unknown): Fault {
  if (error instanceof PeerError) return error.fault;
  throw error;
}
