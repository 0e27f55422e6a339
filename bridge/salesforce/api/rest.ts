// Calls the org's REST API; no other module does. Every failure is a PeerError whose fault says what helps, an expired token is renewed
// once, and a call is retried only where a repetition cannot do the work twice.
//
// It uses undici, and jsforce sends its requests through it (jsforce.ts). Why: docs/adr/0007-jsforce-off-the-hot-path.md.
import { setTimeout } from 'node:timers/promises';
import pRetry from 'p-retry';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { beforeSending } from '../../lib/beforeSending.ts';
import { createPeerClock } from '../../lib/peerClock.ts';
import { retryAfter } from '../../lib/retryAfter.ts';
import { parseJsonWellFormed } from '../../model/json.ts';
import { isLeaseExpired, PeerError } from '../../model/fault.ts';
import type { Fault } from '../../model/fault.ts';
import { faultOfNetwork, faultOfResponse } from '../faults.ts';
import { QUERY_HEADERS, writeHeaders } from './headers.ts';
import { createLatestUsage, type Usage } from './limitInfo.ts';
import type { Session, Token } from '../auth/session.ts';

/** Salesforce ends a synchronous transaction after some ten seconds of CPU; a query may take two minutes, but the bridge's queries do not. */
const TIMEOUT_MS = 60_000;
/**
 * The org allows 25 concurrent requests of 20 s and more over all its clients. Ten connections leave room for the other clients and
 * still carry 2,000 records at once.
 */
const CONNECTIONS = 10;
/** With a longer Retry-After the call fails, and the job is delayed instead. */
const LONGEST_WAIT_MS = 30_000;

export interface Call<T> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to `/services/data/vXX.0`, or absolute where it starts with `/services/`. Already encoded. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** An XML body instead of `body`; it may contain the access token. */
  xml?: (accessToken: string) => string;
  /** The schema of a successful response. */
  schema: z.ZodType<T>;
  /** Whether a repetition of the call has no further effect. Default: true for GET and DELETE. */
  idempotent?: boolean;
  headers?: Record<string, string>;
  /** The requested media type. Default: JSON. */
  accept?: string;
  /** Converts a response that is not JSON into the value that the schema parses. */
  read?: (text: string, headers: Record<string, string | string[] | undefined>) => unknown;
  /** Whether the call is made although the bridge's share of the org's calls is used up. */
  essential?: boolean;
}

export interface Rest {
  /** @throws PeerError */
  call<T>(call: Call<T>): Promise<T>;
  /** API calls of the org in the last 24 hours, from the latest response. */
  readonly usage: Usage | undefined;
  /** ms by which the clock of the bridge is ahead of the org's. */
  readonly clockAhead?: number | undefined;
  readonly apiVersion: string;
  /** Calls made since the start. */
  readonly calls: number;
  /** Resolves when the calls under way have ended. */
  close(): Promise<void>;
}

/** ms since the epoch by the org's clock, which stamps its records: what is read from a time on is asked for by this clock. */
export const orgTime = ({ clockAhead = 0 }: Pick<Rest, 'clockAhead'>, now: number): number => now - clockAhead;

export interface RestOptions {
  session: Session;
  /** Default `67.0`. */
  apiVersion?: string;
  /** Appears in changeOrigin where the platform sets it: a hint that the bridge made a change. */
  clientName?: string;
  timeoutMs?: number;
  /** Attempts after the first. Default 3. */
  retries?: number;
  /** Called before each request and each retry. Its error is thrown instead of making the call. */
  acquire?: (essential: boolean) => Promise<void>;
  /** Calls in flight at once. Default 10. */
  connections?: number | undefined;
  /** Called in the moment in which a request is sent. Its error is thrown instead. */
  mayCall?: (() => void) | undefined;
  /** ms since the epoch. */
  now?: () => number;
  /** Waits so many ms: what a response asks for by Retry-After. */
  sleep?: (ms: number) => Promise<void>;
}

export function createRest(options: RestOptions): Rest {
  const { session, apiVersion = '67.0', clientName = 'sellfire-bridge', timeoutMs = TIMEOUT_MS, retries = 3 } = options;
  const { sleep = setTimeout } = options;
  const agent = new Agent({
    connections: options.connections ?? CONNECTIONS,
    connect: { timeout: 10_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const dispatcher = options.mayCall ? agent.compose(beforeSending(options.mayCall)) : agent;
  const usage = createLatestUsage();
  const clock = createPeerClock(options.now);
  let calls = 0;
  let closing: Promise<void> | undefined;

  async function send(call: Call<unknown>, token: Token): Promise<Sent> {
    const writes = call.method !== 'GET';
    const path = call.path.startsWith('/services/') ? call.path : `/services/data/v${apiVersion}${call.path}`;
    await options.acquire?.(call.essential ?? false);
    const sentAt = performance.now();
    calls += 1;
    const answered = usage.sent();
    let response: Dispatcher.ResponseData;
    let text: string;
    try {
      response = await dispatcher.request({
        origin: token.instanceUrl,
        path,
        method: call.method,
        ...(call.query ? { query: call.query } : {}),
        headers: {
          authorization: `Bearer ${token.accessToken}`,
          accept: call.accept ?? 'application/json',
          'sforce-call-options': `client=${clientName}`,
          ...(writes ? writeHeaders() : QUERY_HEADERS),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(call.xml ? { 'content-type': 'text/xml; charset=UTF-8' } : {}),
          ...call.headers,
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        ...(call.xml ? { body: call.xml(token.accessToken) } : {}),
      });
      text = await response.body.text();
    } catch (error) {
      if (isLeaseExpired(error)) throw error;
      throw new PeerError('salesforce', faultOfNetwork(error, writes), { cause: error });
    }
    clock.saw(response.headers['date'], sentAt);
    answered(response.headers['sforce-limit-info']);
    const { statusCode: status, headers } = response;
    return { status, text, headers, wait: retryAfter(headers['retry-after']) };
  }

  async function attempt<T>(call: Call<T>): Promise<T> {
    let token = await session.token();
    let answer = await send(call, token);
    if (answer.status === 401) {
      token = await session.refresh(token.accessToken);
      answer = await send(call, token);
    }
    const writes = call.method !== 'GET';
    if (answer.status >= 300)
      throw new RestError(faultOfResponse(answer.status, answer.text, writes), answer.wait, answer.status);
    return parse(call, answer, writes);
  }

  return {
    get clockAhead() {
      return clock.ahead();
    },
    get usage() {
      return usage.value;
    },
    get calls() {
      return calls;
    },
    apiVersion,

    call(call) {
      const idempotent = call.idempotent ?? (call.method === 'GET' || call.method === 'DELETE');
      return pRetry(() => attempt(call), {
        retries,
        // 0.2–0.4 s, then double: the duration of a row lock or a load balancer change. The retries of the job come later.
        minTimeout: 200,
        randomize: true,
        shouldRetry: ({ error }) =>
          error instanceof PeerError &&
          error.fault.class === 'retry' &&
          (idempotent || !error.fault.unknownOutcome) &&
          waitOf(error) <= LONGEST_WAIT_MS,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          const ms = waitOf(error);
          if (retriesLeft > 0 && ms > 0 && ms <= LONGEST_WAIT_MS) await sleep(ms);
        },
      });
    },

    close: () => (closing ??= agent.close()),
  };
}

/** A PeerError of a call with a response. */
export class RestError extends PeerError {
  readonly status: number;
  /** ms of Retry-After; 0 without one. */
  readonly waitMs: number;

  constructor(fault: Fault, waitMs: number, status: number) {
    super('salesforce', fault);
    this.name = 'RestError';
    this.waitMs = waitMs;
    this.status = status;
  }
}

const waitOf = (error: Error): number => (error instanceof RestError ? error.waitMs : 0);

interface Sent {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
  /** ms of Retry-After. */
  wait: number;
}

function parse<T>(call: Call<T>, { text, headers }: Sent, writes: boolean): T {
  try {
    if (call.read) return call.schema.parse(call.read(text, headers));
    return call.schema.parse(text === '' ? undefined : parseJsonWellFormed(text));
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new PeerError(
      'salesforce',
      { class: 'retry', code: 'UNEXPECTED_ANSWER', message, fields: [], unknownOutcome: writes },
      { cause: error },
    );
  }
}
