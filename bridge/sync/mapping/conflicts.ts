// Finds mappings that contradict each other (M8): two that fill one field at the same moment, and a cycle through which
// a value returns to its source.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { FieldMapping } from '../../model/mapping.ts';
import { towardsSalesforce, towardsSellfire } from './rules.ts';

/** Why each contradictory mapping conflicts with the others, by its id. */
export function contradictions(mappings: readonly FieldMapping[]): Map<string, Explanation[]> {
  const active = mappings.filter(({ rule }) => rule !== 'DoNotSync');
  const found = new Map<string, Explanation[]>();
  for (const one of active) {
    const reasons = [...fillsTheSame(one, active), ...ring(one, active)];
    if (reasons.length > 0) found.set(one.id, reasons);
  }
  return found;
}

const target = ({ salesforceObject, salesforceField }: FieldMapping): string =>
  `${salesforceObject}.${salesforceField}`;
const source = ({ sellfireObject, sellfireField }: FieldMapping): string => `${sellfireObject}.${sellfireField}`;
const inward = ({ rule, triggers }: FieldMapping): boolean =>
  towardsSellfire(rule, 'any') && triggers.includes('createUpdate');
const shared = (one: FieldMapping, other: FieldMapping): boolean =>
  one.triggers.some((trigger) => other.triggers.includes(trigger));

/** Associated contacts have Contacts of their own (M24). */
const ofSamePerson = (one: FieldMapping, other: FieldMapping): boolean =>
  (one.sellfireObject === 'associated_contact') === (other.sellfireObject === 'associated_contact');

function fillsTheSame(one: FieldMapping, all: readonly FieldMapping[]): Explanation[] {
  const rivals = all.filter(
    (other) =>
      other.id !== one.id &&
      target(other) === target(one) &&
      towardsSalesforce(one.rule) &&
      towardsSalesforce(other.rule) &&
      shared(one, other) &&
      ofSamePerson(one, other),
  );
  const sources = all.filter(
    (other) =>
      other.id !== one.id &&
      source(other) === source(one) &&
      other.salesforceObject === one.salesforceObject &&
      inward(one) &&
      inward(other),
  );
  return [
    ...rivals
      .slice(0, 1)
      .map(({ sellfireField }) => explain('FILLED_TWICE.salesforce', { other: sellfireField, field: target(one) })),
    ...sources
      .filter((other) => target(other) !== target(one))
      .slice(0, 1)
      .map((other) => explain('FILLED_TWICE.sellfire', { other: target(other), field: one.sellfireField })),
  ];
}

/** Finds a cycle: other mappings carry the value of this one back to its source, directly or through further fields. */
function ring(one: FieldMapping, all: readonly FieldMapping[]): Explanation[] {
  const others = all.filter(
    (other) => other.id !== one.id && other.triggers.includes('createUpdate') && other.sellfireObject === 'lead',
  );
  if (!one.triggers.includes('createUpdate') || one.sellfireObject !== 'lead') return [];
  const ways: [from: string, to: string][] = [
    ...(towardsSalesforce(one.rule) ? [[source(one), target(one)] as [string, string]] : []),
    ...(inward(one) ? [[target(one), source(one)] as [string, string]] : []),
  ];
  const isRing = ways.some(([from, to]) => leads(to, from, others));
  return isRing ? [explain('MAPPINGS_RING', { sellfire: one.sellfireField, salesforce: target(one) })] : [];
}

/** Whether a value passes from one field to another over these mappings. */
function leads(from: string, to: string, mappings: readonly FieldMapping[]): boolean {
  const reached = new Set([from]);
  for (const place of reached) {
    for (const mapping of mappings) {
      if (source(mapping) === place && towardsSalesforce(mapping.rule)) reached.add(target(mapping));
      if (target(mapping) === place && inward(mapping)) reached.add(source(mapping));
    }
  }
  return reached.has(to);
}
