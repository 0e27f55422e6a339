// Fields that the org computes: formulas and roll-up summaries. They are kept with the record and computed again whenever something
// changes of which they are made, without a save of the record that holds them: no stamp, no automation, no change event.
// Sources: Metadata API Developer Guide, "CustomField" (formula, summaryOperation); Salesforce Help, "Formula Fields", "Roll-Up
// Summary Field".
import type { Formula, Priors } from './flows/formula.ts';
import { PlatformError, type FieldDef, type FieldValue, type ObjectDef, type Row } from './model.ts';
import { perObject } from './perObject.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';
import { toStored } from './values.ts';

export type Calculation =
  | { kind: 'formula'; formula: Formula }
  | {
      kind: 'summary';
      operation: (typeof SUMMARY_OPERATIONS)[number];
      /** The detail object, and its field that names the master. */
      child: string;
      reference: string;
      /** Absent for a count. */
      field?: string;
    };

export const SUMMARY_OPERATIONS = ['count', 'sum', 'min', 'max'] as const;
type Summary = Extract<Calculation, { kind: 'summary' }>;

export interface Calculations {
  /** Puts the computed values into a record that is about to be stored. */
  fill(object: ObjectDef, row: Row): void;
  isCalculated(object: ObjectDef, field: string): boolean;
  /** Computes a stored record again, of which a field was changed without a save. */
  refresh(object: ObjectDef, id: string): void;
  /** Computes again what other records make of this one. @param before absent for a new record, @param after for a deleted one */
  changed(object: ObjectDef, before: Row | undefined, after: Row | undefined): void;
}

/** A formula field asks nothing about a save. */
const NO_SAVE: Priors = {
  isNew: false,
  now: new Date(0),
  isChanged: () => false,
  priorValue: () => null,
};
/** What a formula field of this org may not ask: its value is kept until something of which it is made changes. */
export const OF_THE_MOMENT = /\b(?:ISCHANGED|PRIORVALUE|ISNEW|NOW|TODAY)\s*\(/i;
const ALL = 1_000_000;

export function createCalculations(schema: Schema, tables: Tables): Calculations {
  const computed = perObject(schema, ({ fields }) => [...fields.values()].filter((field) => field.calculation));
  let everywhere: [ObjectDef, Calculation][] | undefined;
  schema.onChange({
    defined: () => (everywhere = undefined),
    // A field that is made later is computed for what is there.
    fieldAdded(object, field) {
      everywhere = undefined;
      if (field.calculation) for (const row of tables.find(object, {}, ALL)) renew(object, row);
    },
  });

  function read(object: ObjectDef, row: Row, path: string): FieldValue {
    const [first = '', ...rest] = path.split('.');
    if (rest.length === 0) {
      const field = schema.field(object, first);
      if (field?.calculation?.kind === 'formula') return formulaOf(object, field, row);
      return (field && row[field.name]) ?? null;
    }
    const reference = schema.relationship(object, first);
    const id = reference && row[reference.name];
    const parent = typeof id === 'string' ? schema.byKeyPrefix(id.slice(0, 3)) : undefined;
    const found = parent && tables.read(parent, String(id));
    return parent && found ? read(parent, found, rest.join('.')) : null;
  }

  function formulaOf(object: ObjectDef, field: FieldDef, row: Row): FieldValue {
    if (field.calculation?.kind !== 'formula') return null;
    const value = field.calculation.formula.evaluate((path) => read(object, row, path), NO_SAVE);
    return held(field, value);
  }

  function summaryOf(summary: Summary, master: FieldValue | undefined): FieldValue {
    const { child, reference, operation, field } = summary;
    const details = master ? tables.find(schema.object(child), { [reference]: master }, ALL) : [];
    if (operation === 'count') return details.length;
    const values = details.flatMap((row) => row[field ?? ''] ?? []);
    if (operation === 'sum') return values.reduce<number>((sum, value) => sum + Number(value), 0);
    const sorted = values.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
    return (operation === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
  }

  function fill(object: ObjectDef, row: Row): void {
    for (const field of computed(object)) {
      const { calculation } = field;
      row[field.name] =
        calculation?.kind === 'summary'
          ? held(field, summaryOf(calculation, row['Id']))
          : formulaOf(object, field, row);
    }
  }

  /** Computes a record again, and goes on to what is made of it where something has come out differently. */
  function renew(object: ObjectDef, row: Row): void {
    const fresh = { ...row };
    fill(object, fresh);
    const values = Object.fromEntries(
      computed(object).flatMap(({ name }) => (fresh[name] === row[name] ? [] : [[name, fresh[name] ?? null]])),
    );
    if (Object.keys(values).length === 0) return;
    tables.update(object, String(row['Id']), values);
    changed(object, row, fresh);
  }

  const calculations = (): [ObjectDef, Calculation][] =>
    (everywhere ??= schema
      .objects()
      .flatMap((object) =>
        computed(object).flatMap(({ calculation }): [ObjectDef, Calculation][] =>
          calculation ? [[object, calculation]] : [],
        ),
      ));

  function changed(object: ObjectDef, before: Row | undefined, after: Row | undefined): void {
    for (const [holder, calculation] of calculations()) {
      if (calculation.kind === 'summary') {
        if (calculation.child !== object.name) continue;
        for (const id of new Set([before?.[calculation.reference], after?.[calculation.reference]])) {
          const master = typeof id === 'string' ? tables.read(holder, id) : undefined;
          if (master) renew(holder, master);
        }
        continue;
      }
      const id = after?.['Id'] ?? before?.['Id'] ?? null;
      for (const reference of parentsIn(holder, calculation.formula, object))
        for (const row of tables.find(holder, { [reference]: id }, ALL)) renew(holder, row);
    }
  }

  /** The references by which the formula reads records of the object. */
  function parentsIn(holder: ObjectDef, { references }: Formula, object: ObjectDef): Set<string> {
    const found = references.flatMap((path) => {
      const steps = path.split('.');
      const field = steps.length > 1 ? schema.relationship(holder, steps[0] ?? '') : undefined;
      return field?.referenceTo.includes(object.name) ? [field.name] : [];
    });
    return new Set(found);
  }

  return {
    fill,
    changed,
    refresh(object, id) {
      const row = computed(object).length > 0 ? tables.read(object, id) : undefined;
      if (row) renew(object, row);
    },
    isCalculated: (object, name) => object.fields.get(name)?.calculation !== undefined,
  };
}

/** The value as the field shows it; what it cannot hold is an error there, and empty. */
function held(field: FieldDef, value: FieldValue): FieldValue {
  if (field.type === 'boolean') return value === true;
  if (value === null || value === '' || (typeof value === 'number' && !Number.isFinite(value))) return null;
  try {
    return toStored(field, field.type === 'string' ? String(value).slice(0, field.length) : value);
  } catch (error) {
    if (error instanceof PlatformError) return null;
    throw error;
  }
}
