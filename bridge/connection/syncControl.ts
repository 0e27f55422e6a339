// Whether the sync of one connection runs, and what its user may do: what Home and the command line steer, kept over restarts. What
// is received while sync is off waits in the inbox, and nothing of it is lost (B20).
import type { Logger } from 'pino';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { SyncState } from '../model/syncState.ts';
import type { SyncControl } from '../requests/request.ts';
import type { Store } from '../store/store.ts';
import type { Rights } from './rights.ts';
import { createSyncStates } from './syncState.ts';

/** Why nothing is carried over, in words for the health page and Home. */
const PAUSE_REASONS: Record<Exclude<SyncState['state'], 'Running'>, (by: string) => string> = {
  NotStarted: () => 'Sync has not been started. Press Start on Home.',
  Paused: (by) => `Sync is paused by ${by}. Resume it on Home.`,
  Disconnected: (by) => `The org was disconnected by ${by}. Connect it again.`,
};

export interface SyncControlOptions {
  store: Store;
  connection: string;
  initial: SyncState;
  scheduler: Pick<Scheduler, 'pause' | 'resume'>;
  rights: Rights;
  /** Requests that write end where they can be taken up again, or are taken up. */
  hold: () => Promise<void>;
  goOn: () => void;
  /** Tells the org how the bridge is. */
  publish: () => Promise<void>;
  /** The org was told that it is disconnected. */
  onDisconnected: () => void;
  logger: Logger;
}

export interface ConnectionControl extends SyncControl {
  /** Puts the state in force, also after something else may have resumed the work. */
  apply(): void;
}

export function createSyncControl(options: SyncControlOptions): ConnectionControl {
  const { store, connection, initial, scheduler, rights, hold, goOn, publish, onDisconnected, logger } = options;
  const states = createSyncStates(store, connection, initial, apply);

  function apply(): void {
    const { state, by } = states.current();
    if (state === 'Running') scheduler.resume();
    else scheduler.pause(PAUSE_REASONS[state](by));
  }

  return {
    current: states.current,
    apply,
    async set(state, by) {
      await states.set(state, by);
      logger.info({ event: 'sync_state_set', state, by }, 'The sync state was set');
      if (state === 'Running') goOn();
      else await hold();
      await publish();
      if (state === 'Disconnected') onDisconnected();
    },
    async readRights() {
      const read = await rights.read();
      await publish();
      return read;
    },
  };
}
