// The port of the store: everything durable of the bridge. Every method is one transaction. Two dialects implement it
// (SQLite here, PostgreSQL where several instances run), and one conformance suite holds both to these promises.
import type { Change, Side } from '../model/change.ts';
import type { Link } from '../model/link.ts';
import type { Report } from '../model/report.ts';

/** Where a source was read up to: a replay id in base64, or a feed sequence. Opaque to the store. */
export interface Cursor {
  /** For example `salesforce:/data/Sellfire__chn` or `sellfire:feed`. */
  name: string;
  value: string;
  /** ms since the epoch: the time of the last event it covers, or of the keepalive that carried it. */
  at: number;
}

export interface InboxEntry {
  source: Side;
  eventId: string;
  /** One event may be about several records; unique is (connection, source, eventId, recordId). */
  recordId: string;
  /** The Sellfire lead, where the change itself names it; otherwise the store finds it by the record's link. */
  leadId: string | null;
  change: Change;
}

export interface InboxRow {
  /** Position in the inbox: the order in which changes were received. */
  seq: number;
  change: Change;
  /** How often it was tried before. */
  attempts: number;
}

/** What waits under one key: its changes in order, and the link they are about. */
export interface Work {
  key: string;
  rows: InboxRow[];
  link: Link | undefined;
}

/** The outcome of a key's work, saved in one transaction. */
export interface Settlement {
  key: string;
  /** Rows that are done. */
  done: number[];
  /** Rows that cannot succeed: kept, with the reason. */
  parked: { seq: number; code: string; reason: string }[];
  /** Saved when its revision is still the one that was loaded; the saved revision is one higher. */
  link: Link | undefined;
  reports: Report[];
}

export interface OutboxReport extends Report {
  /** UUID: the report's external id in Salesforce, so that publishing twice stores once. */
  id: string;
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
}

/** Thrown by `settle` when the link was saved by somebody else in between: load again and decide again. */
export class StaleLinkError extends Error {
  constructor(leadId: string) {
    super(`The link of lead ${leadId} has changed since it was loaded.`);
    this.name = 'StaleLinkError';
  }
}

export interface Store {
  /**
   * Keeps received changes and moves the cursor that covers them, together or not at all. Entries that are there already
   * are skipped. @returns the keys that have new work, for the scheduler.
   */
  append(connection: string, entries: InboxEntry[], cursor?: Cursor): Promise<{ stored: number; keys: string[] }>;
  cursor(connection: string, name: string): Promise<Cursor | undefined>;

  /** Keys with pending rows, oldest first. */
  pendingKeys(connection: string, limit: number): Promise<string[]>;
  /** The pending rows of a key (at most `limit`, oldest first) with its link. */
  load(connection: string, key: string, limit: number): Promise<Work>;
  /**
   * Finishes work. When the link names records, pending rows that wait under those records' ids move under the lead's key.
   * @returns keys that got rows that way. @throws StaleLinkError
   */
  settle(connection: string, settlement: Settlement): Promise<{ keys: string[] }>;
  /** Counts an attempt that failed, so that the next one reads before it writes. */
  attempted(connection: string, seqs: number[]): Promise<void>;

  linkOfLead(connection: string, leadId: string): Promise<Link | undefined>;
  linkOfRecord(connection: string, recordId: string): Promise<Link | undefined>;

  /** Reports that wait to be published, oldest first. */
  reports(connection: string, limit: number): Promise<OutboxReport[]>;
  addReports(connection: string, reports: Report[]): Promise<void>;
  dropReports(connection: string, ids: string[]): Promise<void>;

  connections(): Promise<StoredConnection[]>;
  saveConnection(connection: StoredConnection): Promise<void>;
  removeConnection(id: string): Promise<void>;

  counts(connection: string): Promise<StoreCounts>;
  /** Removes done rows that were finished before `before` (ms); they are kept that long so that a repeated event is known. */
  prune(before: number): Promise<number>;
  close(): Promise<void>;
}
