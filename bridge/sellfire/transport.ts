// Makes one call of Sellfire's API: it goes only to the configured host, is parsed by the contract, is retried only where a second
// call has no second effect, and fails as a classified PeerError.
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { Pool } from 'undici';
import type { z } from 'zod';
import { beforeSending } from '../lib/beforeSending.ts';
import { createPeerClock } from '../lib/peerClock.ts';
import { retryAfter } from '../lib/retryAfter.ts';
import { isLeaseExpired, PeerError } from '../model/fault.ts';
import { readAnswer, type UnreadItem } from './answers.ts';
import { OPERATIONS, type Operation } from './contract.ts';
import { faultOfAnswer, faultOfBrokenAnswer, faultOfSilence, parseJson } from './faults.ts';

type Operations = typeof OPERATIONS;
export type OperationName = keyof Operations;
export type Answer<N extends OperationName> = z.output<Operations[N]['response']>;

type PathNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never;
type PathPart<N extends OperationName> =
  PathNames<Operations[N]['path']> extends never ? unknown : { path: Record<PathNames<Operations[N]['path']>, string> };
type BodyPart<N extends OperationName> = Operations[N] extends { body: infer B extends z.ZodType }
  ? { body: z.input<B> }
  : Operations[N] extends { bodyType: string }
    ? { body: string }
    : unknown;
type QueryPart<N extends OperationName> = Operations[N] extends { query: infer Q }
  ? { query: { [name in keyof Q]?: string | number } }
  : unknown;
type KeyPart<N extends OperationName> = Operations[N] extends { idempotent: true } ? { key: string } : unknown;
/** The input of an operation: path parameters, query, body, and the Idempotency-Key. */
export type CallOf<N extends OperationName> = PathPart<N> & BodyPart<N> & QueryPart<N> & KeyPart<N>;

export interface TransportOptions {
  /** Base address, which may have a path. */
  url: string;
  apiKey: string;
  logger: Logger;
  /** Called before every request, and in the moment in which it is sent. @throws where none may be */
  mayCall?: (() => void) | undefined;
  /** Called after every request, for metrics; the status is 0 without a response. */
  onCall?: ((operation: OperationName, status: number) => void) | undefined;
  /** How a failed call is retried, where it may be; see p-retry. */
  retry?: typeof RETRIES;
  /** ms since the epoch. */
  now?: () => number;
}

export interface Read<A> {
  answer: A;
  /** Items of a list that cannot be read, and are not in the answer. */
  unread: UnreadItem[];
}

export interface Transport {
  /** As `call`, with what could not be read of a list. @throws PeerError */
  read<N extends OperationName>(name: N, call: CallOf<N>): Promise<Read<Answer<N>>>;
  /** ms by which the clock of the bridge is ahead of Sellfire's; undefined before the first answer. */
  clockAhead(): number | undefined;
  /** @throws PeerError */
  call<N extends OperationName>(name: N, call: CallOf<N>): Promise<Answer<N>>;
  /** Resolves when the calls in flight have ended; those that wait for a retry fail. */
  close(): Promise<void>;
}

/** POSTs without an idempotency key that change nothing, or nothing more when they are repeated. */
const REPEATABLE_POSTS: ReadonlySet<OperationName> = new Set(['lookupLeads', 'createOption', 'batch']);
const repeatable = (name: OperationName, operation: Operation): boolean =>
  operation.method !== 'POST' || operation.idempotent === true || REPEATABLE_POSTS.has(name);

/** Four attempts within about 3 s bridge a restart or a lost connection; the worker waits for longer outages. */
const RETRIES = { retries: 3, minTimeout: 200, factor: 2, maxTimeout: 5_000, randomize: true };
/** A longer Retry-After fails the call, because the wait would occupy a worker. */
const LONGEST_WAIT_MS = 10_000;
/** A batch of 200 leads takes well under a second; a silent connection must not block its workers for minutes. */
const ANSWER_MS = 30_000;
/** An import processes thousands of rows before it responds. */
const IMPORT_MS = 600_000;
/** Calls are gathered, so few connections serve many workers; this is twice the gatherers' calls in flight. */
const CONNECTIONS = 20;
/** A page of 500 events with their leads is about 2 MB; a larger response is not Sellfire's. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

interface Sent {
  status: number;
  text: string;
  /** ms, from Retry-After. */
  waitMs: number;
}

export function createTransport({
  url,
  apiKey,
  logger,
  mayCall,
  onCall,
  retry = RETRIES,
  now = () => Date.now(),
}: TransportOptions): Transport {
  const base = new URL(url);
  const root = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    connectTimeout: 10_000,
    maxResponseSize: LARGEST_ANSWER,
    // Gathered calls are few and large, for which one connection each is as good, and one path less to go wrong.
    allowH2: false,
  });
  const dispatcher = mayCall ? pool.compose(beforeSending(mayCall)) : pool;
  const closing = new AbortController();
  const clock = createPeerClock(now);

  async function send(name: OperationName, operation: Operation, call: AnyCall): Promise<Sent> {
    const path = root + pathOf(operation.path, call.path ?? {});
    const text = operation.bodyType !== undefined;
    const sentAt = performance.now();
    mayCall?.();
    try {
      const answer = await dispatcher.request({
        method: operation.method,
        path,
        query: Object.fromEntries(Object.entries(call.query ?? {}).filter(([, value]) => value !== undefined)),
        headers: {
          authorization: `Bearer ${apiKey}`,
          accept: 'application/json',
          ...(call.body === undefined ? {} : { 'content-type': operation.bodyType ?? 'application/json' }),
          ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
        },
        ...(call.body === undefined ? {} : { body: text ? String(call.body) : JSON.stringify(call.body) }),
        ...(name === 'importLeads' || name === 'importSales' ? { headersTimeout: IMPORT_MS } : {}),
      });
      clock.saw(answer.headers['date'], sentAt);
      const sent = {
        status: answer.statusCode,
        text: await answer.body.text(),
        waitMs: retryAfter(answer.headers['retry-after']),
      };
      onCall?.(name, sent.status);
      return sent;
    } catch (error) {
      if (isLeaseExpired(error)) throw error;
      onCall?.(name, 0);
      throw new PeerError('sellfire', faultOfSilence(error), { cause: error });
    }
  }

  async function once<N extends OperationName>(name: N, operation: Operation, call: AnyCall): Promise<Read<Answer<N>>> {
    const began = performance.now();
    const { status, text, waitMs } = await send(name, operation, call);
    logger.debug(
      { event: 'sellfire_answered', operation: name, status, ms: Math.round(performance.now() - began) },
      'Sellfire answered',
    );
    if (status < 200 || status > 299) throw new AnsweredError(faultOfAnswer(status, text), waitMs);
    const read = readAnswer(name, operation, parseJson(text));
    if (!read.ok) throw new PeerError('sellfire', faultOfBrokenAnswer(name, read.where), { cause: read.error });
    const { answer, unread } = read;
    if (unread.length > 0)
      logger.error(
        { event: 'sellfire_items_unreadable', operation: name, items: unread.length, where: unread[0]?.where },
        'Items of an answer of Sellfire cannot be read; the others are taken',
      );
    return { answer: answer as Answer<N>, unread };
  }

  async function read<N extends OperationName>(name: N, call: CallOf<N>): Promise<Read<Answer<N>>> {
    const operation: Operation = OPERATIONS[name];
    return pRetry(async () => once(name, operation, call as AnyCall), {
      ...retry,
      signal: closing.signal,
      shouldRetry: ({ error }) => repeatable(name, operation) && worthRepeating(error),
      async onFailedAttempt({ error, attemptNumber, retriesLeft, retryDelay }) {
        if (!(error instanceof PeerError) || retriesLeft === 0 || !worthRepeating(error)) return;
        const requestedMs = error instanceof AnsweredError ? error.waitMs : 0;
        logger.warn(
          { event: 'sellfire_call_repeated', operation: name, code: error.fault.code, attempt: attemptNumber },
          'Sellfire is asked again',
        );
        if (requestedMs > retryDelay) await sleep(requestedMs - retryDelay, undefined, { signal: closing.signal });
      },
    });
  }

  return {
    read,
    clockAhead: clock.ahead,
    call: async (name, call) => (await read(name, call)).answer,
    async close() {
      closing.abort(
        new PeerError('sellfire', { ...faultOfSilence(new Error('the bridge is stopping')), unknownOutcome: true }),
      );
      await pool.close();
    },
  };
}

interface AnyCall {
  path?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  key?: string;
}

/** A refusal that may carry Retry-After. */
class AnsweredError extends PeerError {
  readonly waitMs: number;

  constructor(fault: PeerError['fault'], waitMs: number) {
    super('sellfire', fault);
    this.waitMs = waitMs;
  }
}

/** Gateways and a busy Sellfire recover; a version conflict needs a new decision, and a broken response stays broken. */
function worthRepeating(error: Error): boolean {
  if (!(error instanceof PeerError)) return false;
  if (error instanceof AnsweredError && error.waitMs > LONGEST_WAIT_MS) return false;
  const { class: kind, code } = error.fault;
  return kind === 'limit' || (kind === 'retry' && code !== 'VERSION_CONFLICT' && code !== 'INVALID_ANSWER');
}

/** @throws PeerError for a parameter that would change the path (ids come from both systems' data). */
function pathOf(template: string, parameters: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name] ?? '';
    if (!/^\.*$/.test(value)) return encodeURIComponent(value);
    const message = `"${value}" cannot be the ${name} in ${template}.`;
    throw new PeerError('sellfire', {
      class: 'record',
      code: 'INVALID_REQUEST',
      message,
      fields: [],
      unknownOutcome: false,
    });
  });
}
