// Values of fields that are no texts, as people compare them (M5, M8): on which day, at which second, how much, which options.
import type { Evidence, Mapping, OrgField } from './evidence.ts';
import { dayOf, isSame } from './journal.ts';

/** Whether a value of the lead and one of the record are the same, as far as the field of the record can hold it. */
export function agree(evidence: Evidence, mapping: Mapping, mine: unknown, theirs: unknown): boolean {
  const field = fieldOf(evidence, mapping);
  const type = evidence.sellfireTypes[mapping.sellfireField];
  if (!field) return isSame(mine, theirs);
  if (type === 'checkbox') return isTrue(mine) === isTrue(theirs);
  if (isBlank(mine) || isBlank(theirs)) return isBlank(mine) && isBlank(theirs);
  switch (field.type) {
    case 'int':
    case 'double':
    case 'currency':
      return rounded(mine, field.scale) === Number(theirs);
    case 'date':
      return dayIn(evidence, mine) === String(theirs);
    case 'datetime':
      return type === 'date' ? String(mine) === dayIn(evidence, theirs) : second(mine) === second(theirs);
    case 'picklist':
      return labelOf(field, theirs) === fold(mine);
    case 'multipicklist':
      return same(
        wordsOf(mine, ';'),
        String(theirs)
          .split(';')
          .map((one) => labelOf(field, one)),
      );
    case 'textarea':
      return type === 'multi_text' ? same(wordsOf(mine, '\n'), wordsOf(theirs, '\n')) : lines(mine) === lines(theirs);
    default:
      return isSame(mine, theirs);
  }
}

/** Whether two values that a lead may hold are the same. */
export function isSameInSellfire({ sellfireTypes }: Evidence, name: string, one: unknown, other: unknown): boolean {
  const type = sellfireTypes[name];
  if (type === undefined) return isSame(one, other);
  if (type === 'checkbox') return isTrue(one) === isTrue(other);
  if (isBlank(one) || isBlank(other)) return isBlank(one) && isBlank(other);
  switch (type) {
    case 'number':
    case 'currency':
      return Number(one) === Number(other);
    case 'datetime':
      return second(one) === second(other);
    case 'multi_select':
    case 'multi_text':
      return same(wordsOf(one, '\n'), wordsOf(other, '\n'));
    case 'long_text':
      return lines(one) === lines(other);
    default:
      return isSame(one, other);
  }
}

/** Whether two values that a record may hold are the same. */
export function isSameInOrg(evidence: Evidence, mapping: Mapping, one: unknown, other: unknown): boolean {
  const type = fieldOf(evidence, mapping)?.type;
  if (type === 'textarea') return lines(one) === lines(other);
  if (type === 'datetime' && !isBlank(one) && !isBlank(other)) return second(one) === second(other);
  return isSame(one, other);
}

const fieldOf = ({ orgFields }: Evidence, { salesforceObject, salesforceField }: Mapping): OrgField | undefined =>
  orgFields[`${salesforceObject}.${salesforceField}`];

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) ? value.length === 0 : String(value).trim() === '');

const isTrue = (value: unknown): boolean => value === true || value === 'true';

const fold = (value: unknown): string => String(value).trim().toLowerCase();

const lines = (value: unknown): string =>
  String(value ?? '')
    .replaceAll('\r\n', '\n')
    .trim();

/** Half away from zero, by the decimal that was written. */
function rounded(value: unknown, scale: number): number {
  const number = Number(value);
  return (Math.sign(number) * Math.round(Number(`${Math.abs(number)}e${scale}`))) / 10 ** scale;
}

const second = (value: unknown): number => Math.floor(Date.parse(String(value)) / 1_000);

/** The day of a moment where the org is; a day is its own. */
const dayIn = ({ timeZone }: Evidence, value: unknown): string => {
  const text = String(value);
  return text.length === '2026-11-24'.length ? text : dayOf(text, timeZone);
};

const labelOf = ({ values }: OrgField, value: unknown): string =>
  fold(values.find((one) => fold(one.value) === fold(value))?.label ?? value);

const wordsOf = (value: unknown, separator: string): string[] =>
  (Array.isArray(value) ? value.map(String) : String(value).split(separator)).map(fold).filter(Boolean);

const same = (some: readonly string[], others: readonly string[]): boolean =>
  some.toSorted().join('\n') === others.toSorted().join('\n');
