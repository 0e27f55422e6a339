// From what a transaction did to its change events: one per record, or one for several records of an
// object that changed in the same way. Nothing here decides who gets them.
// Source: Change Data Capture Developer Guide, "Change Events", "Merged Change Events".
import type { Commit, RecordChange, Row } from '../model.ts';
import { encodeFieldList, type FieldPositions } from './bitmap.ts';
import type { ChangeEventHeader, EventChangeType } from './header.ts';
import { textDiff } from './textDiff.ts';
import { avroValue, encode, type EventField, type EventSchema } from './schemas.ts';

/** A change of one or more records, ready to be encoded for whoever may have it. */
export interface CapturedChange {
  schema: EventSchema;
  header: Omit<ChangeEventHeader, 'nulledFields' | 'diffFields' | 'changedFields'>;
  /** As the transaction left the first of the records; the others hold the same values. */
  row: Row;
  /** For UPDATE: as it was before. */
  before?: Row;
  /** For UPDATE: the fields that differ. */
  changed: ReadonlySet<string>;
}

/** In every update that stamps its record, also when the second of the stamp is that of the save before. */
const STAMPED = ['LastModifiedDate'];

/** A commit's changes in order, merged where the platform merges: same object, same kind of change, same values. */
export function captureCommit(
  commit: Commit,
  commitNumber: bigint,
  schemaOf: (object: string) => EventSchema | undefined,
): CapturedChange[] {
  const captured: CapturedChange[] = [];
  const alike = new Map<string, CapturedChange>();
  commit.changes.forEach((change, index) => {
    const schema = schemaOf(change.object);
    if (!schema) return;
    // A change that is alone in its transaction is like no other.
    const key = commit.changes.length > 1 ? likeness(change, schema) : '';
    const earlier = alike.get(key);
    if (earlier) {
      earlier.header.recordIds.push(change.id);
      return;
    }
    const event: CapturedChange = {
      schema,
      header: {
        entityName: change.object,
        recordIds: [change.id],
        changeType: change.type,
        changeOrigin: commit.origin,
        transactionKey: commit.transactionKey,
        sequenceNumber: index + 1,
        commitTimestamp: commit.at,
        commitNumber,
        commitUser: commit.user,
      },
      row: change.after,
      ...(change.type === 'UPDATE' && change.before && { before: change.before }),
      changed: new Set(change.type === 'UPDATE' ? [...change.changed, ...(change.unstamped ? [] : STAMPED)] : []),
    };
    alike.set(key, event);
    captured.push(event);
  });
  return captured;
}

/** A change of which only the header is known: a gap, or an overflow. */
export function capturedGap(
  schema: EventSchema,
  type: EventChangeType,
  recordIds: string[],
  commit: Omit<Commit, 'changes' | 'events'>,
  commitNumber: bigint,
): CapturedChange {
  return {
    schema,
    header: {
      entityName: schema.object,
      recordIds,
      changeType: type,
      changeOrigin: commit.origin,
      transactionKey: commit.transactionKey,
      sequenceNumber: 1,
      commitTimestamp: commit.at,
      commitNumber,
      commitUser: commit.user,
    },
    row: {},
    changed: new Set(),
  };
}

/** What an enriched channel adds to one record's event. */
export interface Enrichment {
  recordId: string;
  /** Names as the event has them: a compound by its own name. */
  fields: readonly string[];
  /** The record at the time of delivery. */
  row: Row;
}

/** The Avro payload. With an enrichment it is about one record only. */
export function encodeChange(change: CapturedChange, enrichment?: Enrichment): Buffer {
  const { schema, header, row } = change;
  const whole = header.changeType === 'CREATE' || header.changeType === 'UNDELETE';
  const update = header.changeType === 'UPDATE';
  const changed: FieldPositions = { top: [], nested: new Map() };
  const nulled: FieldPositions = { top: [], nested: new Map() };
  const differing: FieldPositions = { top: [], nested: new Map() };
  const body: Record<string, unknown> = { ...schema.blank };
  for (const field of schema.fields) {
    const value = whole ? fieldValue(field, row) : null;
    if (value !== null) body[field.name] = value;
    if (!update || !isTouched(field, change.changed)) continue;
    body[field.name] = changedValue(field, change, changed, nulled);
    const diff = differenceOf(field, change);
    if (diff === undefined) continue;
    body[field.name] = diff;
    differing.top.push(field.position);
  }
  if (enrichment && !whole) {
    for (const field of schema.fields) {
      if (enrichment.fields.includes(field.name)) body[field.name] = fieldValue(field, enrichment.row);
    }
  }
  body['ChangeEventHeader'] = {
    ...header,
    recordIds: enrichment ? [enrichment.recordId] : header.recordIds,
    nulledFields: encodeFieldList(nulled),
    diffFields: encodeFieldList(differing),
    changedFields: encodeFieldList(changed),
  };
  return encode(schema.type, body);
}

/** A long text as its difference, where the event carries that; never for several records, which may differ in what was. */
function differenceOf({ source }: EventField, { before, row, header }: CapturedChange): string | undefined {
  if (source?.type !== 'textarea' || !before || header.recordIds.length > 1) return undefined;
  const [old, fresh] = [before[source.name], row[source.name]];
  return typeof old === 'string' && typeof fresh === 'string' ? textDiff(old, fresh) : undefined;
}

function fieldValue({ source, parts, blank }: EventField, row: Row): unknown {
  if (source && isPersonName(source.name, row)) return personName(row);
  if (!parts) return avroValue(source, row);
  if (isEmpty(parts, row)) return null;
  const value: Record<string, unknown> = { ...blank };
  for (const part of parts) value[part.name] = avroValue(part.source, row);
  return value;
}

/** The name of a person account has parts, where that of a business is text. */
const isPersonName = (name: string, row: Row): boolean =>
  name === 'Name' && row['PersonContactId'] !== undefined && row['IsPersonAccount'] === true;
const personName = (row: Row): Record<string, unknown> => ({
  Salutation: row['Salutation'] ?? null,
  FirstName: row['FirstName'] ?? null,
  LastName: row['LastName'] ?? null,
});

function isEmpty(parts: NonNullable<EventField['parts']>, row: Row): boolean {
  return parts.every(({ source }) => source === undefined || (row[source.name] ?? null) === null);
}

function isTouched({ source, parts }: EventField, changed: ReadonlySet<string>): boolean {
  if (source) return changed.has(source.name);
  return parts?.some((part) => part.source !== undefined && changed.has(part.source.name)) ?? false;
}

/** The value of a field that changed, and its bits; a compound carries only the parts that changed. */
function changedValue(
  field: EventField,
  change: CapturedChange,
  changed: FieldPositions,
  nulled: FieldPositions,
): unknown {
  const { row } = change;
  if (!field.parts) {
    const value = fieldValue(field, row);
    changed.top.push(field.position);
    if (value === null) nulled.top.push(field.position);
    return value;
  }
  const touched: number[] = [];
  const emptied: number[] = [];
  const value: Record<string, unknown> = { ...field.blank };
  field.parts.forEach(({ name, source }, index) => {
    if (!source || !change.changed.has(source.name)) return;
    value[name] = avroValue(source, row);
    touched.push(index);
    if (value[name] === null) emptied.push(index);
  });
  changed.nested.set(field.position, touched);
  // A compound that holds nothing any more is sent as one empty field.
  if (isEmpty(field.parts, row)) {
    nulled.top.push(field.position);
    return null;
  }
  if (emptied.length > 0) nulled.nested.set(field.position, emptied);
  return value;
}

/** Equal for two changes that one event can carry. */
function likeness({ object, type, changed, after }: RecordChange, schema: EventSchema): string {
  if (type === 'DELETE') return `${object} ${type}`;
  const names = type === 'UPDATE' ? changed.filter((name) => !STAMPS.has(name)).sort() : schema.sources;
  let text = `${object} ${type}`;
  for (const name of names) {
    const value = after[name] ?? null;
    // Most fields of a new record are empty, and go without saying. With its length, no value can pass for two.
    if (value !== null) text += ` ${name}=${String(value).length}:${String(value)}`;
    else if (type === 'UPDATE') text += ` ${name}`;
  }
  return text;
}

/** The same for all records of a transaction, whether their last save was in this second or not. */
const STAMPS = new Set(['LastModifiedDate', 'SystemModstamp']);
