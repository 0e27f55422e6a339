// Classifies the faults of a peer by their remedy; codes are the peer's own.
import type { Explanation, Message } from './catalogue/entry.ts';

type Wording = NonNullable<Explanation['wording']>;

/**
 * `retry`: transient, retried soon with growing delay · `limit`: an allocation is used up, retried late · `auth`: sign
 * in again · `stop`: the connection cannot work until an admin acts · `record`: this record fails until its data or the
 * configuration changes · `exists`: a record with that key exists · `gone`: the record is deleted.
 */
export type FaultClass = 'retry' | 'limit' | 'auth' | 'stop' | 'record' | 'exists' | 'gone';

/** The handling of a class of faults, the same everywhere. */
export interface FaultPolicy {
  /** A later attempt may succeed, so the job fails and is retried. Otherwise the record is settled and reported. */
  isRetried: boolean;
  /**
   * Whether no other work can succeed either, so that all keys pause: `forAWhile`, until the next probe of the
   * allocation; `untilResumed`, until the configuration or the connection changes.
   */
  pausesAll: 'no' | 'forAWhile' | 'untilResumed';
  /** A field that the peer named may be the only cause, so the record is tried without that field. */
  blamesField: boolean;
  /** The fault lasts until an admin acts. */
  needsAdmin: boolean;
}

/** The one table of fault handling. For a `gone` record, the record state is looked up first (jobs/worker.ts). */
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
  /** The peer's own sentence; where it gave none, or one that has words of its own here, the bridge's. */
  message: string;
  /** The bridge's own sentence as a message, or its wording in the catalogue; absent where it is the peer's. */
  words?: Message;
  wording?: Wording;
  /** Fields that the peer named. */
  fields: string[];
  /** Of a transaction: the `ref` of the record that was refused. */
  node?: string;
  /** Whether the peer may have applied the call nevertheless (a timeout, a connection cut after sending). */
  unknownOutcome: boolean;
  /** The peer did not answer, or a gateway did in its place: what fails for one key fails for all, until it is back. */
  isAway?: true;
  /** For `exists`: the id of the record that has the key, where it is known. */
  holder?: string;
}

/** The code for the bridge's refusal to call Salesforce when its share of the org's API calls is used up (M19). */
export const SHARE_USED = 'API_SHARE_USED';

/** The systems that the bridge calls. */
export type Peer = 'salesforce' | 'sellfire' | 'mail' | 'webhook';

/** The display names of the peers. */
export const PEER_NAMES: Readonly<Record<Peer, string>> = {
  salesforce: 'Salesforce',
  sellfire: 'Sellfire',
  mail: 'The mail server',
  webhook: 'The webhook',
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

/** An error for an admin: what happened, the remedy and the cause. Its sentences come from the catalogue. */
export class BridgeError extends Error {
  readonly code: string;
  readonly action: string;
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(explanation.sentence, options);
    this.name = 'BridgeError';
    this.code = explanation.code;
    this.action = explanation.action;
    this.explanation = explanation;
  }
}

/** The share of the org's API calls is used up, so that nothing was called. */
export const isShareUsed = (error: unknown): boolean => error instanceof PeerError && error.fault.code === SHARE_USED;

/** A fault of the store, which is nobody's record's. */
export const isStoreFault = (error: unknown): boolean =>
  error instanceof BridgeError && error.code.startsWith('STORE_');

/** The lease of this process on the store has run out: nothing was asked of anybody, and it is renewed soon or the process ends. */
export const isLeaseExpired = (error: unknown): boolean =>
  error instanceof BridgeError && error.code === 'STORE_LEASE_EXPIRED';
