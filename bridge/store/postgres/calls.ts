// The methods of the store that write, as they run inside an open transaction, and those that only read.
import type { Dialect } from '../dialect.ts';
import { StaleLinkError } from '../store.ts';
import { claim, settleClaims } from './claims.ts';
import { connections, removeConnection, saveConnection } from './connections.ts';
import { cursor, moveCursor } from './cursors.ts';
import { finishTurn } from './finish.ts';
import {
  attempted,
  counts,
  insertEntries,
  moveRows,
  parked,
  parkRows,
  pendingKeys,
  prune,
  rekey,
  release,
} from './inbox.ts';
import { claimRecords, linkOfLead, linkOfRecord, links, saveLink } from './links.ts';
import { addReports, dropReports, reports } from './reports.ts';
import { requestProgress, withdrawRequest } from './requests.ts';
import type { Session } from './session.ts';

type Methods = Omit<Dialect, 'load' | 'close' | 'problem' | 'isOurs' | 'leads' | 'beginRotation' | 'endRotation'>;
export type Read =
  | 'cursor'
  | 'pendingKeys'
  | 'parked'
  | 'requestProgress'
  | 'links'
  | 'linkOfLead'
  | 'linkOfRecord'
  | 'reports'
  | 'connections'
  | 'counts';
export type Write = Exclude<keyof Methods, Read>;

type Calls<M extends keyof Methods> = {
  [N in M]: (db: Session, ...args: Parameters<Methods[N]>) => ReturnType<Methods[N]>;
};

export const reads: Calls<Read> = {
  linkOfLead: (db, connection, leadId) => linkOfLead(db, connection, leadId),
  cursor,
  pendingKeys,
  parked,
  requestProgress,
  links,
  linkOfRecord,
  reports,
  connections,
  counts,
};

export const writes: Calls<Write> = {
  async append(db, connection, entries, to) {
    const inserted = await insertEntries(db, connection, entries);
    // It never passes what is not kept.
    if (to && inserted.until === undefined) await moveCursor(db, connection, to);
    return inserted;
  },
  async settle(db, connection, settlement) {
    const held = await finishTurn(db, connection, settlement);
    const { link, key } = settlement;
    if (!link) {
      // It was decided without a link; one that is there now was made in between.
      if (await linkOfLead(db, connection, key)) throw new StaleLinkError(key);
      return { keys: [] };
    }
    await saveLink(db, connection, link);
    const { added, left } = await claimRecords(db, connection, link, held);
    const moved = await moveRows(db, connection, added, link.leadId);
    const claims = await settleClaims(db, connection, link, left);
    const { keys } = await insertEntries(db, connection, [...settlement.entries, ...claims]);
    return { keys: [...new Set(moved > 0 ? [link.leadId, ...keys] : keys)] };
  },
  async park(db, connection, key, rows) {
    await parkRows(db, connection, key, rows);
  },
  claim,
  attempted,
  rekey,
  release,
  prune,
  withdrawRequest,
  addReports,
  dropReports,
  saveConnection,
  removeConnection,
};
