// The one caller of the org's REST API. Every failure is a PeerError whose fault says what helps, an expired token is renewed
// once, and a call is tried again only where a second one cannot do the work twice.
//
// It is undici, not jsforce, and jsforce sends by it too (jsforce.ts). Why: docs/adr/0007-jsforce-off-the-hot-path.md.
import { parseJsonWellFormed } from '../../model/text.ts';
import pRetry from 'p-retry';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { createPeerClock } from '../../lib/peerClock.ts';
import { retryAfter } from '../../lib/retryAfter.ts';
import { PeerError } from '../../model/fault.ts';
import type { Fault } from '../../model/fault.ts';
import { faultOfNetwork, faultOfResponse } from '../faults.ts';
import { QUERY_HEADERS, writeHeaders } from './headers.ts';
import { parseLimitInfo, type Usage } from './limitInfo.ts';
import type { Session, Token } from '../auth/session.ts';

/** Salesforce ends a synchronous transaction after some ten seconds of CPU; a query may take two minutes, ours do not. */
const TIMEOUT_MS = 60_000;
/**
 * The org counts requests of 20 s and more over all its clients, and refuses from the 26th on: ten leave room for the others
 * and still carry 2,000 records at once.
 */
const CONNECTIONS = 10;
/** A longer Retry-After is not waited for here: the job is put off instead. */
const LONGEST_WAIT_MS = 30_000;

export interface Call<T> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/services/data/vXX.0`, or from the root where it starts with `/services/`. Already encoded. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** In place of the body: XML, with the access token where the API wants it in there. */
  xml?: (accessToken: string) => string;
  /** What a good answer looks like. */
  schema: z.ZodType<T>;
  /** Whether sending it twice is as good as once. Default: true for GET and DELETE. */
  idempotent?: boolean;
  headers?: Record<string, string>;
  /** The media type that is wanted. Default: JSON. */
  accept?: string;
  /** What of an answer that is no JSON the schema looks at. */
  read?: (text: string, headers: Record<string, string | string[] | undefined>) => unknown;
  /** Made also when the bridge's share of the org's calls is used up. */
  essential?: boolean;
}

export interface Rest {
  /** @throws PeerError */
  call<T>(call: Call<T>): Promise<T>;
  /** API calls of the org in the last 24 hours, as the latest answer told. */
  readonly usage: Usage | undefined;
  /** ms by which the clock of the bridge is ahead of the org's. */
  readonly clockAhead?: number | undefined;
  readonly apiVersion: string;
  /** Calls made since the start. */
  readonly calls: number;
  /** Lets calls that are under way end. */
  close(): Promise<void>;
}

export interface RestOptions {
  session: Session;
  /** Default `67.0`. */
  apiVersion?: string;
  /** Stands in changeOrigin where the platform carries it: a hint that a change was our own. */
  clientName?: string;
  timeoutMs?: number;
  /** Tries after the first. Default 3. */
  retries?: number;
  /** Asked before each request, also one that is tried again; what it throws is thrown instead of calling. */
  acquire?: (essential: boolean) => Promise<void>;
  /** ms since the epoch. */
  now?: () => number;
}

export function createRest(options: RestOptions): Rest {
  const { session, apiVersion = '67.0', clientName = 'sellfire-bridge', timeoutMs = TIMEOUT_MS, retries = 3 } = options;
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: 10_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  let usage: Usage | undefined;
  const clock = createPeerClock(options.now);
  let calls = 0;
  let closing: Promise<void> | undefined;

  async function send(call: Call<unknown>, token: Token): Promise<Sent> {
    const writes = call.method !== 'GET';
    const path = call.path.startsWith('/services/') ? call.path : `/services/data/v${apiVersion}${call.path}`;
    await options.acquire?.(call.essential ?? false);
    const sentAt = (options.now ?? Date.now)();
    calls += 1;
    let response: Dispatcher.ResponseData;
    let text: string;
    try {
      response = await agent.request({
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
      throw new PeerError('salesforce', faultOfNetwork(error, writes), { cause: error });
    }
    clock.saw(response.headers['date'], sentAt);
    usage = parseLimitInfo(response.headers['sforce-limit-info']) ?? usage;
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
      return usage;
    },
    get calls() {
      return calls;
    },
    apiVersion,

    call(call) {
      const idempotent = call.idempotent ?? (call.method === 'GET' || call.method === 'DELETE');
      return pRetry(() => attempt(call), {
        retries,
        // 0.2–0.4 s, then twice that: what a row lock or a changed load balancer lasts. The job tries again later than this.
        minTimeout: 200,
        randomize: true,
        shouldRetry: ({ error }) =>
          error instanceof PeerError &&
          error.fault.class === 'retry' &&
          (idempotent || !error.fault.unknownOutcome) &&
          waitOf(error) <= LONGEST_WAIT_MS,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          const wait = waitOf(error);
          if (retriesLeft > 0 && wait > 0 && wait <= LONGEST_WAIT_MS) await sleep(wait);
        },
      });
    },

    close: () => (closing ??= agent.close()),
  };
}

/** A PeerError of a call that was answered. */
export class RestError extends PeerError {
  readonly status: number;
  /** ms that Retry-After asks to wait; 0 where it asks nothing. */
  readonly waitMs: number;

  constructor(fault: Fault, waitMs: number, status: number) {
    super('salesforce', fault);
    this.name = 'RestError';
    this.waitMs = waitMs;
    this.status = status;
  }
}

const waitOf = (error: Error): number => (error instanceof RestError ? error.waitMs : 0);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Sent {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
  /** ms that Retry-After asks to wait. */
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
