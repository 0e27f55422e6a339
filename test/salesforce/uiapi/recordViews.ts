// Records as forms need them: by the fields of a layout, with what those refer to, and the values that a new record and
// a copy begin with.
// Source: User Interface API Developer Guide, "Get a Record", "Record Defaults", "Record UI".
import type { FieldValue, ObjectDef, Row } from '../model.ts';
import type { Org } from '../org.ts';
import { isStored } from '../tables.ts';
import type { Display } from './display.ts';
import { fieldsOf, recordLayout, type LayoutType, type Mode } from './layout.ts';
import { objectInfo, MASTER_RECORD_TYPE } from './objectInfo.ts';
import { uiRecord } from './record.ts';

type Json = Record<string, unknown>;

/** Every record carries these, whatever its layout shows. */
const ALWAYS = ['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/** The fields of the layouts, qualified; of a reference also the name of what it refers to. */
export function layoutFields(
  org: Org,
  object: ObjectDef,
  types: readonly LayoutType[],
  modes: readonly Mode[],
  display: Display,
): string[] {
  const names = types.flatMap((type) =>
    modes.flatMap((mode) => fieldsOf(recordLayout(org, object, type, mode, display))),
  );
  return [...new Set([...names, ...ALWAYS])].flatMap((name) => {
    const field = object.fields.get(name);
    if (!field) return [];
    const parent = field.relationshipName;
    const own = `${object.name}.${name}`;
    return parent && hasName(org, field.referenceTo) ? [own, `${object.name}.${parent}.Name`] : [own];
  });
}

function hasName(org: Org, targets: readonly string[]): boolean {
  return targets.some((target) => org.schema.find(target)?.fields.has('Name'));
}

/** `record-ui`: layouts, object infos and records of several ids at once. */
export function recordUi(
  org: Org,
  records: readonly { object: ObjectDef; row: Row }[],
  types: readonly LayoutType[],
  modes: readonly Mode[],
  optional: readonly string[],
  display: Display,
): Json {
  const layouts: Record<string, Record<string, Record<string, Json>>> = {};
  const objectInfos: Json = {};
  const bodies: Json = {};
  for (const { object, row } of records) {
    const fields = layoutFields(org, object, types, modes, display);
    bodies[String(row['Id'])] = uiRecord(org, object, row, [], [...fields, ...optional], display);
    if (object.name in layouts) continue;
    const byType = types.map((type) => {
      const byMode = modes.map((mode) => [mode, recordLayout(org, object, type, mode, display)] as const);
      return [type, Object.fromEntries(byMode)] as const;
    });
    layouts[object.name] = { [MASTER_RECORD_TYPE]: Object.fromEntries(byType) };
    Object.assign(objectInfos, infosOf(org, object, fields, display));
  }
  return { layoutUserStates: {}, layouts, objectInfos, records: bodies };
}

/** The object's own, and those of what the given fields refer to. */
function infosOf(org: Org, object: ObjectDef, fields: readonly string[], display: Display): Json {
  const named = new Set([object.name]);
  for (const path of fields) {
    const field = object.fields.get(path.split('.')[1] ?? '');
    for (const target of field?.referenceTo ?? []) if (org.schema.find(target)) named.add(target);
  }
  return Object.fromEntries([...named].map((name) => [name, objectInfo(org, org.schema.object(name), display)]));
}

/** What a new record begins with: the defaults of the platform and of its fields, nothing else. */
export function createDefaults(
  org: Org,
  object: ObjectDef,
  userId: string,
  optional: readonly string[],
  display: Display,
): Json {
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (!isStored(field)) continue;
    row[field.name] = defaultOf(field.defaultValue) ?? picklistDefault(field.picklistValues) ?? null;
    if (field.type === 'boolean') row[field.name] = field.defaultValue === true;
  }
  if (object.fields.has('OwnerId')) row['OwnerId'] = userId;
  return defaults(org, object, row, 'Create', optional, display);
}

function defaultOf(value: unknown): FieldValue | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function picklistDefault(values: readonly { value: string; defaultValue: boolean; active: boolean }[]) {
  return values.find(({ defaultValue, active }) => defaultValue && active)?.value;
}

/** What a copy begins with: whatever of the record can be set on a new one. */
export function cloneDefaults(
  org: Org,
  object: ObjectDef,
  source: Row,
  userId: string,
  optional: readonly string[],
  display: Display,
): Json {
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (!isStored(field)) continue;
    const copied = field.createable && !field.unique;
    row[field.name] = copied ? (source[field.name] ?? null) : null;
  }
  if (object.fields.has('OwnerId')) row['OwnerId'] = userId;
  return defaults(org, object, row, 'Edit', optional, display);
}

function defaults(
  org: Org,
  object: ObjectDef,
  row: Row,
  mode: Mode,
  optional: readonly string[],
  display: Display,
): Json {
  const layout = recordLayout(org, object, 'Full', mode, display);
  const settable = [...object.fields.values()].filter(({ createable }) => createable);
  const fields = fieldsOf(layout).filter((name) => object.fields.get(name)?.createable);
  const paths = [...new Set([...fields, ...settable.filter(({ name }) => row[name] !== null).map(({ name }) => name)])];
  const qualified = paths.flatMap((name) => {
    const field = object.fields.get(name);
    const parent = field?.relationshipName;
    const own = `${object.name}.${name}`;
    return parent && hasName(org, field.referenceTo) ? [own, `${object.name}.${parent}.Name`] : [own];
  });
  const record = uiRecord(org, object, row, [], [...qualified, ...optional], display);
  const { Id: _unused, ...values } = record['fields'] as Json;
  const none = { id: null, lastModifiedById: null, lastModifiedDate: null, systemModstamp: null, weakEtag: 0 };
  return {
    layout,
    objectInfos: infosOf(org, object, qualified, display),
    record: { ...record, ...none, fields: values },
  };
}
