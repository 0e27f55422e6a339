// The data of one org in the store of the simulator.
import type { Link } from '../../bridge/model/link.ts';
import type { Cursor, InboxEntry, OutboxReport } from '../../bridge/store/store.ts';

export interface Row {
  seq: number;
  entry: InboxEntry;
  key: string;
  receivedAt: number;
  attempts: number;
  state: 'pending' | 'done' | 'parked';
  /** Whether this version can parse its change. */
  readable: boolean;
  finishedAt: number;
  code?: string | undefined;
  reason?: string | undefined;
}

/** The data of one org. */
export class Tenant {
  /** The number of a new row, over all orgs. */
  readonly nextSeq: () => number;
  readonly rows = new Map<number, Row>();
  /** Pending rows by key, in order. */
  readonly pending = new Map<string, Row[]>();
  readonly known = new Set<string>();
  readonly cursors = new Map<string, Cursor>();
  readonly links = new Map<string, Link>();
  /** Leads of a record, in the order in which they were linked. */
  readonly records = new Map<string, { leadId: string; kind: 'person' | 'account' }[]>();
  readonly routes = new Map<string, string>();
  /** Keys by the record that their turn is about to link. */
  readonly reservations = new Map<string, string>();
  /** Leads, and the record that each awaits. */
  readonly awaited = new Map<string, NonNullable<Link['awaits']>>();
  reports: OutboxReport[] = [];
  /** Ids of the rows of attempts that were interrupted: the next attempt has its own. */
  readonly interrupted = new Set<string>();

  constructor(nextSeq: () => number) {
    this.nextSeq = nextSeq;
  }
}
