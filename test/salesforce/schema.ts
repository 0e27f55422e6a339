// The org's objects and fields. Names are found in any letter case; what is defined at run time is there at once,
// with its key prefix and the fields that the platform adds by itself.
import { eventFields, fieldDef, leadingFields, ownerField, stampFields } from './fields.ts';
import { keyPrefixAt } from './ids.ts';
import { withParts } from './locations.ts';
import { PlatformError, type FieldDef, type ObjectDef } from './model.ts';

/** An object as a definer gives it: `keyPrefix` may be '' for a custom object, and the platform's own fields left out. */
export type ObjectInput = Omit<ObjectDef, 'fields' | 'keyPrefix'> & {
  fields: Iterable<FieldDef>;
  keyPrefix?: string;
  /** False for the detail side of a master-detail relationship, and for standard objects without one. */
  owned?: boolean;
};

/** Remembers key prefixes, so that an org opened again from its file gives each object the one that its records carry. */
export interface KeyPrefixes {
  of(name: string): string | undefined;
  isTaken(prefix: string): boolean;
  keep(name: string, prefix: string): void;
}

export interface SchemaListener {
  defined(object: ObjectDef): void;
  fieldAdded(object: ObjectDef, field: FieldDef): void;
}

export interface Schema {
  /** In order of definition. */
  objects(): ObjectDef[];
  find(name: string): ObjectDef | undefined;
  /** @throws PlatformError INVALID_TYPE */
  object(name: string): ObjectDef;
  byKeyPrefix(prefix: string): ObjectDef | undefined;
  /** In any letter case. */
  field(object: ObjectDef, name: string): FieldDef | undefined;
  /** The field whose relationship has this name (`Owner`, `Account__r`). */
  relationship(object: ObjectDef, name: string): FieldDef | undefined;
  /** Defines an object, or merges into the one of this name: labels are replaced, fields added or replaced. */
  define(input: ObjectInput): ObjectDef;
  /** Adds or replaces a field. Fields of `Activity` go to Task, which is where the org keeps activities. */
  addField(object: string, field: FieldDef): void;
  /** Takes a field away, as an administrator who deletes it; what records hold in it is not read any more. */
  removeField(object: string, name: string): void;
  onChange(listener: SchemaListener): void;
}

/** Key prefixes of custom objects begin with a, of platform events with e. */
const PREFIX_LETTER = { record: 'a', platformEvent: 'e' } as const;
/** Activities are one table to the platform; this org has Task. */
const ALIASES: Readonly<Record<string, string>> = { activity: 'task' };

interface Entry {
  def: ObjectDef;
  fields: Map<string, FieldDef>;
  relationships: Map<string, FieldDef>;
}

export function createSchema(keyPrefixes: KeyPrefixes): Schema {
  const entries = new Map<string, Entry>();
  const prefixes = new Map<string, ObjectDef>();
  const listeners: SchemaListener[] = [];
  const counters = { record: 0, platformEvent: 0 };

  const entryOf = (name: string): Entry | undefined => {
    const key = name.toLowerCase();
    return entries.get(key) ?? entries.get(ALIASES[key] ?? key);
  };

  function put(entry: Entry, field: FieldDef): void {
    const key = field.name.toLowerCase();
    const old = entry.fields.get(key);
    if (old && old.name !== field.name) entry.def.fields.delete(old.name);
    if (old?.relationshipName) entry.relationships.delete(old.relationshipName.toLowerCase());
    entry.fields.set(key, field);
    entry.def.fields.set(field.name, field);
    if (field.relationshipName) entry.relationships.set(field.relationshipName.toLowerCase(), field);
  }

  function nextPrefix(name: string, kind: ObjectDef['kind']): string {
    const kept = keyPrefixes.of(name);
    if (kept !== undefined) return kept;
    for (;;) {
      const prefix = keyPrefixAt(PREFIX_LETTER[kind], counters[kind]);
      counters[kind] += 1;
      if (prefixes.has(prefix) || keyPrefixes.isTaken(prefix)) continue;
      keyPrefixes.keep(name, prefix);
      return prefix;
    }
  }

  function create(input: ObjectInput): Entry {
    const def: ObjectDef = {
      name: input.name,
      label: input.label,
      labelPlural: input.labelPlural,
      kind: input.kind,
      custom: input.custom,
      keyPrefix: input.keyPrefix || nextPrefix(input.name, input.kind),
      fields: new Map(),
      ...(input.publishBehavior && { publishBehavior: input.publishBehavior }),
      ...(input.refuses && { refuses: input.refuses }),
    };
    const entry: Entry = { def, fields: new Map(), relationships: new Map() };
    const own = [...input.fields];
    // A field of the platform keeps its place where the definition brings its own version of it.
    for (const field of [...platformFields(input, own), ...own].flatMap(withParts)) put(entry, field);
    return entry;
  }

  function define(input: ObjectInput): ObjectDef {
    const old = entries.get(input.name.toLowerCase());
    if (old) {
      old.def.label = input.label;
      old.def.labelPlural = input.labelPlural;
      if (input.publishBehavior) old.def.publishBehavior = input.publishBehavior;
      for (const field of input.fields) addField(old.def.name, field);
      return old.def;
    }
    const entry = create(input);
    entries.set(input.name.toLowerCase(), entry);
    prefixes.set(entry.def.keyPrefix, entry.def);
    for (const listener of listeners) listener.defined(entry.def);
    return entry.def;
  }

  function addField(object: string, field: FieldDef): void {
    const entry = entryOf(object);
    if (!entry) throw invalidType(object);
    for (const one of withParts(field)) {
      put(entry, one);
      for (const listener of listeners) listener.fieldAdded(entry.def, one);
    }
  }

  function removeField(object: string, name: string): void {
    const entry = entryOf(object);
    if (!entry) throw invalidType(object);
    const field = entry.fields.get(name.toLowerCase());
    if (!field) return;
    for (const one of withParts(field)) {
      entry.fields.delete(one.name.toLowerCase());
      entry.def.fields.delete(one.name);
    }
    if (field.relationshipName) entry.relationships.delete(field.relationshipName.toLowerCase());
    // The object is another one now.
    for (const listener of listeners) listener.defined(entry.def);
  }

  return {
    objects: () => [...entries.values()].map((entry) => entry.def),
    find: (name) => entries.get(name.toLowerCase())?.def,
    object(name) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) throw invalidType(name);
      return entry.def;
    },
    byKeyPrefix: (prefix) => prefixes.get(prefix),
    field: (object, name) => entries.get(object.name.toLowerCase())?.fields.get(name.toLowerCase()),
    relationship: (object, name) => entries.get(object.name.toLowerCase())?.relationships.get(name.toLowerCase()),
    define,
    addField,
    removeField,
    onChange: (listener) => void listeners.push(listener),
  };
}

/** In the platform's order: what it adds stands before the fields of a custom object, and around those of a standard one. */
function platformFields(input: ObjectInput, own: readonly FieldDef[]): FieldDef[] {
  if (input.kind === 'platformEvent') return eventFields();
  if (!input.custom) return [...leadingFields(), ...own, ...stampFields()];
  const name = {
    name: 'Name',
    label: `${input.label} Name`,
    type: 'string',
    length: 80,
    defaultedOnCreate: true,
  } as const;
  const owner = input.owned === false ? [] : [ownerField()];
  return [...leadingFields(), ...owner, fieldDef(name), ...stampFields()];
}

export function invalidType(name: string): PlatformError {
  return new PlatformError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
}
