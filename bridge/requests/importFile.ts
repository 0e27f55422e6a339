// Builds the rows of an import: which records of a chunk become rows of Sellfire's CSV, why the others do not, and the
// text of the file (M16).
import { stringify } from 'csv-stringify/sync';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import type { Explanation } from '../model/catalogue/entry.ts';
import type { Lead } from '../model/lead.ts';
import { recordIdsOf } from '../model/recordId.ts';
import { PRIMARY_PHONE } from '../model/mapping.ts';
import { say } from '../model/message.ts';
import { said } from '../model/report.ts';
import type { PersonObject, SalesforceFields } from '../model/salesforce.ts';
import type { LargeQuery } from '../salesforce/api/largeQuery.ts';
import { importColumns, importRow, type ImportRow } from '../sync/files/leadRow.ts';
import type { KeyedReport } from './reportIds.ts';
import type { RequestContext } from './request.ts';

export interface Row extends ImportRow {
  id: string;
  /** The lead that has the phone. */
  leadId: string | null;
}

export interface Chunk {
  rows: Row[];
  /** About records that have a number and are not imported. */
  reports: KeyedReport[];
  /** Pairs whose ids refer to each other, without a link in the bridge. */
  unlinked: { leadId: string; recordId: string }[];
  counts: { noPhone: number; invalid: number; linked: number; taken: number };
}

export interface ObjectQuery {
  object: PersonObject;
  query: LargeQuery;
}

/** Limited to one look-up in Sellfire and about a second of its work, which bounds the delay of a stop. */
const CHUNK = 200;

export async function* batches<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < CHUNK) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * @param records of one object, as they were read
 * @param phones phones of records of earlier chunks, which Sellfire does not know yet, with the records' ids
 * @throws PeerError
 */
export async function chunkOf(
  { store, connection, sellfire }: RequestContext,
  config: SyncConfig,
  object: PersonObject,
  records: readonly SalesforceFields[],
  phones = new Map<string, string>(),
): Promise<Chunk> {
  const chunk: Chunk = {
    rows: [],
    reports: [],
    unlinked: [],
    counts: { noPhone: 0, invalid: 0, linked: 0, taken: 0 },
  };
  const looked = await Promise.all(
    records.map(async (fields) => {
      const id = String(fields['Id']);
      const row = importRow(config, object, id, fields, null);
      const link = await store.linkOfRecord(connection, id);
      const known = 'code' in row ? null : await sellfire.leadByPhone(row.phone);
      return { id, fields, row, linked: link !== undefined && !link.ended, known };
    }),
  );
  for (const { id, fields, row, linked, known } of looked) {
    if (linked) chunk.counts.linked += 1;
    else if ('code' in row) refuse(chunk, object, id, row);
    else if (known && carries(known, id)) {
      chunk.counts.linked += 1;
      chunk.unlinked.push({ leadId: known.id, recordId: id });
    } else {
      const ids = known && recordIdsOf(known);
      const holder = phones.get(row.phone) ?? ids?.contact_id ?? ids?.lead_id;
      if (holder) taken(chunk, object, id, row.phone, holder, known);
      else {
        phones.set(row.phone, id);
        const filled = known ? importRow(config, object, id, fields, known) : row;
        if (!('code' in filled)) chunk.rows.push({ ...filled, id, leadId: known?.id ?? null });
      }
    }
  }
  return chunk;
}

function carries(lead: Lead, id: string): boolean {
  const { lead_id, contact_id } = recordIdsOf(lead);
  return lead_id === id || contact_id === id;
}

function refuse({ counts, reports }: Chunk, object: PersonObject, id: string, why: Explanation): void {
  if (why.code !== 'PHONE_INVALID') {
    counts.noPhone += 1;
    return;
  }
  counts.invalid += 1;
  reports.push({ key: id, row: { ...about(object, id), event: 'LeadCreated', outcome: 'Skipped', ...said(why) } });
}

function taken(
  { counts, reports }: Chunk,
  object: PersonObject,
  id: string,
  phone: string,
  holder: string,
  lead: Lead | null,
): void {
  counts.taken += 1;
  const why = said(explain('PHONE_EXISTS.onImportedRecord', { phone, holder }));
  const row = { ...about(object, id), event: 'LeadLinked', outcome: 'Skipped', ...why } as const;
  reports.push({ key: id, row: { ...row, sellfireLeadId: lead?.id ?? null } });
}

export const about = (object: PersonObject, id: string) =>
  ({ direction: 'ToSellfire', salesforceObject: object, salesforceRecordId: id }) as const;

/** @param rows at least one. Every file of the object has the same columns, also where no row has a value. */
export function csvOf(config: SyncConfig, object: PersonObject, rows: readonly Row[]): string {
  const columns = importColumns(config, object);
  return stringify([columns, ...rows.map(({ cells }) => columns.map((name) => cells[name] ?? ''))]);
}

/** The row without the refused cell; undefined where no other cell remains to be sent. */
export function without(row: Row, field: string | null | undefined, reason: string): Row | undefined {
  if (!field || field === PRIMARY_PHONE || !(field in row.cells)) return undefined;
  const { [field]: _, ...cells } = row.cells;
  return { ...row, cells, leftOut: [...row.leftOut, say('fieldLeftOut', { field, why: reason })] };
}
