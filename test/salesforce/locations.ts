// Geolocation fields: one that shows a place as a whole, and two parts in which it is stored and written. Source: Object Reference,
// "Geolocation Compound Field", "Compound Field Considerations and Limitations".
import { fieldDef } from './fields.ts';
import type { FieldDef } from './model.ts';

const PARTS = ['Latitude', 'Longitude'] as const;
/** Degrees beside zero. */
const MOST: Readonly<Record<string, number>> = { Latitude: 90, Longitude: 180 };

/** `Site__Latitude__s` of `Site__c`. */
const partOf = (compound: string, part: string): string => `${compound.slice(0, -1)}${part}__s`;

/** The field with those that come with it. */
export function withParts(field: FieldDef): FieldDef[] {
  if (field.type !== 'location') return [field];
  const parts = PARTS.map((part) =>
    fieldDef({
      ...{ name: partOf(field.name, part), label: `${field.label} (${part})`, type: 'double', custom: true },
      ...{ precision: 18, scale: field.scale, compoundFieldName: field.name },
    }),
  );
  return [field, ...parts];
}

/** Its name in the compound as REST shows it, and in the event: `Latitude`. */
export const partName = (field: string): string => /(Latitude|Longitude)__s$/.exec(field)?.[1] ?? field;

/** The most that the field holds, where it is a part of a place. */
export const mostOf = ({ name, compoundFieldName }: FieldDef): number | undefined =>
  compoundFieldName?.endsWith('__c') ? MOST[partName(name)] : undefined;
