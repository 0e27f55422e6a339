// The embedded store: SQLite in a thread of its own, so that waiting for the disk never holds up the event loop.
import { Worker } from 'node:worker_threads';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { storeOn, type Dialect } from '../dialect.ts';
import type { Store } from '../store.ts';
import type { Method } from './calls.ts';
import { toError, type Call, type Request, type Response } from './messages.ts';

export interface SqliteOptions {
  /** Path of the file, made when it is missing; or `:memory:`. */
  file: string;
  logger?: { info(context: object, message: string): void };
}

/** Those that write something each time. */
const WRITES: ReadonlySet<Method> = new Set([
  'append',
  'settle',
  'attempted',
  'addReports',
  'dropReports',
  'saveConnection',
]);

/**
 * Opens the store and brings its schema up to date. One process at a time has it open.
 * @throws BridgeError STORE_IN_USE, STORE_UNUSABLE, STORE_NEWER
 */
export async function openSqliteStore({ file, logger }: SqliteOptions): Promise<Store> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { file },
    name: 'store',
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const waiting = new Map<
    number,
    { method: Method; resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  const opened = Promise.withResolvers<Response & { kind: 'open' }>();
  const gone = Promise.withResolvers<number>();
  let ended: BridgeError | undefined;
  let problem: BridgeError | undefined;
  let calls = 0;

  function end(error: BridgeError): void {
    ended ??= error;
    opened.reject(ended);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }
  /** A full disk can be read: only a write shows that it has room again. */
  function note(method: Method, error: Error | undefined): void {
    if (error instanceof BridgeError && error.code === 'STORE_UNUSABLE') problem = error;
    else if (!error && WRITES.has(method)) problem = undefined;
  }
  worker.on('message', (response: Response) => {
    if (response.kind === 'refused') opened.reject(toError(response.failure));
    else if (response.kind === 'open') opened.resolve(response);
    else {
      for (const answer of response.answers) {
        const call = waiting.get(answer.id);
        waiting.delete(answer.id);
        const error = answer.ok ? undefined : toError(answer.failure);
        if (call) note(call.method, error);
        if (answer.ok) call?.resolve(answer.value);
        else call?.reject(error as Error);
      }
    }
  });
  worker.on('error', (error) => end(stopped(error)));
  worker.on('exit', (code) => {
    end(stopped());
    gone.resolve(code);
  });

  const post = (request: Request): void => worker.postMessage(request);
  let gathered: Call[] = [];
  function send(): void {
    const together = gathered;
    gathered = [];
    if (together.length === 0 || ended) return;
    try {
      post(together);
    } catch (error) {
      // Something in them cannot be copied: a function.
      for (const { id } of together) {
        waiting.get(id)?.reject(error as Error);
        waiting.delete(id);
      }
    }
  }
  function call<M extends Method>(method: M) {
    return (...args: Parameters<Dialect[M]>): ReturnType<Dialect[M]> => {
      const answer = new Promise((resolve, reject) => {
        if (ended) throw ended;
        const id = ++calls;
        waiting.set(id, { method, resolve, reject });
        // After all that the same event has resolved, so that its calls go together.
        if (gathered.push({ id, method, args }) === 1) process.nextTick(send);
      });
      // The worker answers a method's call with what that method returns.
      return answer as ReturnType<Dialect[M]>;
    };
  }

  let lastSeq: number;
  try {
    const { migrations, ...rest } = await opened.promise;
    lastSeq = rest.lastSeq;
    if (migrations.length > 0) logger?.info({ event: 'store_migrated', file, migrations }, 'The store was migrated');
  } catch (error) {
    await gone.promise;
    throw error;
  }
  const pruneSome = call('prune');
  return storeOn({
    isOurs: (seq) => seq > lastSeq,
    append: call('append'),
    park: call('park'),
    cursor: call('cursor'),
    pendingKeys: call('pendingKeys'),
    load: call('load'),
    settle: call('settle'),
    attempted: call('attempted'),
    rekey: call('rekey'),
    parked: call('parked'),
    claim: call('claim'),
    release: call('release'),
    requestProgress: call('requestProgress'),
    withdrawRequest: call('withdrawRequest'),
    links: call('links'),
    linkOfLead: call('linkOfLead'),
    linkOfRecord: call('linkOfRecord'),
    reports: call('reports'),
    addReports: call('addReports'),
    dropReports: call('dropReports'),
    connections: call('connections'),
    saveConnection: call('saveConnection'),
    removeConnection: call('removeConnection'),
    beginRotation: call('beginRotation'),
    endRotation: call('endRotation'),
    leads: () => true,
    problem: () => ended ?? problem,
    counts: call('counts'),
    async prune(before) {
      let removed = 0;
      for (;;) {
        const some = await pruneSome(before);
        removed += some;
        if (some === 0) return removed;
      }
    },
    async close() {
      if (!ended) {
        // Calls already made are in the port before this and are still answered.
        send();
        post('close');
        ended = new BridgeError(explain('STORE_CLOSED'));
      }
      await gone.promise;
    },
  });
}

function stopped(cause?: unknown): BridgeError {
  return new BridgeError(
    cause instanceof Error
      ? explain('STORE_STOPPED.because', { cause: cause.message })
      : explain('STORE_STOPPED.unexplained'),
    cause === undefined ? undefined : { cause },
  );
}
