// The org's objects and fields as they will be once the deployment is done: what the package refers to must be there.
import { eventFields, leadingFields, ownerField, stampFields } from '../fields.ts';
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';
import type { ObjectReading } from './objects.ts';

/** What the platform gives an object besides what its definition says. */
const PLATFORM_FIELDS: Readonly<Record<ObjectDef['kind'], FieldDef[]>> = {
  record: [...leadingFields(), ownerField(), ...stampFields()],
  platformEvent: eventFields(),
};

export interface ProspectObject {
  name: string;
  kind: ObjectDef['kind'];
  field(name: string): FieldDef | undefined;
  /** The field whose relationship has this name. */
  relationship(name: string): FieldDef | undefined;
}

export interface Prospect {
  object(name: string): ProspectObject | undefined;
}

export function prospectOf(schema: Schema, readings: readonly ObjectReading[]): Prospect {
  const brought = new Map<string, ObjectReading[]>();
  for (const reading of readings) {
    const key = reading.object.toLowerCase();
    brought.set(key, [...(brought.get(key) ?? []), reading]);
  }
  return {
    object(written) {
      const name = written === 'Activity' ? 'Task' : written;
      const existing = schema.find(name);
      const mine = brought.get(name.toLowerCase()) ?? [];
      const defined = mine.find((reading) => reading.definition)?.definition;
      if (!existing && !defined) return undefined;
      const fields = new Map<string, FieldDef>();
      for (const reading of mine) {
        for (const { field } of reading.fields) if (field) fields.set(field.name.toLowerCase(), field);
        for (const field of reading.definition?.fields ?? []) fields.set(field.name.toLowerCase(), field);
      }
      const standard = PLATFORM_FIELDS[existing?.kind ?? defined?.kind ?? 'record'];
      return {
        name: existing?.name ?? defined?.name ?? name,
        kind: existing?.kind ?? defined?.kind ?? 'record',
        field: (field) =>
          fields.get(field.toLowerCase()) ??
          (existing
            ? schema.field(existing, field)
            : standard.find((one) => one.name.toLowerCase() === field.toLowerCase())),
        relationship: (relationship) =>
          [...fields.values()].find((field) => field.relationshipName?.toLowerCase() === relationship.toLowerCase()) ??
          (existing
            ? schema.relationship(existing, relationship)
            : standard.find((one) => one.relationshipName?.toLowerCase() === relationship.toLowerCase())),
      };
    },
  };
}
