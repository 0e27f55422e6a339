// Checks whether a Salesforce field is large enough for the values of a Sellfire field (M8): length for texts, digits
// and decimals for numbers.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SellfireField } from '../../model/field.ts';
import type { FieldMapping } from '../../model/mapping.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { cutText } from '../../model/text.ts';
import { isRequiredMapping } from './required.ts';
import { kindOf } from './typeTable.ts';

export interface Fit {
  issue?: Explanation;
  warning?: Explanation;
  /** A number may have two findings. */
  digits?: Explanation;
}

/** The length of an E.164 number with its plus sign (ITU-T E.164: at most 15 digits). */
const PHONE_LENGTH = 16;
/** `2026-11-24`, `2026-11-24T06:30:00Z`, `false`; a number up to a trillion with sign, point and two decimals. */
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
/** Amounts of the businesses that reps call stay below a billion. */
const USUAL_DIGITS = 9;

/** Checks the direction towards Salesforce, for types between which values pass. */
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
    const sizes = { field: label, length, needed: chosen.length };
    return {
      issue:
        type === 'multi_select'
          ? explain('FIELD_TOO_SHORT.options', sizes)
          : explain('FIELD_TOO_SHORT.option', { ...sizes, option: cut(chosen) }),
    };
  }
  if (type === 'rep') return {};
  const most = LENGTHS[type] ?? sellfire.max_length;
  if (most !== null && most <= length)
    return type === 'multi_text' ? { warning: explain('FIELD_TOO_SHORT.list', { field: label, length }) } : {};
  const names = { field: label, length, sellfire: sellfire.label };
  const why =
    most === null ? explain('FIELD_TOO_SHORT.anyLength', names) : explain('FIELD_TOO_SHORT.text', { ...names, most });
  // A mapping that a demo or a sale requires is valid whatever the length (M20, M21).
  return isRequiredMapping(mapping) ? { warning: { ...why, action: '' } } : { issue: why };
}

function numberFit(
  { label: name, type }: SellfireField,
  { label, precision, scale, type: kind }: SalesforceField,
): Fit {
  const isWhole = kind === 'int' || kind === 'long';
  if (!isWhole && type === 'currency' && scale < CURRENCY_DECIMALS)
    return {
      issue: explain('DECIMALS_LOST.amount', {
        field: label,
        kept: decimals(scale),
        sellfire: name,
        wanted: CURRENCY_DECIMALS,
      }),
    };
  const found: Fit = {};
  if (!isWhole && ['number', 'percent'].includes(type))
    found.warning = explain('DECIMALS_LOST.number', { field: label, kept: decimals(scale) });
  // Describe returns no precision for whole numbers; they reach two billion.
  const digits = isWhole ? USUAL_DIGITS : precision - scale;
  if (digits < USUAL_DIGITS) found.digits = explain('DIGITS_FEW', { field: label, digits });
  return found;
}

const decimals = (count: number): string => (count === 0 ? 'no decimals' : `${count} decimal${count === 1 ? '' : 's'}`);
const longest = (texts: readonly string[]): string => texts.reduce((a, b) => (b.length > a.length ? b : a), '');
const cut = (text: string): string => (text.length > 40 ? `${cutText(text, 39)}…` : text);
