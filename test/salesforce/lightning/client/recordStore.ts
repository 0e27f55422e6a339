// Every record that the page has seen, once: whoever shows a record sees what anybody reads or writes of it. Fields of
// parents (`Owner.Name`) are those of the parent's own record.
// Source: LWC guide, "Lightning Data Service", "Data Caching".

export interface FieldValue {
  value: unknown;
  /** Undefined where it is not known yet: GraphQL brings only what a query names. */
  displayValue?: string | null | undefined;
}

export interface RecordRepresentation {
  apiName: string;
  childRelationships: Record<string, unknown>;
  fields: Record<string, FieldValue>;
  id: string;
  lastModifiedById: string | null;
  lastModifiedDate: string | null;
  recordTypeId: string | null;
  recordTypeInfo?: unknown;
  systemModstamp: string | null;
  weakEtag?: number;
}

interface Link {
  displayValue: string | null;
  parent: string | null;
}

interface Entry {
  about: Omit<RecordRepresentation, 'fields'>;
  fields: Map<string, FieldValue>;
  /** Parents by the name of the relationship. */
  links: Map<string, Link>;
  /** ms since the epoch. */
  at: number;
}

export type ChangeListener = (changed: ReadonlySet<string>) => void;

export class RecordStore {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<ChangeListener>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** @returns ends the watching */
  watch(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Takes in what the User Interface API brought. */
  ingest(records: readonly RecordRepresentation[]): void {
    const changed = new Set<string>();
    for (const record of records) this.merge(record, changed);
    this.notify(changed);
  }

  /** Takes in single fields, as GraphQL brings them. */
  ingestFields(found: readonly { id: string; apiName: string; fields: Record<string, FieldValue> }[]): void {
    const changed = new Set<string>();
    for (const { id, apiName, fields } of found) {
      const entry = this.entry(id, apiName);
      for (const [name, value] of Object.entries(fields)) this.set(entry, name, value, changed);
    }
    this.notify(changed);
  }

  /** What is known of a field; undefined where nothing is. */
  field(id: string, name: string): FieldValue | undefined {
    return this.entries.get(id)?.fields.get(name);
  }

  remove(id: string): void {
    if (this.entries.delete(id)) this.notify(new Set([id]));
  }

  /** Whether the record was read from the org within this time. */
  isFresh(id: string, milliseconds: number): boolean {
    const entry = this.entries.get(id);
    return entry !== undefined && this.now() - entry.at < milliseconds;
  }

  /**
   * @param required paths without the object: `['Owner', 'Name']`; `optional` ones may be missing
   * @param seen gets the ids of all records that the answer is made of
   * @returns undefined where a required path is not known
   */
  select(
    id: string,
    required: readonly (readonly string[])[],
    optional: readonly (readonly string[])[],
    seen: Set<string>,
  ): RecordRepresentation | undefined {
    seen.add(id);
    const entry = this.entries.get(id);
    if (!entry) return undefined;
    const fields: Record<string, FieldValue> = {};
    const parents = new Map<string, { required: string[][]; optional: string[][] }>();
    for (const [paths, isRequired] of [
      [required, true],
      [optional, false],
    ] as const) {
      for (const [name = '', ...rest] of paths) {
        if (rest.length > 0) {
          const of = parents.get(name) ?? { required: [], optional: [] };
          of[isRequired ? 'required' : 'optional'].push(rest);
          parents.set(name, of);
          continue;
        }
        const value = entry.fields.get(name);
        if (value && value.displayValue !== undefined) fields[name] = value;
        else if (isRequired) return undefined;
      }
    }
    for (const [name, paths] of parents) {
      const link = entry.links.get(name);
      if (!link) {
        if (paths.required.length > 0) return undefined;
        continue;
      }
      const value = link.parent === null ? null : this.select(link.parent, paths.required, paths.optional, seen);
      if (value === undefined) return undefined;
      fields[name] = { displayValue: link.displayValue, value };
    }
    return { ...entry.about, fields };
  }

  private merge(record: RecordRepresentation, changed: Set<string>): void {
    const { fields, ...about } = record;
    const entry = this.entry(record.id, record.apiName);
    if (about.weakEtag !== entry.about.weakEtag) changed.add(record.id);
    entry.about = about;
    entry.at = this.now();
    for (const [name, field] of Object.entries(fields)) {
      const parent = asRecord(field.value);
      if (parent) this.merge(parent, changed);
      if (!parent && !isRelationship(name, fields)) {
        this.set(entry, name, field, changed);
        continue;
      }
      const link: Link = { displayValue: field.displayValue ?? null, parent: parent?.id ?? null };
      const known = entry.links.get(name);
      if (known?.parent !== link.parent || known.displayValue !== link.displayValue) changed.add(record.id);
      entry.links.set(name, link);
    }
  }

  private entry(id: string, apiName: string): Entry {
    const known = this.entries.get(id);
    if (known) return known;
    const about = {
      apiName,
      childRelationships: {},
      id,
      lastModifiedById: null,
      lastModifiedDate: null,
      recordTypeId: null,
      systemModstamp: null,
    };
    const entry: Entry = { about, fields: new Map(), links: new Map(), at: Number.NEGATIVE_INFINITY };
    this.entries.set(id, entry);
    return entry;
  }

  private set(entry: Entry, name: string, { value, displayValue }: FieldValue, changed: Set<string>): void {
    const known = entry.fields.get(name);
    const isSameValue = known !== undefined && known.value === value;
    const next = {
      value,
      displayValue: displayValue ?? (displayValue === null ? null : isSameValue ? known.displayValue : undefined),
    };
    if (isSameValue && known.displayValue === next.displayValue) return;
    entry.fields.set(name, next);
    // Who the parent is has changed, so what was known of it is another record's.
    if (known && !isSameValue) entry.links.delete(relationshipOf(name));
    changed.add(entry.about.id);
  }

  private notify(changed: ReadonlySet<string>): void {
    if (changed.size > 0) for (const listener of [...this.listeners]) listener(changed);
  }
}

function asRecord(value: unknown): RecordRepresentation | undefined {
  return typeof value === 'object' && value !== null && 'fields' in value && 'id' in value
    ? (value as RecordRepresentation)
    : undefined;
}

/** Of a parent that is empty: `Owner` beside `OwnerId`, `Site__r` beside or without `Site__c`. */
function isRelationship(name: string, fields: Record<string, FieldValue>): boolean {
  return fields[name]?.value === null && (name.endsWith('__r') || `${name}Id` in fields);
}

function relationshipOf(field: string): string {
  return field.endsWith('__c') ? field.replace(/__c$/, '__r') : field.replace(/Id$/, '');
}
