// A fault of a peer, classified by what helps against it; codes are the peer's own.
import type { Explanation } from './catalogue/entry.ts';

/**
 * `retry`: soon, with growing delay · `limit`: an allocation is used up, late · `auth`: sign in again ·
 * `stop`: the connection cannot work until an admin acts · `record`: this record, until its data or the configuration
 * changes · `exists`: something with that key is there · `gone`: the record is deleted.
 */
export type FaultClass = 'retry' | 'limit' | 'auth' | 'stop' | 'record' | 'exists' | 'gone';

/** What follows from a class of faults, wherever one of it is met. */
export interface FaultPolicy {
  /** The same may succeed later: the job fails and comes again. Where not, the record is settled and reported. */
  isRetried: boolean;
  /**
   * Whether nothing else can succeed either, so that work on all keys pauses: `forAWhile`, until the allocation is probed again;
   * `untilResumed`, until something has changed.
   */
  pausesAll: 'no' | 'forAWhile' | 'untilResumed';
  /** A field that the peer named may be the only cause: the record may do without it. */
  blamesField: boolean;
  /** It lasts until an admin acts. */
  needsAdmin: boolean;
}

/** The one table of what is done about a fault; a `gone` record is looked up before anything is concluded from it (jobs/worker.ts). */
export const FAULT_POLICY: Readonly<Record<FaultClass, FaultPolicy>> = {
  retry: { isRetried: true, pausesAll: 'no', blamesField: false, needsAdmin: false },
  limit: { isRetried: true, pausesAll: 'forAWhile', blamesField: false, needsAdmin: false },
  auth: { isRetried: true, pausesAll: 'untilResumed', blamesField: false, needsAdmin: false },
  stop: { isRetried: true, pausesAll: 'untilResumed', blamesField: false, needsAdmin: true },
  record: { isRetried: false, pausesAll: 'no', blamesField: true, needsAdmin: false },
  exists: { isRetried: false, pausesAll: 'no', blamesField: true, needsAdmin: false },
  gone: { isRetried: false, pausesAll: 'no', blamesField: false, needsAdmin: false },
};

export interface Fault {
  class: FaultClass;
  code: string;
  /** The peer's own sentence. */
  message: string;
  /** Fields that the peer named. */
  fields: string[];
  /** Whether the peer may have done it all the same (a timeout, a connection cut after sending). */
  unknownOutcome: boolean;
  /** What stands in the way, for `exists`: the id of the record that holds the key, where it is known. */
  holder?: string;
}

/** The code of the bridge's own refusal to call Salesforce: its share of the org's API calls is used up (M19). */
export const SHARE_USED = 'API_SHARE_USED';

/** Whom the bridge talks to. */
export type Peer = 'salesforce' | 'sellfire' | 'mail';

/** As a person reads it. */
export const PEER_NAMES: Readonly<Record<Peer, string>> = {
  salesforce: 'Salesforce',
  sellfire: 'Sellfire',
  mail: 'The mail server',
};

export const policyOf = (fault: Fault): FaultPolicy => FAULT_POLICY[fault.class];

/** Thrown where a whole call failed; a record's own failure is an outcome, not an exception. */
export class PeerError extends Error {
  readonly peer: Peer;
  readonly fault: Fault;

  constructor(peer: Peer, fault: Fault, options?: ErrorOptions) {
    super(`${fault.code}: ${fault.message}`, options);
    this.name = 'PeerError';
    this.peer = peer;
    this.fault = fault;
  }
}

/** An error for a person: what happened, what they can do, and why. Its words come from the catalogue. */
export class BridgeError extends Error {
  readonly code: string;
  readonly action: string;

  constructor({ code, sentence, action }: Explanation, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'BridgeError';
    this.code = code;
    this.action = action;
  }

  get explanation(): Explanation {
    return { code: this.code, sentence: this.message, action: this.action };
  }
}
