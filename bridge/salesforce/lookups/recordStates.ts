// Reads the state of deleted and merged records and the origin of converted ones, which their events do not contain. Concurrent
// look-ups are gathered, 200 records in one API call.
// Sources: SOAP API Developer Guide, "merge()" (MasterRecordId stays on the deleted record); Object Reference, "Lead".
import { createGatherer, type Gatherer } from '../../lib/gather.ts';
import type { RecordState } from '../../model/plan.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import { query, queryAll } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { identifier, inList } from '../api/soql.ts';

/** A master record may itself be merged later. More merges in a row than this are a cycle. */
const MERGES = 10;

export interface RecordStates {
  /** @throws PeerError */
  of(object: FollowedObject, id: string): Promise<RecordState>;
  /** The Lead that was converted into this Contact or Account; the first of several. @throws PeerError */
  convertedFrom(object: 'Contact' | 'Account', id: string): Promise<string | null>;
}

export function createRecordStates(rest: Rest, { waitMs = 4 }: { waitMs?: number } = {}): RecordStates {
  const rows = new Map<string, Gatherer<string, SalesforceFields | undefined>>();
  const origins = new Map<string, Gatherer<string, string | null>>();
  const keep = <T>(map: Map<string, T>, key: string, make: () => T): T => {
    const kept = map.get(key) ?? make();
    map.set(key, kept);
    return kept;
  };
  return {
    async of(object, id) {
      const queued = keep(rows, object, () => createGatherer({ waitMs, run: (ids) => rowsOf(rest, object, ids) }));
      let at = id;
      for (let merges = 0; merges < MERGES; merges += 1) {
        const row = await queued.load(at);
        if (row?.['IsDeleted'] === false) return at === id ? { state: 'alive' } : { state: 'merged', into: at };
        const master = row?.['MasterRecordId'];
        // A deleted master record also ends the records that were merged into it.
        if (typeof master !== 'string') return { state: row || at !== id ? 'deleted' : 'unknown' };
        at = master;
      }
      return { state: 'deleted' };
    },
    convertedFrom: (object, id) =>
      keep(origins, object, () => createGatherer({ waitMs, run: (ids) => originsOf(rest, object, ids) })).load(id),
  };
}

async function rowsOf(rest: Rest, object: FollowedObject, ids: string[]): Promise<(SalesforceFields | undefined)[]> {
  const found = new Map<string, SalesforceFields>();
  const soql = `SELECT Id, IsDeleted, MasterRecordId FROM ${identifier(object)} WHERE Id IN ${inList(ids)}`;
  for await (const row of queryAll(rest, soql)) found.set(String(row['Id']), row);
  return ids.map((id) => found.get(id));
}

async function originsOf(rest: Rest, object: 'Contact' | 'Account', ids: string[]): Promise<(string | null)[]> {
  const field = `Converted${object}Id`;
  const found = new Map<string, string>();
  const soql = `SELECT Id, ${field} FROM Lead WHERE IsConverted = true AND ${field} IN ${inList(ids)} ORDER BY CreatedDate, Id`;
  for await (const row of query(rest, soql)) {
    const id = String(row[field]);
    if (!found.has(id)) found.set(id, String(row['Id']));
  }
  return ids.map((id) => found.get(id) ?? null);
}
