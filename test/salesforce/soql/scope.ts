// What the names in a query mean: fields of its object, of its parents (up to five steps), and of parents that may be
// of several kinds. Every name that is used becomes a column or a join exactly once.
import { fieldDef } from '../fields.ts';
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';
import { isStored, isText, quote } from '../tables.ts';
import type { QueryErrors } from './errors.ts';
import type { Operand } from './filter.ts';

export interface Parent {
  name: string;
  types: string[];
  /** SQL of the parent's id, one per type that it may have. */
  ids: string[];
}

export interface Scope {
  readonly object: ObjectDef;
  /** SQL alias of the query's own table. */
  readonly root: string;
  id(): string;
  /** @throws PlatformError INVALID_FIELD */
  resolve(path: readonly string[], name: string): { field: FieldDef; parents: Parent[] };
  operand(path: readonly string[], name: string): Operand;
  /** The same for a dotted path, with or without the query's alias in front. */
  path(dotted: string): Operand;
  /** The stored parts of a compound field. */
  parts(path: readonly string[], compound: FieldDef): FieldDef[];
  /** Position of an expression among the columns; added where it is new. */
  column(sql: string): number;
  columns(): string[];
  joins(): string;
}

/** A table that a path leads to; several where the reference may point at several kinds. */
interface Target {
  object: ObjectDef;
  alias: string;
}

interface Reference {
  target: Target;
  field: FieldDef;
}

interface Resolved {
  field: FieldDef;
  parents: Parent[];
  holders: Target[];
  /** Where the field is no column of the holders. */
  sql?: string;
}

const KIND_OF_PARENT = fieldDef({ name: 'Type', type: 'string', createable: false, updateable: false });

/** SOQL follows five relationships. */
const MAXIMUM_STEPS = 5;

export function createScope(schema: Schema, object: ObjectDef, alias: string | undefined, errors: QueryErrors): Scope {
  const root = 't0';
  const columns: string[] = [];
  const joins: string[] = [];
  const targets = new Map<string, Target[]>();

  /** Drops the query's own alias or object name from the front of a path. */
  const relative = (path: readonly string[]): readonly string[] => {
    const first = path[0]?.toLowerCase();
    const own = first !== undefined && (first === alias?.toLowerCase() || first === object.name.toLowerCase());
    return own && !schema.relationship(object, first) ? path.slice(1) : path;
  };

  function follow(path: readonly string[]): { targets: Target[]; parents: Parent[]; reference?: Reference } {
    let present: Target[] = [{ object, alias: root }];
    let reference: Reference | undefined;
    const parents: Parent[] = [];
    if (path.length > MAXIMUM_STEPS)
      throw errors.malformed(`relationship path is longer than ${MAXIMUM_STEPS}`, path.join('.'));
    let key = '';
    for (const step of path) {
      const references = present.flatMap((target) => {
        const field = schema.relationship(target.object, step);
        return field ? [{ target, field }] : [];
      });
      const [first] = references;
      if (!first) {
        const message = `Didn't understand relationship '${step}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
        throw errors.invalidField(message, path.join('.'));
      }
      reference = first;
      key += `/${step.toLowerCase()}`;
      present = targets.get(key) ?? join(key, references);
      parents.push({
        name: first.field.relationshipName ?? step,
        types: present.map((target) => target.object.name),
        ids: present.map((target) => `${target.alias}."Id"`),
      });
    }
    return { targets: present, parents, ...(reference && { reference }) };
  }

  function join(key: string, references: readonly { target: Target; field: FieldDef }[]): Target[] {
    const made: Target[] = [];
    for (const { target, field } of references) {
      for (const name of field.referenceTo) {
        const parent = schema.find(name);
        if (parent?.kind !== 'record') continue;
        const aliasOf = `t${joins.length + 1}`;
        joins.push(
          ` LEFT JOIN ${quote(parent.name)} AS ${aliasOf} ON ${aliasOf}."Id" = ${target.alias}.${quote(field.name)}`,
        );
        made.push({ object: parent, alias: aliasOf });
      }
    }
    targets.set(key, made);
    return made;
  }

  function resolve(path: readonly string[], name: string): Resolved {
    const { targets: found, parents, reference } = follow(relative(path));
    if (reference && reference.field.referenceTo.length > 1 && name.toLowerCase() === 'type') {
      return { field: KIND_OF_PARENT, parents, holders: [], sql: kindOfParent(reference.target, reference.field) };
    }
    const holders = found.filter((target) => schema.field(target.object, name));
    const [first] = holders;
    const field = first && schema.field(first.object, name);
    if (!field) throw errors.noSuchColumn(name, found.length === 1 ? (found[0]?.object.name ?? object.name) : 'Name');
    return { field, parents, holders };
  }

  function operand(path: readonly string[], name: string): Operand {
    const { field, holders, sql: known } = resolve(path, name);
    const written = [...path, name].join('.');
    if (known !== undefined) return { field, sql: known, written };
    if (!isStored(field)) return { field, sql: 'NULL', written };
    const reads = holders.map((target) => `${target.alias}.${quote(field.name)}`);
    const [only] = reads;
    // Of several possible parents one at most exists.
    const sql =
      reads.length === 1 && only ? only : `coalesce(${reads.join(', ')})${isText(field) ? ' COLLATE NOCASE' : ''}`;
    return { field, sql, written };
  }

  /** `Who.Type`: which of its kinds a polymorphic reference points at, known from the id's key prefix. */
  function kindOfParent(target: Target, field: FieldDef): string {
    const kinds = field.referenceTo.flatMap((name) => {
      const parent = schema.find(name);
      return parent ? [`WHEN '${parent.keyPrefix}' THEN '${parent.name}'`] : [];
    });
    return `CASE substr(${target.alias}.${quote(field.name)}, 1, 3) ${kinds.join(' ')} END COLLATE NOCASE`;
  }

  return {
    object,
    root,
    id: () => `${root}."Id"`,
    resolve,
    operand,
    path(dotted) {
      const steps = dotted.split('.');
      return operand(steps.slice(0, -1), steps.at(-1) ?? '');
    },
    parts(path, compound) {
      const { holders } = resolve(path, compound.name);
      return [...(holders[0]?.object.fields.values() ?? [])].filter(
        (field) => field.compoundFieldName === compound.name,
      );
    },
    column(sql) {
      const known = columns.indexOf(sql);
      return known >= 0 ? known : columns.push(sql) - 1;
    },
    columns: () => columns.map((sql, index) => `${sql} AS c${index}`),
    joins: () => joins.join(''),
  };
}
