// Posts an alert to the webhook of the configuration: signed over the body with a timestamp, to a checked address, never along a
// redirect. What fails is a classified PeerError, as of every other peer.
import { Agent, request } from 'undici';
import { codesOf, hasSentNothing } from '../lib/networkError.ts';
import type { AlertMessage } from '../model/alert.ts';
import type { Code } from '../model/catalogue/catalogue.ts';
import { PeerError } from '../model/fault.ts';
import { said, say, type Message } from '../model/message.ts';
import { sign, SIGNATURE_HEADER } from '../sellfire/signature.ts';
import { addressProblem, guardedLookup, type Reach } from './address.ts';
import { alertBody, type AlertOrg, type WebhookFormat } from './bodies.ts';

export interface WebhookOptions {
  url: string;
  format: WebhookFormat;
  /** Absent: the body is not signed. */
  secret: string | undefined;
  reach: Reach;
  /** The name resolution of a connection. */
  lookup?: ReturnType<typeof guardedLookup>;
  /** ms since the epoch. */
  now?: () => number;
}

export interface AlertWebhook {
  /** Resolves when the receiver has taken it. @throws PeerError of class `retry` or `record` */
  send(message: AlertMessage, org: AlertOrg): Promise<void>;
  close(): Promise<void>;
}

const ALERT_ID_HEADER = 'sellfire-alert-id';
const CONNECT_MS = 10_000;
const ANSWER_MS = 15_000;
/** Of an answer, which nobody reads. */
const LARGEST_ANSWER = 16_384;

export function createAlertWebhook(options: WebhookOptions): AlertWebhook {
  const { url, format, secret, reach, now = Date.now, lookup = guardedLookup(reach) } = options;
  const agent = new Agent({ connections: 1, allowH2: false, connect: { timeout: CONNECT_MS, lookup } });

  async function post(message: AlertMessage, org: AlertOrg): Promise<number> {
    const body = Buffer.from(alertBody(format, message, org));
    const signature = secret === undefined ? {} : { [SIGNATURE_HEADER]: sign(secret, Math.floor(now() / 1000), body) };
    // undici follows no redirect unless it is made to.
    const answer = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', [ALERT_ID_HEADER]: message.id, ...signature },
      body,
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    });
    await answer.body.dump({ limit: LARGEST_ANSWER, signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
    return answer.statusCode;
  }

  return {
    async send(message, org) {
      // An address in figures is not resolved, so that nothing else would check it.
      const problem = addressProblem(url, reach);
      if (problem !== undefined) throw failure('WEBHOOK_ADDRESS', say('other', { text: `The address ${problem}.` }));
      const status = await post(message, org).catch((error: unknown) => {
        throw failureOf(error);
      });
      if (status >= 200 && status <= 299) return;
      if (status >= 300 && status <= 399) throw failure('WEBHOOK_REDIRECTED', say('receiverRedirects', { status }));
      if (status === 408 || status === 429 || status >= 500)
        throw failure('WEBHOOK_BUSY', say('receiverAnswered', { status }), true);
      throw failure('WEBHOOK_REFUSED', say('receiverAnswered', { status }));
    },
    close: () => agent.close(),
  };
}

function failureOf(error: unknown): PeerError {
  const codes = [...codesOf(error)];
  if (codes.includes('EADDRCLOSED')) return failure('WEBHOOK_ADDRESS', say('receiverNotPublic'));
  // The message of an error may name the address, which is a secret: its code says enough.
  const [code = 'no answer'] = codes;
  return failure('WEBHOOK_AWAY', say('receiverAway', { why: code }), true, !hasSentNothing(error));
}

function failure(code: Code, words: Message, retried = false, unknownOutcome = false): PeerError {
  const kind = retried ? 'retry' : 'record';
  return new PeerError('webhook', { class: kind, code, ...said(words), fields: [], unknownOutcome });
}
