// The store's methods, as they run inside the worker's open transaction.
import type { Dialect } from '../dialect.ts';
import { beginRotation, connections, endRotation, removeConnection, saveConnection } from './connections.ts';
import { cursor, moveCursor } from './cursors.ts';
import type { Database } from './database.ts';
import {
  attempted,
  finishRows,
  inboxCounts,
  insertEntries,
  moveRows,
  parked,
  parkRows,
  pendingKeys,
  pendingRows,
  prune,
  rekey,
  release,
} from './inbox.ts';
import { claim, releaseReservations, settleClaims } from './claims.ts';
import { claimRecords, linkCount, linkOfLead, linkOfRecord, links, saveLink } from './links.ts';
import { requestProgress, withdrawRequest } from './requests.ts';
import { addReports, dropReports, reportCount, reports } from './reports.ts';
import { StaleLinkError } from '../store.ts';

export type Method = Exclude<keyof Dialect, 'close' | 'problem' | 'isOurs' | 'leads'>;
export type Calls = {
  [M in Method]: (db: Database, ...args: Parameters<Dialect[M]>) => Awaited<ReturnType<Dialect[M]>>;
};

/** Those that change nothing, and so need no transaction of their own. */
export const READS: ReadonlySet<Method> = new Set([
  'cursor',
  'pendingKeys',
  'load',
  'parked',
  'requestProgress',
  'links',
  'linkOfLead',
  'linkOfRecord',
  'reports',
  'connections',
  'counts',
]);

export const calls: Calls = {
  append(db, connection, entries, to) {
    const inserted = insertEntries(db, connection, entries);
    // It never passes what is not kept.
    if (to && inserted.until === undefined) moveCursor(db, connection, to);
    return inserted;
  },
  load(db, connection, key, limit, known) {
    return { rows: pendingRows(db, connection, key, limit), link: linkOfLead(db, connection, key, known) };
  },
  park: parkRows,
  settle(db, connection, settlement) {
    finishRows(db, connection, settlement);
    releaseReservations(db, connection, settlement.key);
    addReports(db, connection, settlement.reports);
    const { link, key } = settlement;
    if (!link) {
      // It was decided without a link; one that is there now was made in between.
      if (linkOfLead(db, connection, key)) throw new StaleLinkError(key);
      return { keys: [] };
    }
    saveLink(db, connection, link);
    const { entries } = settlement;
    if (link.keepsRecords)
      return entries.length === 0 ? { keys: [] } : { keys: insertEntries(db, connection, entries).keys };
    let moved = 0;
    const { added, left } = claimRecords(db, connection, link);
    for (const recordId of added) moved += moveRows(db, connection, recordId, link.leadId);
    const claims = settleClaims(db, connection, link, left);
    const { keys } = insertEntries(db, connection, [...entries, ...claims]);
    return { keys: [...new Set(moved > 0 ? [link.leadId, ...keys] : keys)] };
  },
  counts(db, connection) {
    return {
      ...inboxCounts(db, connection),
      reports: reportCount(db, connection),
      links: linkCount(db, connection),
    };
  },
  cursor,
  claim,
  pendingKeys,
  attempted,
  rekey,
  parked,
  release,
  prune,
  requestProgress,
  withdrawRequest,
  links,
  linkOfLead: (db, connection, leadId) => linkOfLead(db, connection, leadId),
  linkOfRecord,
  reports,
  addReports,
  dropReports,
  connections,
  saveConnection,
  removeConnection,
  beginRotation,
  endRotation,
};
