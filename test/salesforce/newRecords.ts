// What a new record has before it is saved: its id, the defaults of its fields, its owner, its record type and its numbers.
import { counterOf, idAt } from './ids.ts';
import type { FieldDef, FieldValue, ObjectDef, Row } from './model.ts';
import { perObject } from './perObject.ts';
import type { SaveSession } from './saveSession.ts';
import type { RecordTypes } from './recordTypes.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';

export interface NewRecords {
  /** The next id of the object; it is taken. */
  nextId(object: ObjectDef): string;
  /** The record as it begins, with what was given for it. */
  begin(object: ObjectDef, given: Row, session: Pick<SaveSession, 'user' | 'now'>): Row;
}

export function createNewRecords(
  schema: Schema,
  tables: Tables,
  recordTypes: Pick<RecordTypes, 'standardOf'>,
): NewRecords {
  const counters = new Map<string, number>();
  const autoNumbers = new Map<FieldDef, number>();

  function nextId(object: ObjectDef): string {
    let last = counters.get(object.keyPrefix);
    if (last === undefined) {
      const stored = tables.lastId(object);
      last = stored === undefined ? 0 : counterOf(stored);
    }
    counters.set(object.keyPrefix, last + 1);
    return idAt(object.keyPrefix, last + 1);
  }

  function nextNumber(object: ObjectDef, field: FieldDef, now: string): string {
    const last = autoNumbers.get(field) ?? tables.count(object);
    autoNumbers.set(field, last + 1);
    return formatNumber(field.displayFormat ?? '{0}', last + 1, now);
  }

  /** What a new record of the object holds before anybody has said anything, but for what differs by record and user. */
  const beginnings = perObject(schema, (object) => {
    const fields = [...object.fields.values()];
    const row = tables.blank(object);
    for (const field of fields) if (field.name in row) row[field.name] = defaultOf(field);
    const [owned, typed] = ['OwnerId', 'RecordTypeId'].map((name) => object.fields.has(name));
    return { row, numbered: fields.filter(({ autoNumber }) => autoNumber), owned, typed };
  });

  function begin(object: ObjectDef, given: Row, session: Pick<SaveSession, 'user' | 'now'>): Row {
    const { row: beginning, numbered, owned, typed } = beginnings(object);
    const row = { ...beginning };
    if (owned) row['OwnerId'] = session.user;
    if (typed) row['RecordTypeId'] = recordTypes.standardOf(session.user, object.name);
    for (const name in given) row[name] = given[name] ?? null;
    for (const field of numbered) row[field.name] = nextNumber(object, field, session.now);
    return row;
  }

  return { nextId, begin };
}

export function defaultOf(field: FieldDef): FieldValue {
  if (field.type === 'boolean') return field.defaultValue === true;
  const { defaultValue } = field;
  if (typeof defaultValue === 'string' || typeof defaultValue === 'number') return defaultValue;
  return field.picklistValues.find((value) => value.defaultValue && value.active)?.value ?? null;
}

/** `R-{YYYY}-{0000}`: zeroes give the least width of the number. */
function formatNumber(format: string, count: number, now: string): string {
  return format.replace(/\{(0+|YYYY|YY|MM|DD)\}/g, (_whole, part: string) => {
    if (part === 'YYYY') return now.slice(0, 4);
    if (part === 'YY') return now.slice(2, 4);
    if (part === 'MM') return now.slice(5, 7);
    if (part === 'DD') return now.slice(8, 10);
    return String(count).padStart(part.length, '0');
  });
}
