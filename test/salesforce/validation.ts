// The org's validation rules: a formula that is true refuses the save with the rule's own words.
// Source: Metadata API Developer Guide, "ValidationRule"; "Examples of Validation Rules".
import { parseFormula, type Formula } from './flows/formula.ts';
import { PlatformError, type FieldValue, type ObjectDef, type Row } from './model.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';

export interface ValidationRule {
  object: string;
  name: string;
  active: boolean;
  /** True for what may not be saved. */
  condition: Formula;
  message: string;
  /** The field that the message stands at; at the top of the page without one. */
  field?: string;
}

/** Looks at a save before it is stored, after what the platform itself requires. */
export interface SaveGuard {
  /** @throws PlatformError */
  check(object: ObjectDef, row: Row, before: Row | undefined, save: GuardedSave): void;
}

export interface GuardedSave {
  /** ISO. */
  now: string;
  user: string;
  /** The request says that duplicates may be saved. */
  allowDuplicates?: boolean;
}

export interface Validation extends SaveGuard {
  /** Adds the rule, or replaces the one of this name. */
  install(rule: ValidationRule): void;
  /** Takes the rule of this name away. */
  remove(object: string, name: string): void;
}

/** @throws Error that names what of the formula is not supported or not understood */
export function conditionOf(formula: string): Formula {
  return parseFormula(formula);
}

/** What a path of a rule may begin with, besides the record's own fields and its parents'. */
export const RULE_GLOBALS = ['$User', '$Profile', '$Organization'];

export function createValidation(schema: Schema, tables: Tables): Validation {
  const rules = new Map<string, Map<string, ValidationRule>>();

  function read(object: ObjectDef, row: Row, path: string, user: string): FieldValue {
    const [first = '', ...rest] = path.split('.');
    if (first === '$User') return read(schema.object('User'), readUser(user), rest.join('.'), user);
    if (first === '$Profile') return read(schema.object('User'), readUser(user), `Profile.${rest.join('.')}`, user);
    if (first === '$Organization') {
      const organization = schema.object('Organization');
      return read(organization, tables.find(organization, {}, 1)[0] ?? {}, rest.join('.'), user);
    }
    if (rest.length === 0) return row[schema.field(object, first)?.name ?? first] ?? null;
    const reference = schema.relationship(object, first);
    const id = reference ? row[reference.name] : null;
    const parent = typeof id === 'string' ? schema.byKeyPrefix(id.slice(0, 3)) : undefined;
    const found = parent && tables.read(parent, String(id));
    return parent && found ? read(parent, found, rest.join('.'), user) : null;
  }

  function readUser(id: string): Row {
    return tables.read(schema.object('User'), id) ?? {};
  }

  return {
    install(rule) {
      const ofObject = rules.get(rule.object) ?? new Map<string, ValidationRule>();
      rules.set(rule.object, ofObject.set(rule.name, rule));
    },
    remove: (object, name) => void rules.get(object)?.delete(name),
    check(object, row, before, { now, user }) {
      const ofObject = rules.get(object.name);
      if (!ofObject) return;
      const nameOf = (path: string): string => schema.field(object, path)?.name ?? path;
      const priors = {
        isNew: before === undefined,
        now: new Date(now),
        isChanged: (path: string) => before !== undefined && row[nameOf(path)] !== before[nameOf(path)],
        // Of a new record it is the value itself.
        priorValue: (path: string) => (before ?? row)[nameOf(path)] ?? null,
      };
      for (const { active, condition, message, field } of ofObject.values()) {
        if (!active || condition.evaluate((path) => read(object, row, path, user), priors) !== true) continue;
        throw new PlatformError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, { fields: field ? [field] : [] });
      }
    },
  };
}
