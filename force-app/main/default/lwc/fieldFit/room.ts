// Whether a Salesforce field is large enough for what Sellfire may hold (M8): length for texts, digits and decimals for
// numbers. The figures are the bridge's.
import { finding, type Finding } from './finding';
import type { SalesforceField, SellfireField } from './mapping';
import { kindOf } from './typeTable';

export interface Room {
  issue?: Finding;
  warnings: Finding[];
}

/** Characters that values of these types take at most. */
const LENGTHS: Readonly<Record<string, number>> = {
  date: 10,
  datetime: 20,
  checkbox: 5,
  phone: 16,
  number: 17,
  currency: 17,
  percent: 17,
};
/** Kinds that have neither a length nor digits. */
const WHOLE = ['boolean', 'date', 'datetime', 'time', 'reference', 'id'];
const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
/** Amounts have cents. */
const CURRENCY_DECIMALS = 2;
/** The amounts of the businesses that reps call stay below a billion. */
const USUAL_DIGITS = 9;

/**
 * Towards Salesforce. Both types are such that values pass.
 * @param isRequired a demo or a sale cannot do without the mapping, whatever its length
 */
export function room(sellfire: SellfireField, salesforce: SalesforceField, isRequired: boolean): Room {
  const kind = kindOf(salesforce.type);
  if (kind === 'decimal' || kind === 'int') return numberRoom(sellfire, salesforce);
  if (kind === undefined || WHOLE.includes(kind)) return { warnings: [] };
  return textRoom(sellfire, salesforce, isRequired);
}

function textRoom(sellfire: SellfireField, { label, length }: SalesforceField, isRequired: boolean): Room {
  const { type, options } = sellfire;
  if (type === 'select') {
    const longest = options.reduce((one, other) => (other.length > one.length ? other : one), '');
    if (longest.length <= length) return { warnings: [] };
    return { issue: finding('OptionTooLong', label, length, cut(longest), longest.length), warnings: [] };
  }
  if (type === 'multi_select') {
    const all = options.join(';').length;
    return all <= length ? { warnings: [] } : { issue: finding('OptionsTooLong', label, length, all), warnings: [] };
  }
  // A rep's id is short, and the catalogue of an older bridge says no lengths.
  if (type === 'rep') return { warnings: [] };
  const most = LENGTHS[type] ?? sellfire.maxLength;
  if (most === undefined) return { warnings: [] };
  if (most !== null && most <= length)
    return { warnings: type === 'multi_text' ? [finding('ListTooLong', label, length)] : [] };
  const found =
    most === null
      ? finding('AnyLength', label, length, sellfire.label)
      : finding('TextTooLong', label, length, sellfire.label, most);
  return isRequired ? { warnings: [found] } : { issue: found, warnings: [] };
}

function numberRoom(sellfire: SellfireField, { label, precision, scale, type }: SalesforceField): Room {
  const isWhole = type === 'int' || type === 'long';
  if (!isWhole && sellfire.type === 'currency' && scale < CURRENCY_DECIMALS)
    return { issue: finding('CentsLost', label, scale, sellfire.label, CURRENCY_DECIMALS), warnings: [] };
  const warnings: Finding[] = [];
  if (!isWhole && ['number', 'percent'].includes(sellfire.type)) warnings.push(finding('Rounds', label, scale));
  const digits = isWhole ? USUAL_DIGITS : precision - scale;
  if (digits < USUAL_DIGITS) warnings.push(finding('FewDigits', label, digits));
  return { warnings };
}
