// A fault of a peer, classified by what helps against it; codes are the peer's own.

/**
 * `retry`: soon, with growing delay · `limit`: an allocation is used up, late · `auth`: sign in again ·
 * `stop`: the connection cannot work until an admin acts · `record`: this record, until its data or the configuration
 * changes · `exists`: something with that key is there · `gone`: the record is deleted.
 */
export type FaultClass = 'retry' | 'limit' | 'auth' | 'stop' | 'record' | 'exists' | 'gone';

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

/** An error that is told to a person: what happened, what they can do, and why. */
export class BridgeError extends Error {
  readonly code: string;
  readonly action: string;

  constructor(code: string, message: string, action: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BridgeError';
    this.code = code;
    this.action = action;
  }
}
