// sObject collections: up to 200 records a call, in one transaction. Each record succeeds or fails by itself, or, with
// allOrNone, all are undone when one fails. Results stand in the order of the request.
import { Router, type Request, type Response } from 'express';
import { DuplicatesDetected, type DuplicateResult } from '../duplicateRules.ts';
import { normaliseId } from '../ids.ts';
import { PlatformError, type ObjectDef, type Row, type Transaction } from '../model.ts';
import type { Org } from '../org.ts';
import { wrongType } from '../values.ts';
import { asRecord, byExternalId, fieldsOf, isIdentifier, typeOf, type Body } from './body.ts';
import { PUBLISHED_ID } from './records.ts';
import { contextOf, methodNotAllowed, notFound, seal, type Asking } from './request.ts';
import { showRecord } from './show.ts';

export const MAXIMUM_RECORDS = 200;
/** Neighbours of one object are a chunk. */
const MAXIMUM_CHUNKS = 10;
/** The most records that one call may read. */
const MAXIMUM_READ = 2_000;

interface Result {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[]; duplicateResult?: DuplicateResult }[];
  created?: boolean;
}

/** Saves one record and answers its id, and whether it is new where that is of interest. */
type Save = (transaction: Transaction) => { id: string; created?: boolean; queued?: string };

export function collectionsRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const answer = (work: (request: Request, who: Asking) => unknown) => (request: Request, response: Response) => {
    response.json(work(request, asking(request)));
  };
  router
    .route('/composite/sobjects')
    .post(
      answer((request, who) =>
        run(
          org,
          request,
          who,
          recordsOf(request).map((record) => create(org, record)),
        ),
      ),
    )
    .patch(
      answer((request, who) =>
        run(
          org,
          request,
          who,
          recordsOf(request).map((record) => update(org, record)),
        ),
      ),
    )
    .delete(
      answer((request, who) =>
        run(
          org,
          request,
          who,
          idsOf(request).map((id) => remove(org, id)),
          request.query['allOrNone'] === 'true',
        ),
      ),
    )
    .all(methodNotAllowed('DELETE,PATCH,POST'));
  router
    .route('/composite/sobjects/:object')
    .get(
      answer((request, who) =>
        read(org, request, who, idsOf(request, MAXIMUM_READ), text(request.query['fields']).split(',')),
      ),
    )
    .post(
      answer((request, who) => {
        const { ids, fields } = asRecord(request.body);
        if (!Array.isArray(ids) || !Array.isArray(fields)) throw wrongType('list', ids);
        return read(org, request, who, limited(ids.map(String), MAXIMUM_READ), fields.map(String));
      }),
    )
    .all(methodNotAllowed('GET,HEAD,POST'));
  router
    .route('/composite/sobjects/:object/:field')
    .patch(answer((request, who) => run(org, request, who, upserts(org, request))))
    .all(methodNotAllowed('PATCH'));
  return seal(router);
}

function limited<T>(items: T[], maximum: number): T[] {
  if (items.length <= maximum) return items;
  const message = `record limit reached. cannot submit more than ${maximum} records into this call`;
  throw new PlatformError('EXCEEDED_ID_LIMIT', message);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function recordsOf(request: Request): Body[] {
  const { records } = asRecord(request.body);
  if (!Array.isArray(records)) throw wrongType('list', records);
  return chunked(limited(records, MAXIMUM_RECORDS).map(asRecord));
}

function chunked(records: Body[]): Body[] {
  const types = records.map(({ attributes }) =>
    String((attributes as { type?: unknown } | undefined)?.type).toLowerCase(),
  );
  const chunks = types.filter((type, index) => type !== types[index - 1]).length;
  if (chunks <= MAXIMUM_CHUNKS) return records;
  const message = `Cannot have more than ${MAXIMUM_CHUNKS} chunks in a single operation.`;
  throw new PlatformError('LIMIT_EXCEEDED', message);
}

function idsOf(request: Request, maximum = MAXIMUM_RECORDS): string[] {
  const ids = text(request.query['ids']).split(',').filter(Boolean);
  if (ids.length === 0) throw new PlatformError('MISSING_ARGUMENT', 'The ids parameter is required');
  return limited(ids, maximum);
}

function create(org: Org, record: Body): Save {
  const object = typeOf(org, record);
  return (transaction) => {
    const fields = fieldsOf(org, object, record) as Row;
    if (object.kind === 'record') return { id: transaction.create(object.name, fields) };
    return { id: PUBLISHED_ID, queued: transaction.publish(object.name, fields) };
  };
}

function update(org: Org, record: Body): Save {
  const object = typeOf(org, record);
  const given = record['id'] ?? record['Id'];
  if (typeof given !== 'string') throw new PlatformError('MISSING_ARGUMENT', 'Id not specified in an update call');
  return (transaction) => {
    const id = checkedId(org, object, given);
    transaction.update(object.name, id, fieldsOf(org, object, record, ['id']) as Row);
    return { id };
  };
}

function remove(org: Org, given: string): Save {
  return (transaction) => {
    const object = org.schema.byKeyPrefix(given.slice(0, 3));
    const id = checkedId(org, object, given);
    transaction.remove(object?.name ?? '', id);
    return { id };
  };
}

function checkedId(org: Org, object: ObjectDef | undefined, given: string): string {
  const id = normaliseId(given);
  if (!id || !object || !id.startsWith(object.keyPrefix))
    throw new PlatformError('MALFORMED_ID', `malformed id ${given}`);
  org.faults.checkLock(id);
  return id;
}

function upserts(org: Org, request: Request): Save[] {
  const object = org.schema.find(String(request.params['object']));
  if (!object) throw notFound();
  const name = String(request.params['field']);
  const field = org.schema.field(object, name);
  if (!field || !isIdentifier(field))
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  const records = recordsOf(request);
  const keyOf = (record: Body): unknown =>
    Object.entries(record).find(([key]) => key.toLowerCase() === field.name.toLowerCase())?.[1];
  const seen = new Map<string, number>();
  const fold = (key: unknown): string => (field.caseSensitive ? String(key) : String(key).toLowerCase());
  for (const record of records) seen.set(fold(keyOf(record)), (seen.get(fold(keyOf(record))) ?? 0) + 1);

  return records.map((record) => {
    if (typeOf(org, record) !== object)
      throw new PlatformError('INVALID_TYPE', `every record must be of type ${object.name}`);
    const key = keyOf(record) ?? null;
    return (transaction) => {
      if (key === null || key === '') {
        if (field.type === 'id')
          return { id: transaction.create(object.name, fieldsOf(org, object, record, ['Id']) as Row), created: true };
        throw new PlatformError('MISSING_ARGUMENT', `${field.name} not specified`, { fields: [field.name] });
      }
      if ((seen.get(fold(key)) ?? 0) > 1) {
        const message = `Duplicate external id specified: ${String(key)}`;
        throw new PlatformError('DUPLICATE_VALUE', message, { fields: [field.name] });
      }
      const found = byExternalId(org, object, field, key);
      const [only] = found;
      if (found.length > 1) {
        const message = `${field.name}: more than one record found for external id field: [${found.map((row) => String(row['Id'])).join(', ')}]`;
        throw new PlatformError('DUPLICATE_EXTERNAL_ID', message, { fields: [field.name] });
      }
      if (!only && field.type === 'id') {
        throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
      }
      if (!only) return { id: transaction.create(object.name, fieldsOf(org, object, record) as Row), created: true };
      const id = checkedId(org, object, String(only['Id']));
      transaction.update(object.name, id, fieldsOf(org, object, record, [field.name, 'Id']) as Row);
      return { id, created: false };
    };
  });
}

/**
 * A record that cannot be read at all fails the request: the platform reads every record before it saves the first.
 */
function isUnreadable(error: PlatformError): boolean {
  return error.errorCode === 'JSON_PARSER_ERROR' || (error.errorCode === 'INVALID_FIELD' && error.fields.length === 0);
}

const ROLLED_BACK = {
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

/** Thrown to undo a transaction whose results are answered all the same. */
class Undone extends Error {}

function run(org: Org, request: Request, who: Asking, saves: Save[], allOrNone?: boolean): Result[] {
  const all = allOrNone ?? asRecord(request.body)['allOrNone'] === true;
  const results: Result[] = [];
  try {
    org.transact(contextOf(who, request, false), (transaction) => {
      for (const save of saves) results.push(attempt(transaction, save));
      if (all && results.some((result) => !result.success)) throw new Undone();
    });
    return results;
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    return results.map((result) =>
      result.success ? { ...(result.created ? {} : pick(result)), ...ROLLED_BACK } : result,
    );
  }
}

/** The id of a record that existed before; one that was created and undone has none. */
function pick({ id, created }: Result): { id?: string } {
  return id !== undefined && created === false ? { id } : {};
}

function attempt(transaction: Transaction, save: Save): Result {
  try {
    const { queued, ...saved } = save(transaction);
    const errors = queued === undefined ? [] : [{ statusCode: 'OPERATION_ENQUEUED', message: queued, fields: [] }];
    return { id: saved.id, success: true, errors, ...(saved.created !== undefined && { created: saved.created }) };
  } catch (error) {
    if (!(error instanceof PlatformError) || isUnreadable(error)) throw error;
    const { errorCode: statusCode, message, fields } = error;
    const detail = error instanceof DuplicatesDetected ? { duplicateResult: error.duplicateResult } : {};
    return { success: false, errors: [{ statusCode, message, fields, ...detail }] };
  }
}

function read(org: Org, request: Request, { base }: Asking, ids: string[], names: string[]): unknown[] {
  const object = org.schema.find(String(request.params['object']));
  if (object?.kind !== 'record') throw notFound();
  return ids.map((given) => {
    const id = normaliseId(given);
    const row = id && id.startsWith(object.keyPrefix) ? org.get(object.name, id) : undefined;
    return row ? showRecord(org.schema, object, row, base, names) : null;
  });
}
