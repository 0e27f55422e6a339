// Hands turns of the process that leads to others that stand by, once as many run here as this process runs at once: few keys are worked
// on where they came in, without a detour and with the fewest calls, and many by all. Which key runs is decided by the scheduler alone; a
// key that was handed over runs nowhere else before its answer is read, or the database has cut off who had it.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { coalesced } from '../lib/singleFlight.ts';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import { BridgeError, isStoreFault } from '../model/fault.ts';
import type { Exchange, Handover, WorkerRow } from '../store/handover.ts';
import { callsOfEach, MOST_WORKERS, settingsText } from './sharedCalls.ts';
import { readAnswer, resultOf, type TurnAnswer } from './turnAnswer.ts';
import type { TurnResult } from './turn.ts';

/** ms between two looks at who works, and for what a lost notice was about. */
const LOOK_MS = 1_000;
/** ms until an exchange that the database has not taken is tried again. */
const AGAIN_MS = 200;
/** Part of what a worker runs at once that waits there beside it, so that it need not wait for the next one. */
const AHEAD = 0.5;

export interface DispatcherOptions {
  handover: Handover;
  /** Only workers of the same build get turns. */
  build: string;
  /** Turns of a connection that a process runs at once. */
  concurrency: number;
  /** Whether other processes live, so that it is worth looking. */
  hasOthers: () => boolean;
  logger: Logger;
  timer?: Timer;
}

export interface TurnsOptions {
  connection: string;
  /** Runs a turn in this process. */
  run: (key: string) => Promise<TurnResult>;
  /** What turns are run with. @throws BridgeError NOT_CONFIGURED */
  config: () => SyncConfig;
  /** Whether deferrable work waits. */
  defers: () => boolean;
  /** Whether a turn may be handed over at present. */
  mayHandOver: () => boolean;
  /** Receives what the turn of another process has to say, before the turn ends here. */
  onAnswer: (answer: TurnAnswer) => void;
  /** Called when more turns may run at once. */
  onRoom: () => void;
}

/** The turns of one connection. */
export interface SharedTurns {
  /** Runs a turn here or in another process. @returns `lost` where that process is gone; what was under way there is attempted */
  process(key: string): Promise<TurnResult | 'lost'>;
  /** Turns that may run at once. */
  room(): number;
  close(): void;
}

export interface Dispatcher {
  open(options: TurnsOptions): SharedTurns;
  /** Others have said something. */
  onNotice(kind: 'answered' | 'worker'): void;
  /** Workers that take turns. */
  workers(): number;
  /** Resolves once nothing is under way; no connection may be open. */
  stop(): Promise<void>;
}

interface HandedTurn {
  worker: number;
  /** Calls that its worker may have under way at once. */
  calls: number;
  end: (ended: TurnAnswer | 'lost' | Error) => void;
  /** Whether its row is in the store for certain. */
  isGiven: boolean;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { handover, build, concurrency, hasOthers, logger, timer = systemTimer } = options;
  const most = Math.ceil(concurrency * (1 + AHEAD));
  let workers = new Map<number, WorkerRow>();
  const handed = new Map<number, HandedTurn>();
  const opened = new Set<TurnsOptions>();
  let lastId = 0;
  let lastRevision = 0;
  let next: Exchange = { read: [], given: [], configs: [] };
  let exchanging: Promise<void> | undefined;
  /** Why nothing is handed over any more. */
  let ended: Error | undefined;

  /** Gathers what falls into the time of the exchange under way. */
  function exchange(): void {
    exchanging ??= exchangeAll();
  }

  async function exchangeAll(): Promise<void> {
    // What one answer, or one event, has caused goes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (!ended && next.read.length + next.given.length > 0) {
      const now = next;
      next = { read: [], given: [], configs: [] };
      const refused = await insist(now);
      for (const { id } of now.given) {
        const turn = handed.get(id);
        if (turn) turn.isGiven = true;
      }
      for (const id of refused) refuse(id);
    }
    exchanging = undefined;
  }

  /** The turn runs anywhere else; its worker gets no other one. */
  function refuse(id: number): void {
    const turn = handed.get(id);
    const row = turn && workers.get(turn.worker);
    if (row) workers.set(row.number, { ...row, takes: false });
    turn?.end('lost');
  }

  /** Whether an exchange without an answer was made is not known; it is repeated until it was. @returns the ids that nobody has */
  async function insist(now: Exchange): Promise<number[]> {
    while (!ended) {
      try {
        return await handover.exchange(now);
      } catch (error) {
        if (isOver(error)) end(error);
        else if (!isStoreFault(error)) {
          // An error of the program: nothing of it is in the store.
          next.read.push(...now.read);
          for (const { id } of now.given) handed.get(id)?.end(asError(error));
          now = { read: [], given: [], configs: now.configs };
        }
        // What the store cannot do is seen by every call of it.
        if (!ended) await pause(timer, AGAIN_MS);
      }
    }
    return [];
  }

  /** This process leads no more: whoever leads now has taken back what was handed over. */
  function end(error: Error): void {
    ended = error;
    workers.clear();
    for (const turn of [...handed.values()]) turn.end(error);
  }

  const readAnswers = coalesced(async () => {
    for (const { id, text } of await handover.answers()) {
      const turn = handed.get(id);
      if (!turn) continue;
      next.read.push(id);
      turn.end(readAnswer(text));
    }
    exchange();
  });

  async function look(): Promise<void> {
    if (ended || (!hasOthers() && workers.size === 0 && handed.size === 0)) return;
    const given = [...handed].filter(([, { isGiven }]) => isGiven).map(([id]) => id);
    const state = await handover.look();
    const before = workers;
    workers = new Map(state.workers.filter((one) => one.build === build).map((one) => [one.number, one]));
    for (const [number, { process }] of workers)
      if (!before.has(number)) logger.info({ event: 'worker_joined', process, number }, 'Another process runs turns');
    for (const [number, { process }] of before)
      if (!workers.has(number)) logger.info({ event: 'worker_left', process, number }, 'A process runs no more turns');
    await readAnswers();
    const ids = new Set(state.ids);
    const lost = given.filter((id) => !ids.has(id) && handed.has(id));
    if (lost.length > 0)
      logger.warn({ event: 'turns_taken_back', count: lost.length }, 'Turns of a process that is gone are run again');
    for (const id of lost) handed.get(id)?.end('lost');
    if (workers.size > before.size) for (const { onRoom } of opened) onRoom();
  }

  const looking = every({
    ms: LOOK_MS,
    work: look,
    onFailure(error) {
      if (isOver(error)) end(error);
      else if (!isStoreFault(error))
        logger.error({ event: 'workers_not_seen', err: error }, 'The processes that run turns could not be looked at');
    },
    timer,
  });
  looking.within(LOOK_MS);

  /** Workers that may have turns. */
  const takers = (): WorkerRow[] => [...workers.values()].filter(({ takes }) => takes).slice(0, MOST_WORKERS);

  /** Calls that each worker may have under way at present. */
  const share = (): number => callsOfEach(Math.max(1, takers().length));

  /** Whether turns that are out have another share of the calls than is due by now: until they have ended nothing is handed over. */
  function isSharingAnew(): boolean {
    const calls = share();
    return [...handed.values()].some((turn) => turn.calls !== calls);
  }

  /** The worker with the fewest turns, where it has room. */
  function idlest(): number | undefined {
    const under = new Map(takers().map(({ number }) => [number, 0]));
    for (const { worker } of handed.values()) if (under.has(worker)) under.set(worker, (under.get(worker) ?? 0) + 1);
    let best: number | undefined;
    for (const [number, count] of under)
      if (count < most && (best === undefined || count < (under.get(best) ?? 0))) best = number;
    return best;
  }

  function hand(turn: Omit<Exchange['given'][number], 'id'>): Promise<TurnAnswer | 'lost'> {
    const id = (lastId += 1);
    return new Promise((resolve, reject) => {
      handed.set(id, {
        worker: turn.worker,
        calls: share(),
        isGiven: false,
        end(outcome) {
          handed.delete(id);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        },
      });
      next.given.push({ id, ...turn });
      exchange();
    });
  }

  function open(turns: TurnsOptions): SharedTurns {
    const { connection, run, onAnswer } = turns;
    const session = randomUUID();
    let here = 0;
    let config: SyncConfig | undefined;
    let calls = 0;
    let revision = 0;
    opened.add(turns);

    /** @returns the revision of the settings in use */
    function revisionNow(): number {
      const current = turns.config();
      if (current === config && calls === share()) return revision;
      config = current;
      calls = share();
      revision = lastRevision += 1;
      next.configs.push({ connection, revision, session, settings: settingsText({ config, calls }) });
      return revision;
    }

    async function runHere(key: string): Promise<TurnResult> {
      here += 1;
      try {
        return await run(key);
      } finally {
        here -= 1;
      }
    }

    return {
      async process(key) {
        const worker = here < concurrency || ended || !turns.mayHandOver() ? undefined : idlest();
        if (worker === undefined) return runHere(key);
        const answer = await hand({ connection, key, worker, revision: revisionNow(), defers: turns.defers() });
        if (answer === 'lost') return 'lost';
        onAnswer(answer);
        const result = resultOf(answer.ended);
        return result === 'handedBack' ? runHere(key) : result;
      },
      room: () => {
        if (ended || !turns.mayHandOver() || isSharingAnew()) return concurrency;
        return concurrency + most * takers().length;
      },
      close: () => void opened.delete(turns),
    };
  }

  return {
    open,
    onNotice(kind) {
      // What fails here is found by the next look.
      if (kind === 'answered') void readAnswers().catch(() => undefined);
      else looking.after(0);
    },
    workers: () => takers().length,
    async stop() {
      await looking.stop();
      await readAnswers.underWay?.catch(() => undefined);
      await exchanging;
    },
  };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** What the database says that is passing is tried again. */
const isOver = (error: unknown): error is BridgeError =>
  error instanceof BridgeError && ['STORE_TAKEN_OVER', 'STORE_CLOSED'].includes(error.code);
