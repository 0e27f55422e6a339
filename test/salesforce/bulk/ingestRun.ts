// Saves the rows of an ingest job, 200 to a transaction as the platform's own chunks are. A row that cannot be saved
// fails alone and its reason stands beside it.
// Source: Bulk API 2.0 Developer Guide, "Prepare CSV Files", "Relationship Fields in a Header Row".
import { normaliseId } from '../ids.ts';
import { PlatformError, type FieldDef, type ObjectDef, type Row, type Transaction } from '../model.ts';
import type { Org } from '../org.ts';
import { byExternalId, fieldsOf } from '../rest/body.ts';
import { CsvError } from './csv.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';

export interface IngestPlan {
  org: Org;
  object: ObjectDef;
  operation: IngestOperation;
  /** For upsert. */
  externalId?: FieldDef;
  columns: Column[];
}

export interface RowResult {
  id: string;
  created?: boolean;
  /** `CODE:message:fields --`; absent where the row was saved. */
  error?: string;
}

/** What a column of the file is: a field, or a field by which a parent is found. */
type Column =
  { field: FieldDef; relationship?: undefined } | { field: FieldDef; relationship: FieldDef; type?: string };

export const CHUNK = 200;
/** An empty cell leaves a field alone; this empties it. */
const NULL = '#N/A';
const TRUE = new Set(['true', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'no', 'n', 'off', '0']);

/** @throws CsvError where the file has a column that the object does not */
export function planColumns(org: Org, object: ObjectDef, header: readonly string[]): Column[] {
  return header.map((name) => {
    const column = columnOf(org, object, name);
    if (!column) throw new CsvError(`InvalidBatch : Field name not found : ${name}`);
    return column;
  });
}

/** `LastName`, `Account.Ext__c`, `Lead:Who.Ext__c` */
function columnOf(org: Org, object: ObjectDef, name: string): Column | undefined {
  const [, type, path = '', key] = /^(?:(\w+):)?(\w+)(?:\.(\w+))?$/.exec(name) ?? [];
  if (key === undefined) {
    const field = org.schema.field(object, path);
    return field && { field };
  }
  const relationship = org.schema.relationship(object, path);
  const target = relationship && org.schema.find(type ?? relationship.referenceTo[0] ?? '');
  const field = target && org.schema.field(target, key);
  return relationship && field && { field, relationship, ...(type !== undefined && { type }) };
}

export function saveRow(plan: IngestPlan, transaction: Transaction, cells: readonly string[]): RowResult {
  try {
    const record = recordOf(plan, cells);
    return save(plan, transaction, record);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // Values that a JSON request could not even hold are a matter of one row here.
    const code = error.errorCode === 'JSON_PARSER_ERROR' ? 'INVALID_TYPE_ON_FIELD_IN_RECORD' : error.errorCode;
    const at = plan.columns.findIndex(({ field }) => field.type === 'id');
    return { id: cells[at] ?? '', error: `${code}:${error.message}:${error.fields.join(', ')} --` };
  }
}

function recordOf({ columns }: IngestPlan, cells: readonly string[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (cell === '') return;
    const { field, relationship } = column;
    if (!relationship) record[field.name] = valueOf(field, cell);
    else if (cell === NULL) record[relationship.name] = null;
    else {
      const attributes = column.type === undefined ? {} : { attributes: { type: column.type } };
      record[relationship.relationshipName ?? relationship.name] = { ...attributes, [field.name]: cell };
    }
  });
  return record;
}

function valueOf(field: FieldDef, cell: string): unknown {
  if (cell === NULL) return field.type === 'boolean' ? false : null;
  if (field.type !== 'boolean') return cell;
  const folded = cell.trim().toLowerCase();
  return TRUE.has(folded) ? true : FALSE.has(folded) ? false : cell;
}

function save(plan: IngestPlan, transaction: Transaction, record: Record<string, unknown>): RowResult {
  const { org, object, operation, externalId } = plan;
  if (operation === 'insert') {
    return { id: transaction.create(object.name, fieldsOf(org, object, record) as Row), created: true };
  }
  if (operation === 'upsert' && externalId) return upsert(plan, externalId, transaction, record);
  const id = checkedId(plan, record['Id']);
  if (operation === 'update') transaction.update(object.name, id, fieldsOf(org, object, record, ['Id']) as Row);
  else {
    transaction.remove(object.name, id);
    if (operation === 'hardDelete') transaction.erase(object.name, id);
  }
  return { id, created: false };
}

function upsert(
  plan: IngestPlan,
  field: FieldDef,
  transaction: Transaction,
  record: Record<string, unknown>,
): RowResult {
  const { org, object } = plan;
  const key = record[field.name] ?? null;
  if (key === null && field.type !== 'id') {
    throw new PlatformError('MISSING_ARGUMENT', `${field.name} not specified`, { fields: [field.name] });
  }
  const found = key === null ? [] : byExternalId(org, object, field, key);
  if (found.length > 1) {
    const ids = found.map((row) => String(row['Id'])).join(', ');
    const message = `${field.name}: more than one record found for external id field: [${ids}]`;
    throw new PlatformError('DUPLICATE_EXTERNAL_ID', message, { fields: [field.name] });
  }
  const [only] = found;
  if (!only && field.type === 'id' && key !== null) {
    throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  if (!only) {
    return { id: transaction.create(object.name, fieldsOf(org, object, record, ['Id']) as Row), created: true };
  }
  const id = checkedId(plan, only['Id']);
  transaction.update(object.name, id, fieldsOf(org, object, record, [field.name, 'Id']) as Row);
  return { id, created: false };
}

function checkedId({ org, object }: IngestPlan, given: unknown): string {
  if (typeof given !== 'string') throw new PlatformError('MISSING_ARGUMENT', 'Id not specified in an update call');
  const id = normaliseId(given);
  if (!id?.startsWith(object.keyPrefix)) throw new PlatformError('MALFORMED_ID', `malformed id ${given}`);
  org.faults.checkLock(id);
  return id;
}
