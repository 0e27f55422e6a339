// The ports by which the process that leads hands turns to other processes, and by which such a worker takes them. What the two say to
// each other is kept in the store that they share: a turn that was handed over is a row until its answer is read.
import type { BridgeError } from '../model/fault.ts';
import type { Store } from './store.ts';

/** A turn that is handed to another process. */
export interface Assignment {
  /** Grows with each assignment of a leader. */
  id: number;
  connection: string;
  /** Of a connection, one assignment at a time has it. */
  key: string;
  /** The least revision of the configuration that it may be run with. */
  revision: number;
  /** Whether deferrable work waits. */
  defers: boolean;
}

/** How a turn has ended, as text of the two processes: both are of one build. */
export interface Answer {
  id: number;
  text: string;
}

/** What the turns of a connection are run with. */
export interface HandedConfig {
  connection: string;
  /** Grows with each change. */
  revision: number;
  /** Another one for each sign-in. */
  session: string;
  /** Text of the two processes, as the answers are. */
  settings: string;
}

/** A process that runs turns for the leader. */
export interface WorkerRow {
  /** Another one each time that the process offers itself. */
  number: number;
  process: string;
  /** Its version and what it is configured with. */
  build: string;
  /** Whether it takes further turns. */
  takes: boolean;
}

export interface Exchange {
  /** Ids of answers that were read. */
  read: number[];
  given: (Assignment & { worker: number })[];
  configs: HandedConfig[];
}

export interface HandoverState {
  workers: WorkerRow[];
  /** Ids of the turns that are handed over, those with an answer included. */
  ids: number[];
}

/** The side of the leader. Each method is one transaction. @throws BridgeError STORE_UNUSABLE, STORE_TAKEN_OVER */
export interface Handover {
  /** Repeating it has no further effect. @returns the ids of what was given to a worker that takes no more, or is gone: nobody has it */
  exchange(exchange: Exchange): Promise<number[]>;
  /** Answers that were not said to be read. */
  answers(): Promise<Answer[]>;
  /**
   * Takes back what is with workers that are gone: those whose lease has run out, by the clock of the database, and those that have left.
   * From then on they can commit nothing, and what they had under way counts as attempted.
   */
  look(): Promise<HandoverState>;
}

/**
 * The store of a worker. It may be used as long as the leader leads that the worker has offered itself to, and gives it up not.
 */
export interface WorkerStore extends Store {
  readonly number: number;
  /** The fencing token of that leader. */
  readonly token: number;
  /** Resolves once it may be used no more: what is under way comes to nothing. */
  readonly lost: Promise<BridgeError>;
  /** What it has to do, oldest first: without what is answered. */
  assignments(): Promise<Assignment[]>;
  config(connection: string): Promise<HandedConfig | undefined>;
  /** An answer to a turn that was taken back is dropped. */
  answer(answers: readonly Answer[]): Promise<void>;
  /** Takes no further turns: what it was given before is among its assignments from then on. */
  leave(): Promise<void>;
}
