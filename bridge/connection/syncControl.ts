// Controls whether the sync of one connection runs, and reads the permissions of its user. Home and the command line set the sync
// state, and a restart keeps it. Changes that arrive while sync is off wait in the inbox; none is lost (B20).
import type { Logger } from 'pino';
import type { Scheduler } from '../jobs/scheduler.ts';
import { say, type Message } from '../model/message.ts';
import type { SyncState } from '../model/syncState.ts';
import type { SyncControl } from '../requests/request.ts';
import type { Store } from '../store/store.ts';
import type { Rights } from './rights.ts';
import type { StoreMark } from './storeMark.ts';
import { createSyncStates } from './syncState.ts';

/** Why no change is synced, for the health page and Home. */
const PAUSE_REASONS: Record<Exclude<SyncState['state'], 'Running'>, (by: string) => Message> = {
  NotStarted: () => say('whyNotStarted'),
  Paused: (by) => say('whyPaused', { by }),
  Disconnected: (by) => say('whyDisconnected', { by }),
  StoreLost: () => say('storeLost'),
};

export interface SyncControlOptions {
  store: Store;
  connection: string;
  initial: SyncState;
  scheduler: Pick<Scheduler, 'pause' | 'resume'>;
  rights: Rights;
  storeMark: Pick<StoreMark, 'problem' | 'accept'>;
  /** Suspends the requests that write. */
  suspendRequests: () => Promise<void>;
  /** Called after the sync is started or resumed: what waited for that goes on. */
  onRunning: () => void;
  /** Publishes the state of the bridge to the org. */
  publish: () => Promise<void>;
  /** Called after the state Disconnected is published. */
  onDisconnected: () => void;
  logger: Logger;
}

export interface ConnectionControl extends SyncControl {
  /** Applies the sync state to the scheduler, also after another part may have resumed it. */
  apply(): void;
}

export function createSyncControl(options: SyncControlOptions): ConnectionControl {
  const { store, connection, initial, scheduler, rights, storeMark, publish, onDisconnected, logger } = options;
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
      // A pause would hide that somebody has to decide.
      if (state === 'Paused' && storeMark.problem() !== undefined) return;
      if (state === 'Running') await storeMark.accept();
      await states.set(state, by);
      logger.info({ event: 'sync_state_set', state, by }, 'The sync state was set');
      if (state === 'Running') options.onRunning();
      else await options.suspendRequests();
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
