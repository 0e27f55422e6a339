// A process that may lead: it looks every second who does, takes the lead where nobody has it, and stops at once where another one has
// taken it. A lead that is given back is taken at once.
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import { BridgeError } from '../model/fault.ts';
import type { Leadership, LedStore, SharedStore } from '../store/shared.ts';

const LOOK_MS = 1_000;

export interface CandidacyOptions {
  shared: Pick<SharedStore, 'process' | 'look' | 'lead' | 'onNotice'>;
  /** Called once this process leads. @throws where it cannot: the lead is given back */
  onLead: (store: LedStore) => Promise<void>;
  /** Called once another process has taken the lead, or this one cannot lead for good: it has to end. */
  onEnd: (error: Error) => void;
  logger: Logger;
  timer?: Timer;
}

export interface Candidacy {
  /** The id of this process. */
  readonly process: string;
  /** Looks once, and leads where nobody does; then goes on looking. @throws BridgeError STORE_UNUSABLE, STORE_NEWER and what `onLead` throws */
  start(): Promise<void>;
  /** What the last look has found; undefined while the database cannot be asked. */
  seen(): Leadership | undefined;
  /** Why the database cannot be asked. */
  problem(): string | undefined;
  isLeading(): boolean;
  /** Looks no more. Resolves when no look is under way. */
  stop(): Promise<void>;
}

export function createCandidacy(options: CandidacyOptions): Candidacy {
  const { shared, onLead, onEnd, logger, timer = systemTimer } = options;
  let seen: Leadership | undefined;
  let problem: string | undefined;
  let store: LedStore | undefined;
  let isStopped = false;
  /** What keeps this process from leading for good. */
  let ended: Error | undefined;

  function end(error: Error): void {
    if (ended) return;
    ended = error;
    onEnd(error);
  }

  async function lead(): Promise<void> {
    const taken = await shared.lead();
    if (!taken) return;
    if (isStopped) return taken.close();
    store = taken;
    logger.info({ event: 'lead_taken', process: shared.process, fence: taken.token }, 'This process leads');
    void taken.lost.then((error) => {
      logger.error({ event: 'lead_lost', process: shared.process, fence: taken.token }, 'Another process leads');
      end(error);
    });
    try {
      await onLead(taken);
    } catch (error) {
      store = undefined;
      throw error;
    }
    // It shows who leads.
    seen = await shared.look();
  }

  async function look(): Promise<void> {
    try {
      seen = await shared.look();
      problem = undefined;
    } catch (error) {
      seen = undefined;
      problem = error instanceof BridgeError ? `${error.code}: ${error.message} ${error.action}` : String(error);
      throw error;
    }
    if (seen.leader === undefined && !store && !ended) await lead();
  }

  const looking = every({
    ms: LOOK_MS,
    work: look,
    onFailure(error) {
      // What a database says that is away is passing; what else keeps this process from leading is not.
      if (error instanceof BridgeError && error.code === 'STORE_UNUSABLE') return;
      end(error instanceof Error ? error : new Error(String(error)));
    },
    timer,
  });
  shared.onNotice(({ kind }) => {
    if (kind === 'released' && !store) looking.after(0);
  });

  return {
    process: shared.process,
    start: looking.run,
    seen: () => seen,
    problem: () => problem,
    isLeading: () => store?.leads() ?? false,
    async stop() {
      isStopped = true;
      await looking.stop();
    },
  };
}
