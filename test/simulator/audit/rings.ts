// Mappings that contradict one another (docs/field-mappings.md): two that fill one field on one trigger, and several that fill each other in a ring.
import type { Expected, JudgedMapping } from './statuses.ts';

const goesOut = (rule: string): boolean => rule === 'AlwaysSellfire' || rule === 'TwoWay';
const comesIn = ({ rule, triggers }: JudgedMapping): boolean =>
  ['SalesforceUnlessBlank', 'TwoWay'].includes(rule) && triggers.includes('createUpdate');

const inSellfire = ({ sellfireObject, sellfireField }: JudgedMapping): string => `${sellfireObject}.${sellfireField}`;
const inSalesforce = ({ salesforceObject, salesforceField }: JudgedMapping): string =>
  `${salesforceObject}.${salesforceField}`;

export function contradictionsOf(all: readonly JudgedMapping[], one: JudgedMapping): Expected[] {
  if (one.rule === 'DoNotSync') return [];
  const others = all.filter((other) => other.id !== one.id && other.rule !== 'DoNotSync');
  const issue = (code: string, ...words: string[]): Expected => ({ weight: 'issue', code, words });
  const isPerson = ({ sellfireObject }: JudgedMapping): boolean => sellfireObject === 'associated_contact';
  const rivals = others.filter(
    (other) =>
      goesOut(one.rule) &&
      goesOut(other.rule) &&
      inSalesforce(one) === inSalesforce(other) &&
      isPerson(one) === isPerson(other) &&
      one.triggers.some((trigger) => other.triggers.includes(trigger)),
  );
  const sources = others.filter(
    (other) =>
      comesIn(one) &&
      comesIn(other) &&
      inSellfire(one) === inSellfire(other) &&
      one.salesforceObject === other.salesforceObject &&
      inSalesforce(one) !== inSalesforce(other),
  );
  return [
    ...rivals.slice(0, 1).map((rival) => issue('FILLED_TWICE', rival.sellfireField, inSalesforce(one), 'same trigger')),
    ...sources.slice(0, 1).map((rival) => issue('FILLED_TWICE', inSalesforce(rival), one.sellfireField, 'as well')),
    ...(isInRing(one, others) ? [issue('MAPPINGS_RING', one.sellfireField, inSalesforce(one))] : []),
  ];
}

/** Whether the others carry a value of this mapping back to where it came from. */
function isInRing(one: JudgedMapping, others: readonly JudgedMapping[]): boolean {
  const isKept = ({ sellfireObject, triggers }: JudgedMapping): boolean =>
    sellfireObject === 'lead' && triggers.includes('createUpdate');
  if (!isKept(one)) return false;
  const ways = others
    .filter(isKept)
    .flatMap((other): [from: string, to: string][] => [
      ...(goesOut(other.rule) ? [[inSellfire(other), inSalesforce(other)] as [string, string]] : []),
      ...(comesIn(other) ? [[inSalesforce(other), inSellfire(other)] as [string, string]] : []),
    ]);
  const reaches = (from: string, to: string, seen: readonly string[] = []): boolean =>
    from === to ||
    ways.some(([start, end]) => start === from && !seen.includes(end) && reaches(end, to, [...seen, from, end]));
  return (
    (goesOut(one.rule) && reaches(inSalesforce(one), inSellfire(one))) ||
    (comesIn(one) && reaches(inSellfire(one), inSalesforce(one)))
  );
}
