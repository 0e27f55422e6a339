// Reads and writes records in batches: the single reads and writes of concurrent jobs become collections of up to 200 records (one API
// call), updates of several objects together, and each job gets the result of its own record only. A record that Salesforce rejects fails alone, even where
// the platform refuses the whole call because of it.
import { z } from 'zod';
import { explain } from '../../model/catalogue/catalogue.ts';
import { PEER_NAMES, PeerError, type Fault } from '../../model/fault.ts';
import { createGatherer } from '../../lib/gather.ts';
import type { Gatherer } from '../../lib/gather.ts';
import type { RecordResult } from '../../model/ports.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { errorItemSchema, faultOfItem } from '../faults.ts';
import { writeHeaders, type WriteOptions } from './headers.ts';
import { fieldsOf } from './query.ts';
import { RestError } from './rest.ts';
import type { Rest } from './rest.ts';
import { createRowOrder, parentsIn, type RowOrder } from './rowOrder.ts';
import { identifier } from './soql.ts';

/** Records in one collections call; the platform's own limit (and that of a retrieve by GET). */
const COLLECTION = 200;
/** Objects in one call, where their records stand together; the platform's own limit ("Update Records Using sObject Collections"). */
const OBJECTS = 10;

export interface Records {
  /** Writes by external id, so a repetition has no effect. A fault of the whole call becomes the fault of each record; only the bridge's own errors are thrown. */
  upsert(
    object: string,
    externalIdField: string,
    externalId: string,
    fields: SalesforceFields,
    options?: WriteOptions,
  ): Promise<RecordResult>;
  /** @param options `parent`: the record above it, where that is known: Salesforce locks it along */
  update(
    object: string,
    id: string,
    fields: SalesforceFields,
    options?: WriteOptions & { parent?: string | undefined },
  ): Promise<RecordResult>;
  /** A repetition creates a second record: use `upsert` wherever there is an external id. */
  create(object: string, fields: SalesforceFields, options?: WriteOptions): Promise<RecordResult>;
  /** @returns the requested fields and Id, or null where the record is deleted or not visible. @throws PeerError */
  retrieve(object: string, id: string, fields: string[]): Promise<SalesforceFields | null>;
}

interface Item {
  /** The record's id or external id, which a call may contain only once. */
  key: string;
  object: string;
  record: Record<string, unknown>;
  /** The ids that the save locks, as far as they are known. */
  rows: string[];
}

interface Route {
  method: 'PATCH' | 'POST';
  path: string;
  idempotent: boolean;
  /** One call has one set of headers for all of its records. */
  headers: Record<string, string>;
}

const itemSchema = z.object({
  id: z.string().nullish(),
  success: z.boolean(),
  created: z.boolean().optional(),
  errors: z.array(errorItemSchema).default([]),
});
const answerSchema = z.array(itemSchema);
const rowsSchema = z.array(z.record(z.string(), z.unknown()).nullable());

/** @param options `order`: shared by all that write to the org */
export function createRecords(
  rest: Rest,
  { waitMs = 4, order = createRowOrder() }: { waitMs?: number; order?: RowOrder } = {},
): Records {
  const writers = new Map<string, Gatherer<Item, Written>>();
  const readers = new Map<string, Gatherer<string, SalesforceFields | null>>();
  let creations = 0;

  /** @param scope what one call may contain: an object, or every object */
  async function write(scope: string, route: Route, item: Item): Promise<RecordResult> {
    const writer = keep(writers, JSON.stringify([route, scope]), () =>
      createGatherer({ limit: COLLECTION, waitMs, run: (items) => writeAll(rest, route, items, order) }),
    );
    const { result } = await writer.load(item);
    return result;
  }

  /** Assignment rules apply to new records only, and an upsert may find an existing one. The external id refuses a repeated creation. */
  async function createOrUpdate(
    object: string,
    externalIdField: string,
    item: Item,
    options: WriteOptions,
    upsert: () => Promise<RecordResult>,
  ): Promise<RecordResult> {
    const headers = writeHeaders(options);
    const made = await write(object, { method: 'POST', path: '/composite/sobjects', idempotent: true, headers }, item);
    return made.ok || !isTaken(made.fault, externalIdField) ? made : upsert();
  }

  return {
    upsert(object, externalIdField, externalId, fields, options = {}) {
      if (externalId === '')
        throw new TypeError('An upsert needs an external id: without one it would create each time.');
      const path = `/composite/sobjects/${identifier(object)}/${identifier(externalIdField)}`;
      const record = { ...fields, attributes: { type: object }, [externalIdField]: externalId };
      const item = { key: externalId, object, record, rows: parentsIn(object, fields) };
      const headers = writeHeaders({ ...options, assigns: false });
      const upsert = (): Promise<RecordResult> =>
        write(object, { method: 'PATCH', path, idempotent: true, headers }, item);
      return options.assigns ? createOrUpdate(object, externalIdField, item, options, upsert) : upsert();
    },

    update(object, id, fields, { parent, ...options } = {}) {
      const record = { ...fields, attributes: { type: identifier(object) }, Id: id };
      const path = '/composite/sobjects';
      const route: Route = { method: 'PATCH', path, idempotent: true, headers: writeHeaders(options) };
      const rows = [id, ...(parent === undefined ? [] : [parent]), ...parentsIn(object, fields)];
      return write('every object', route, { key: id, object, record, rows });
    },

    create(object, fields, options) {
      const record = { ...fields, attributes: { type: identifier(object) } };
      const path = '/composite/sobjects';
      const route: Route = { method: 'POST', path, idempotent: false, headers: writeHeaders(options) };
      const rows = parentsIn(object, fields);
      return write(object, route, { key: `create ${(creations += 1)}`, object, record, rows });
    },

    retrieve(object, id, fields) {
      const wanted = [...new Set(['Id', ...fields.map(identifier)])].sort();
      const reader = keep(readers, `${identifier(object)} ${wanted.join()}`, () =>
        createGatherer({ limit: COLLECTION, waitMs, run: (ids) => readAll(rest, object, ids, wanted) }),
      );
      return reader.load(id);
    },
  };
}

/** Whether a record with the external id exists already. */
const isTaken = ({ code, fields, message }: Fault, field: string): boolean =>
  code === 'DUPLICATE_VALUE' && (fields.includes(field) || message.includes(field));

function keep<T>(map: Map<string, T>, key: string, make: () => T): T {
  const kept = map.get(key) ?? make();
  map.set(key, kept);
  return kept;
}

/** A result that comes when the call of its record has ended, which may wait for another one. */
interface Written {
  result: Promise<RecordResult>;
}

/** @returns when the calls that need not wait have ended: what another call has locked is written after that */
async function writeAll(rest: Rest, route: Route, items: Item[], order: RowOrder): Promise<Written[]> {
  const results = new Map<Item, RecordResult>();
  const { busy = [], free = [] } = Object.groupBy(items, ({ rows }) => (order.isBusy(rows) ? 'busy' : 'free'));
  const [now, later] = [free, busy].map((some) => {
    const ended = order.run([...new Set(some.flatMap(({ rows }) => rows))], () =>
      writeInRounds(rest, route, some, results),
    );
    // Each record receives the failure; here it only ends the call.
    ended.catch(() => {});
    return ended;
  });
  await now?.catch(() => {});
  const resultOf = async (item: Item): Promise<RecordResult> => {
    await (busy.includes(item) ? later : now);
    return results.get(item) ?? { ok: false, fault: lost() };
  };
  return items.map((item) => {
    const result = resultOf(item);
    result.catch(() => {});
    return { result };
  });
}

async function writeInRounds(rest: Rest, route: Route, items: Item[], results: Map<Item, RecordResult>): Promise<void> {
  let waiting = items;
  // Two writes of one record go out in two calls, in order: the platform refuses the second one in the same call.
  while (waiting.length > 0) {
    const seen = new Set<string>();
    const round = waiting.filter(({ key }) => !seen.has(key) && seen.add(key));
    waiting = waiting.filter((item) => !round.includes(item));
    for (const call of callsOf(round)) await writeRound(rest, route, call, results);
  }
}

/** Each call's records, those of an object together. */
function callsOf(items: readonly Item[]): Item[][] {
  const objects = [...Map.groupBy(items, ({ object }) => object).values()];
  const calls = Array.from({ length: Math.ceil(objects.length / OBJECTS) }, (_, n) => n * OBJECTS);
  return calls.map((from) => objects.slice(from, from + OBJECTS).flat());
}

async function writeRound(rest: Rest, route: Route, items: Item[], results: Map<Item, RecordResult>): Promise<void> {
  let answer;
  try {
    const body = { allOrNone: false, records: items.map(({ record }) => record) };
    answer = await rest.call({ ...route, body, schema: answerSchema.length(items.length) });
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    const status = error instanceof RestError ? error.status : 0;
    // An unreadable field of one record makes the platform refuse the whole call and write nothing. Halving the call isolates the record.
    // So does an object that is not there, whatever else is in the call.
    const isMixed = items[0]?.object !== items.at(-1)?.object && (status === 400 || status === 404);
    if (isMixed || (status === 400 && items.length > 1 && error.fault.class !== 'stop')) {
      const half = items.length >> 1;
      await writeRound(rest, route, items.slice(0, half), results);
      await writeRound(rest, route, items.slice(half), results);
      return;
    }
    // A deleted record has a result of its own. A 404 of the call means that the object or the external id field does not exist.
    // Its remedy is that of the object, not of a record.
    const fault: Fault = status === 404 ? { ...error.fault, class: 'stop', code: 'INVALID_TYPE' } : error.fault;
    for (const item of items) results.set(item, { ok: false, fault });
    return;
  }
  items.forEach((item, index) => results.set(item, resultOf(answer[index], route)));
}

function resultOf(answer: z.infer<typeof itemSchema> | undefined, route: Route): RecordResult {
  if (answer?.success && answer.id)
    return { ok: true, id: answer.id, created: answer.created ?? route.method === 'POST' };
  const error = answer?.errors[0];
  return { ok: false, fault: error ? faultOfItem(error) : lost() };
}

/** The fault of a record without a result in the response. */
function lost(): Fault {
  const { code, sentence: message, wording } = explain('NO_RESULT', { peer: PEER_NAMES.salesforce });
  return { class: 'retry', code, message, fields: [], unknownOutcome: true, ...(wording && { wording }) };
}

async function readAll(
  rest: Rest,
  object: string,
  ids: string[],
  fields: string[],
): Promise<(SalesforceFields | null)[]> {
  const queued = [...new Set(ids)];
  const rows = await rest.call({
    method: 'POST',
    path: `/composite/sobjects/${object}`,
    body: { ids: queued, fields },
    schema: rowsSchema.length(queued.length),
    idempotent: true,
  });
  const byId = new Map(queued.map((id, index) => [id, rows[index]]));
  return ids.map((id) => {
    const row = byId.get(id);
    return row ? fieldsOf(row) : null;
  });
}
