// Mappings that contradict each other (M8): two that fill one field at the same moment, and a ring through which a value would
// come back to where it started. A test holds it against the bridge's own judgement.
import { finding, type Finding } from './finding';
import { fillsSalesforce, fillsSellfire, type Other } from './mapping';

/** Why this mapping cannot stand beside the others, each finding with the mappings that are in its way. */
export function conflicts(one: Other, all: readonly Other[]): Finding[] {
  if (one.rule === 'DoNotSync') return [];
  const others = all.filter(({ id, rule }) => id !== one.id && rule !== 'DoNotSync');
  return [...sameTarget(one, others), ...sameSource(one, others), ...ring(one, others)];
}

const target = ({ salesforceObject, salesforceField }: Other): string => `${salesforceObject}.${salesforceField}`;
const source = ({ sellfireObject, sellfireField }: Other): string => `${sellfireObject}.${sellfireField}`;
const inward = ({ rule, triggers }: Other): boolean => fillsSellfire(rule) && triggers.includes('createUpdate');
const isOfPerson = ({ sellfireObject }: Other): boolean => sellfireObject === 'associated_contact';
const idsOf = (mappings: readonly Other[]): string[] => mappings.map(({ id }) => id);

function sameTarget(one: Other, others: readonly Other[]): Finding[] {
  if (!fillsSalesforce(one.rule)) return [];
  const rivals = others.filter(
    (other) =>
      target(other) === target(one) &&
      fillsSalesforce(other.rule) &&
      one.triggers.some((trigger) => other.triggers.includes(trigger)) &&
      // Associated contacts have Contacts of their own (M24).
      isOfPerson(one) === isOfPerson(other),
  );
  const [first] = rivals;
  return first ? [{ ...finding('SameTarget', first.sellfireField, target(one)), mappings: idsOf(rivals) }] : [];
}

function sameSource(one: Other, others: readonly Other[]): Finding[] {
  if (!inward(one)) return [];
  const rivals = others.filter(
    (other) =>
      source(other) === source(one) &&
      other.salesforceObject === one.salesforceObject &&
      target(other) !== target(one) &&
      inward(other),
  );
  const [first] = rivals;
  return first ? [{ ...finding('SameSource', target(first), one.sellfireField), mappings: idsOf(rivals) }] : [];
}

/** Other mappings carry what this one has filled back to its own source, by way of further fields. */
function ring(one: Other, others: readonly Other[]): Finding[] {
  if (!one.triggers.includes('createUpdate') || one.sellfireObject !== 'lead') return [];
  const live = others.filter(
    ({ triggers, sellfireObject }) => triggers.includes('createUpdate') && sellfireObject === 'lead',
  );
  const ways = [
    ...(fillsSalesforce(one.rule) ? [[source(one), target(one)] as const] : []),
    ...(inward(one) ? [[target(one), source(one)] as const] : []),
  ];
  const isRing = ways.some(([from, to]) => leads(to, from, live));
  if (!isRing) return [];
  const touching = live.filter((other) => source(other) === source(one) || target(other) === target(one));
  return [{ ...finding('Ring', one.sellfireField, target(one)), mappings: idsOf(touching) }];
}

/** Whether what stands in one field comes to another over these mappings. */
function leads(from: string, to: string, mappings: readonly Other[]): boolean {
  const reached = new Set([from]);
  // A Set goes on to what is added while it is walked through.
  for (const place of reached) {
    for (const mapping of mappings) {
      if (source(mapping) === place && fillsSalesforce(mapping.rule)) reached.add(target(mapping));
      if (target(mapping) === place && inward(mapping)) reached.add(source(mapping));
    }
  }
  return reached.has(to);
}
