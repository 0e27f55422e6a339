// What the fields of a record type stand for in the org. Each is kept on the GraphQL field itself, so that whoever reads
// a selection knows what to fetch for it.
import type { GraphQLField } from 'graphql';
import type { FieldDef, ObjectDef } from '../model.ts';

export type Member =
  | { kind: 'field'; field: FieldDef }
  /** Needs other fields of the record. */
  | { kind: 'meta'; needs: readonly string[] }
  | { kind: 'parent'; field: FieldDef; targets: readonly ObjectDef[] }
  | { kind: 'child'; child: ObjectDef; field: FieldDef };

export function memberOf(field: GraphQLField<unknown, unknown> | undefined): Member | undefined {
  return field?.extensions['member'] as Member | undefined;
}

/** The field by which people know a record. */
export function nameFieldOf(object: ObjectDef): string | undefined {
  return ['Name', 'Subject'].find((name) => object.fields.has(name));
}
