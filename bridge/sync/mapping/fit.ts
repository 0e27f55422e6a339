// Whether a Salesforce field is large enough for what Sellfire may hold (M8): length for texts, digits and decimals for numbers.
import type { SellfireField } from '../../model/field.ts';
import type { FieldMapping } from '../../model/mapping.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { isRequiredMapping } from './required.ts';
import { kindOf } from './typeTable.ts';

export interface Fit {
  issue?: string;
  warning?: string;
}

/** A number of E.164 with its plus sign (ITU-T E.164: at most 15 digits). */
const PHONE_LENGTH = 16;
/** `2026-11-24`, `2026-11-24T06:30:00Z`, `false`; a number with its sign, point and two decimals up to a trillion. */
const LENGTHS: Partial<Record<SellfireField['type'], number>> = {
  date: 10,
  datetime: 20,
  checkbox: 5,
  phone: PHONE_LENGTH,
  number: 17,
  currency: 17,
  percent: 17,
};
/** Amounts have cents. */
const CURRENCY_DECIMALS = 2;
/** The amounts of the businesses that reps call stay below a billion. */
const USUAL_DIGITS = 9;

/** Towards Salesforce. Both types are such that values pass. */
export function fit(mapping: FieldMapping, sellfire: SellfireField, salesforce: SalesforceField): Fit {
  const kind = kindOf(salesforce.type);
  if (kind === 'decimal' || kind === 'int') return numberFit(sellfire, salesforce);
  if (kind === undefined || ['boolean', 'date', 'datetime', 'time', 'reference', 'id'].includes(kind)) return {};
  return textFit(mapping, sellfire, salesforce);
}

function textFit(mapping: FieldMapping, sellfire: SellfireField, { label, length }: SalesforceField): Fit {
  const { type, options } = sellfire;
  if (type === 'select' || type === 'multi_select') {
    const chosen = type === 'multi_select' ? options.join(';') : longest(options);
    if (chosen.length <= length) return {};
    const what = type === 'multi_select' ? 'all options together have' : `the option "${cut(chosen)}" has`;
    return { issue: `${label} holds ${length} characters, and ${what} ${chosen.length}. Use a longer field.` };
  }
  if (type === 'rep') return {};
  const most = LENGTHS[type] ?? sellfire.max_length;
  if (most !== null && most <= length)
    return type === 'multi_text'
      ? { warning: `${label} holds ${length} characters: Salesforce refuses a list that is longer altogether.` }
      : {};
  const text = `${label} holds ${length} characters, and ${sellfire.label} of Sellfire ${most === null ? 'any number' : `up to ${most}`}: Salesforce refuses longer values.`;
  // What a demo or a sale cannot do without is mapped there whatever its length (M20, M21).
  return isRequiredMapping(mapping) ? { warning: text } : { issue: `${text} Use a longer field.` };
}

function numberFit(
  { label: name, type }: SellfireField,
  { label, precision, scale, type: kind }: SalesforceField,
): Fit {
  const isWhole = kind === 'int' || kind === 'long';
  if (!isWhole && type === 'currency' && scale < CURRENCY_DECIMALS)
    return {
      issue: `${label} keeps ${decimals(scale)}, and ${name} has ${CURRENCY_DECIMALS}: Salesforce rounds. Use a field with ${CURRENCY_DECIMALS} decimals.`,
    };
  const warnings: string[] = [];
  if (!isWhole && ['number', 'percent'].includes(type))
    warnings.push(`${label} keeps ${decimals(scale)}: Salesforce rounds the rest.`);
  // Describe gives whole numbers no precision: they go to two billion.
  const digits = isWhole ? USUAL_DIGITS : precision - scale;
  if (digits < USUAL_DIGITS) warnings.push(`${label} has ${digits} digits before the point: Salesforce refuses more.`);
  return warnings.length > 0 ? { warning: warnings.join(' ') } : {};
}

const decimals = (count: number): string => (count === 0 ? 'no decimals' : `${count} decimal${count === 1 ? '' : 's'}`);
const longest = (texts: readonly string[]): string => texts.reduce((a, b) => (b.length > a.length ? b : a), '');
const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
