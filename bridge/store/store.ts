// The port of the store: everything durable of the bridge. Every method is one transaction. Two dialects implement it
// (SQLite here, PostgreSQL where several processes run, of which one leads), and one conformance suite holds both to these promises.
import type { Change, Source } from '../model/change.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Link } from '../model/link.ts';
import type { Report } from '../model/report.ts';

/** How far a source was read: a replay id in base64, or a feed sequence. Opaque to the store. */
export interface Cursor {
  /** For example `salesforce:/data/Sellfire__chn` or `sellfire:feed`. */
  name: string;
  value: string;
  /** ms since the epoch: the time of the last event it covers, or of the keepalive that carried it. */
  at: number;
}

export interface InboxEntry {
  source: Source;
  eventId: string;
  /** One event may be about several records; unique is (connection, source, eventId, recordId). */
  recordId: string;
  /** The Sellfire lead, where the change itself names it; otherwise the store finds it by the record's link. */
  leadId: string | null;
  /** Records that the change names as its conversion: their later changes wait behind it, under its lead. */
  convertedTo?: string[];
  change: Change;
}

export interface InboxRow {
  /** Position in the inbox: the order in which changes were received. */
  seq: number;
  change: Change;
  /** Upper bound of earlier attempts: every failed one, and every opening of the store while the row was pending. */
  attempts: number;
}

/** The pending changes of one key, in order, and their link. */
export interface Work {
  key: string;
  rows: InboxRow[];
  link: Link | undefined;
}

/** A row that cannot succeed, with the reason. */
export interface ParkedRow {
  seq: number;
  key: string;
  source: Source;
  eventId: string;
  recordId: string;
  attempts: number;
  /** ms since the epoch. */
  parkedAt: number;
  code: string;
  reason: string;
}

/** The outcome of a turn, saved in one transaction. */
export interface Settlement {
  key: string;
  /** Rows that are done; they still have to wait under the key. */
  done: number[];
  /** Rows that cannot succeed: kept, with the reason. */
  parked: { seq: number; code: string; reason: string }[];
  /** What failed in the turn that the rows were done in: kept with them, for the count of a request. */
  failure?: string;
  /**
   * Saved when its revision is still the one that was loaded; the saved revision is one higher. Undefined only where none was
   * loaded and none is made: a link of the key that appeared in between makes that stale.
   */
  link: Link | undefined;
  reports: Report[];
  /** Changes that follow from the turn. */
  entries?: InboxEntry[];
}

export interface OutboxReport extends Report {
  /** UUID: the report's external id in Salesforce, so that publishing twice stores once. */
  id: string;
}

/** The progress of a request's rows. */
export interface RequestProgress {
  pending: number;
  /** Of these, `failed` is a part. */
  done: number;
  /** Parked, or done in a turn in which something failed. */
  failed: number;
}

/** A saved connection to one org. Secrets are sealed (AES-256-GCM) by the caller before they come here. */
export interface StoredConnection {
  /** 18-character org id. */
  id: string;
  createdAt: number;
  /** JSON of the connection's open part: instance URL, user, kind of sign-in. */
  details: string;
  sealed: string;
}

export interface StoreCounts {
  pending: number;
  parked: number;
  reports: number;
  links: number;
  /** When the oldest pending row was received, ms since the epoch; absent when none is pending. */
  oldestPendingAt: number | undefined;
  /** The same of what each system has sent. */
  oldestFromSalesforceAt: number | undefined;
  oldestFromSellfireAt: number | undefined;
}

/**
 * Thrown by `settle` when what it was decided on has changed in between: the link was saved, or made, by somebody else, or the
 * rows moved to the lead that their record was linked to. Nothing was saved: load again and decide again.
 */
export class StaleLinkError extends Error {
  /** The lead, or the settlement's key. */
  readonly key: string;

  constructor(key: string) {
    super(`The link or the rows of ${key} have changed since they were loaded.`);
    this.name = 'StaleLinkError';
    this.key = key;
  }
}

/** Thrown by `settle` when the link's Lead or Contact belongs to another lead's link that has not ended. */
export class RecordClaimedError extends BridgeError {
  readonly recordId: string;
  /** The lead whose link wanted the record. */
  readonly leadId: string;
  /** The lead whose link has it. */
  readonly holder: string;

  constructor(recordId: string, leadId: string, holder: string) {
    super(explain('RECORD_CLAIMED', { id: recordId, lead: leadId, holder }));
    this.name = 'RecordClaimedError';
    this.recordId = recordId;
    this.leadId = leadId;
    this.holder = holder;
  }
}

/** A Lead or Contact that a link is about to take. */
export interface Claim {
  recordId: string;
  /** The key of the turn, and the lead of the link; null where the lead is yet to be created. */
  key: string;
  leadId: string | null;
  /** Of the lead's link as the turn knows it; 0 where it knows none. */
  revision: number;
}

/**
 * `holder`: the lead whose link has the record · `busy`: the turn of another key is about to take it · `stale`: the lead's link was saved since
 * the turn loaded it.
 */
export type ClaimRefusal = { holder: string } | { busy: true } | { stale: true };

/**
 * What a change makes of the link of its key, where it needs nothing else: nothing is looked up, written or reported. Undefined where it takes
 * a turn. Throws nothing.
 */
export type OnArrival = (key: string, link: Link, change: Change) => Link | undefined;

export interface Appended {
  /** Entries that were new. */
  stored: number;
  /** Of these, the ones that are done already; absent where none could be. */
  settled?: number;
  /** Keys that have new work, for the scheduler. */
  keys: string[];
}

export interface Store {
  /**
   * Keeps received changes and moves the cursor that covers them, together or not at all. Entries that are there already
   * are skipped. A row's key is the lead that the entry names, else the lead that its record is linked to (for an Account that
   * several leads share: a row for each), else the lead that an earlier entry of the record named, else the record. A link that
   * has not ended outranks the lead that an event of Salesforce names.
   * With `onArrival`, an entry of a linked lead before which nothing of the lead waits may be done as it comes: in the same transaction with
   * what it makes of the link, over the revision by which that was said.
   */
  append(connection: string, entries: InboxEntry[], cursor?: Cursor, onArrival?: OnArrival): Promise<Appended>;
  cursor(connection: string, name: string): Promise<Cursor | undefined>;

  /** Keys with pending rows, oldest first; with `receivedBefore` (ms since the epoch), rows received earlier than that only. */
  pendingKeys(connection: string, limit: number, receivedBefore?: number): Promise<string[]>;
  /**
   * The pending rows of a key (at most `limit`, oldest first) with the link of the lead that the key names. A row that this
   * version cannot read is parked with CHANGE_UNREADABLE. @throws BridgeError LINK_UNREADABLE
   */
  load(connection: string, key: string, limit: number): Promise<Work>;
  /**
   * Finishes work. When the link names records, pending rows that wait under those records' ids move under the lead's key. When it
   * leaves a Lead or Contact, or ends, each lead that awaits the record gets the command to claim it.
   * @returns keys that got rows, that way or by the entries. @throws StaleLinkError @throws RecordClaimedError
   */
  settle(connection: string, settlement: Settlement): Promise<{ keys: string[] }>;
  /**
   * Puts pending rows under the key of the lead or record that they turned out to be about; of a record that is linked by now,
   * under its lead. @returns how many.
   */
  rekey(connection: string, seqs: number[], key: string): Promise<number>;
  /** Counts an attempt that failed, so that the next one reads before it writes. */
  attempted(connection: string, seqs: number[]): Promise<void>;
  /** Rows that are parked, oldest first. */
  parked(connection: string, limit: number): Promise<ParkedRow[]>;
  /**
   * Reserves a Lead or Contact, or the Account of a link that has neither, for the turn, before anything is written for it. The
   * reservation holds until the key's work is settled, or moved to another key. A refusal because of another turn gives back all
   * reservations of the key, so that two turns never wait for each other. @returns why the record cannot be taken
   */
  claim(connection: string, claim: Claim): Promise<ClaimRefusal | undefined>;
  /** Makes parked rows pending again. @returns their keys, for the scheduler. */
  release(connection: string, seqs: number[]): Promise<{ keys: string[] }>;

  /** The rows whose source is `request` and whose event id begins with `<request>:`. */
  requestProgress(connection: string, request: string): Promise<RequestProgress>;
  /** Takes back what still waits of a request. @returns how many rows. */
  withdrawRequest(connection: string, request: string): Promise<number>;

  /** Links that have not ended, in the order of their lead ids, from behind `after`. */
  links(connection: string, after: string, limit: number): Promise<Link[]>;
  linkOfLead(connection: string, leadId: string): Promise<Link | undefined>;
  /** The link of a Lead or Contact; of an Account that several leads share, the one that was linked first. */
  linkOfRecord(connection: string, recordId: string): Promise<Link | undefined>;

  /** Reports that wait to be published, oldest first. */
  reports(connection: string, limit: number): Promise<OutboxReport[]>;
  /** A report that brings its own id (a UUID) waits once, however often it is added. */
  addReports(connection: string, reports: (Report & { id?: string })[]): Promise<void>;
  dropReports(connection: string, ids: string[]): Promise<void>;

  /** Oldest first. */
  connections(): Promise<StoredConnection[]>;
  saveConnection(connection: StoredConnection): Promise<void>;
  /** Forgets the sign-in; links, cursors and inbox stay for a later connection to the same org. */
  removeConnection(id: string): Promise<void>;

  /**
   * Before the refresh token of a connection is sent: a token that is sent twice ends the whole sign-in. Where several processes share the
   * store, another one that is just sending it is waited for. @returns the connection as it is saved now
   */
  beginRotation(id: string): Promise<StoredConnection | undefined>;
  /**
   * Saves what came in place of the token, where the secrets are still those that the rotation began with; also of a process that has lost
   * the lead meanwhile, since nobody else has it. Whoever waits goes on. @param from, to sealed, the same where nothing came
   * @returns whether they were
   */
  endRotation(id: string, from: string, to: string): Promise<boolean>;

  /** Whether this process may work: where several share the store, as long as its lease holds. */
  leads(): boolean;
  /** Why the last write failed for the disk or the file; undefined once one has succeeded. */
  problem(): BridgeError | undefined;
  counts(connection: string): Promise<StoreCounts>;
  /**
   * Removes done rows that were finished before `before` (ms); they are kept that long so that a repeated event is known.
   * The one method that may take several transactions. @returns how many were removed.
   */
  prune(before: number): Promise<number>;
  /** Answers what was asked before, then lets go of the store; what is asked afterwards fails with STORE_CLOSED. */
  close(): Promise<void>;
}
