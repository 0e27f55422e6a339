// The sync state of one connection, kept over restarts: a sync that an admin stopped stays stopped until somebody starts it.
import { syncStateSchema, type SyncState } from '../model/syncState.ts';
import type { Store } from '../store/store.ts';

const CURSOR = 'sync:state';

export interface SyncStates {
  current(): SyncState;
  /** Saves the state before it takes effect. */
  set(state: SyncState['state'], by: string): Promise<void>;
}

type StatePart = Pick<Store, 'append' | 'cursor'>;

/** @returns the saved state, or undefined for a connection that was never started, paused or disconnected */
export async function readSyncState(store: StatePart, connection: string): Promise<SyncState | undefined> {
  const kept = await store.cursor(connection, CURSOR);
  return kept && syncStateSchema.parse(JSON.parse(kept.value));
}

export async function saveSyncState(store: StatePart, connection: string, state: SyncState): Promise<void> {
  await store.append(connection, [], { name: CURSOR, value: JSON.stringify(state), at: state.at });
}

/** @param changed called after each change is saved. @param now ms since the epoch */
export function createSyncStates(
  store: StatePart,
  connection: string,
  initial: SyncState,
  changed: (state: SyncState) => void,
  now: () => number = Date.now,
): SyncStates {
  let current = initial;
  return {
    current: () => current,
    async set(state, by) {
      const next = { state, by, at: now() };
      await saveSyncState(store, connection, next);
      current = next;
      changed(next);
    },
  };
}
