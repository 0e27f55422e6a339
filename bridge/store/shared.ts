// The port of a store that several processes share: what any of them may do, also one that does not lead.
import type { Cursor, InboxEntry, Store } from './store.ts';
import type { BridgeError } from '../model/fault.ts';
import type { Handover, WorkerStore } from './handover.ts';

/** A store whose process may lose the lead. */
export interface LedStore extends Store {
  /** Grows with every change of hands. */
  readonly token: number;
  /** Resolves once another process has taken the lead: this one writes nothing any more. */
  readonly lost: Promise<BridgeError>;
  /** Hands turns to other processes. */
  readonly handover: Handover;
}

/** A process that was seen within the lease. */
export interface Process {
  id: string;
  /** Of the bridge. */
  version: string;
  /** ms since the epoch. */
  startedAt: number;
}

export interface Leadership {
  /** The id of the process that leads; undefined where none does. */
  leader: string | undefined;
  token: number;
  /** The oldest first. */
  processes: Process[];
  /** The ids of those that run turns for the leader. */
  workers: string[];
  /** Whether the schema is that of this version. */
  isOurSchema: boolean;
  /** The connected orgs. */
  connections: string[];
}

/** A notice to another process. */
export type Notice =
  /** Changes were received; `readsFeed`: and events before them were not; `catalogue`: Sellfire's fields have changed. */
  | { kind: 'received'; connection: string; keys: string[]; readsFeed: boolean; catalogue: boolean }
  /** The lead was given back. */
  | { kind: 'released' }
  /** Turns were handed to these workers, by their numbers. */
  | { kind: 'assigned'; workers: number[] }
  /** Turns that were handed over have ended. */
  | { kind: 'answered' }
  /** A worker has come or leaves. */
  | { kind: 'worker' };

export interface SharedStore {
  /** The id of this process. */
  readonly process: string;
  /** Shows that this process lives, and reads who leads. @throws BridgeError STORE_UNUSABLE */
  look(): Promise<Leadership>;
  /** Takes the lead where nobody has it. @throws BridgeError STORE_UNUSABLE, STORE_NEWER */
  lead(): Promise<LedStore | undefined>;
  /**
   * Offers this process to the one that leads. @returns undefined where nobody else leads
   * @throws BridgeError STORE_UNUSABLE
   */
  work(): Promise<WorkerStore | undefined>;
  /**
   * Keeps received changes and moves the cursor that covers them, as `Store.append`. @throws BridgeError STORE_UNUSABLE, STORE_NEWER where
   * another version leads
   */
  receive(connection: string, entries: InboxEntry[], cursor?: Cursor): Promise<{ stored: number; keys: string[] }>;
  cursor(connection: string, name: string): Promise<Cursor | undefined>;
  /** Notifies the other processes. One that does not listen at present misses it: what is durable must not depend on it. */
  notify(notice: Notice): Promise<void>;
  /** @param listener called with the notices of other processes */
  onNotice(listener: (notice: Notice) => void): void;
  close(): Promise<void>;
}
