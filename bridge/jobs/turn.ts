// The types of a turn of a key: what the worker is given, how a turn ends, and its times.
import type { Change } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Fault } from '../model/fault.ts';
import type { Broken } from '../model/invariant.ts';
import type { Link } from '../model/link.ts';
import type { Outcome } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { InboxRow, Store } from '../store/store.ts';
import type { Peers } from './execute.ts';

export interface WorkerOptions extends Peers {
  store: Store;
  connection: string;
  config: () => SyncConfig;
  /** Called with the keys that received rows when a link was saved. */
  wake: (keys: string[]) => void;
  /** Whether deferrable work waits, because Salesforce's API calls run short. */
  defers?: () => boolean;
  /**
   * Reads the configuration again where a fault says that it is out of date.
   * @returns whether another one is in use now
   */
  reread?: (fault: Fault, used: SyncConfig) => Promise<boolean>;
  /** Called with each statement that the core relies on and that does not hold. */
  onBroken?: (broken: Broken) => void;
  /** Called after every turn, for metrics and logs. */
  onTurn?: (turn: Turn) => void;
}

/** ms since the epoch. */
export interface TurnTimes {
  begunAt: number;
  /** The core has decided, with what it looked up. */
  decidedAt: number;
  /** The last write has its answer; `decidedAt` where nothing was written. */
  writtenAt: number;
  savedAt: number;
}

export interface Turn {
  key: string;
  link: Link | undefined;
  times: TurnTimes;
  rows: readonly InboxRow[];
  reports: readonly Report[];
  outcomes: readonly Outcome[];
}

/** What is counted and logged of a turn, wherever it was run. */
export interface FinishedTurn extends Pick<Turn, 'reports' | 'outcomes'> {
  /** Rows that it was about. */
  rows: number;
  /** The last of them. */
  last: Pick<Change, 'source' | 'at'> | undefined;
}

export const finishedTurn = ({ rows, reports, outcomes }: Turn): FinishedTurn => {
  const last = rows.at(-1)?.change;
  return { rows: rows.length, last: last && { source: last.source, at: last.at }, reports, outcomes };
};

/** `busy`: another turn is about to link a record that this one needs · `later`: the rest is deferrable. */
export type TurnResult = 'idle' | 'more' | 'later' | 'busy';

/** Thrown in a process that runs turns for the leader: what the turn needs has the leader alone, which runs it. */
export class HandBackError extends Error {
  constructor() {
    super('The leader runs this turn.');
    this.name = 'HandBackError';
  }
}
