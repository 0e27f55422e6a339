// Converts a Salesforce value to canonical form, by the type of its field and by the value that was sent where the
// field cannot store that value exactly. A rounded amount or a date of a date-time is an echo, not an edit.
import Big from 'big.js';
import type { SyncConfig } from '../../model/config.ts';
import type { Canonical, FieldState, Link } from '../../model/link.ts';
import { withSuffix } from '../../model/recordId.ts';
import type { SalesforceField, SalesforceFields, SalesforceValue } from '../../model/salesforce.ts';
import { canonical, numberOf, sameValue, toSalesforce } from '../values/canonical.ts';
import { recordCountry } from './country.ts';
import { dayIn, noonIn } from '../values/day.ts';
import { entriesOf, isPicklist, labelOf, optionOf } from '../values/optionMatch.ts';
import { textOfHtml } from '../values/richText.ts';
import { writtenAs } from './regionCodes.ts';
import { kindOf } from './typeTable.ts';
import type { MappedField } from './rules.ts';

type Pair = Pick<MappedField, 'sellfire' | 'salesforce'>;

/** The canonical form of the field's value alone. */
export function fromSalesforce({ sellfire, salesforce }: Pair, given: SalesforceValue, country: string): Canonical {
  const { type, options } = sellfire;
  const raw = plainValue(salesforce, given);
  if (typeof raw !== 'string') return canonical(type, raw, country);
  const entries = isPicklist(salesforce) ? entriesOf(salesforce) : [];
  if (type === 'multi_text' || type === 'multi_select') {
    const separator = salesforce.type === 'textarea' ? (type === 'multi_text' ? /\r?\n/ : /[;\n]/) : ';';
    const parts = plainText(salesforce, raw).split(separator);
    const read = (part: string): string =>
      type === 'multi_select' ? optionOf(part, options, entries) : labelOf(part, entries);
    return canonical(type, type === 'multi_select' ? [...new Set(parts.map(read))] : parts.map(read), country);
  }
  if (type === 'select') return canonical(type, optionOf(raw, options, entries), country);
  // People see labels, and so does a text.
  if (salesforce.type === 'multipicklist' && TEXTS.includes(type))
    return canonical(
      type,
      raw
        .split(';')
        .map((part) => labelOf(part, entries))
        .join(';'),
      country,
    );
  if (entries.length > 0 && TEXTS.includes(type)) return canonical(type, labelOf(raw, entries), country);
  // REST and events format date-times differently; the text form is normalized.
  if (salesforce.type === 'datetime' && type === 'date')
    return canonical(type, dayIn(raw, salesforce.timeZone), country);
  if (salesforce.type === 'date' && type === 'datetime')
    return canonical(type, noonIn(raw, salesforce.timeZone), country);
  if (salesforce.type === 'datetime') return canonical(type, canonical('datetime', raw, country), country);
  return canonical(type, plainText(salesforce, raw), country);
}

const TEXTS = ['text', 'long_text'];

/**
 * A number or a truth in one form, whichever API has carried it: the Bulk API writes 12 as `12.0` and 12345678 as `1.2345678E7`.
 * Source: Salesforce Knowledge 000221617.
 */
function plainValue({ type }: SalesforceField, raw: SalesforceValue): SalesforceValue {
  const kind = kindOf(type);
  if (raw === null || raw === '') return raw;
  if (kind === 'boolean') return String(raw);
  return kind === 'decimal' || kind === 'int' ? plainNumber(raw) : raw;
}

const plainNumber = (raw: Exclude<SalesforceValue, null>): SalesforceValue => numberOf(String(raw))?.toFixed() ?? raw;

const plainText = ({ htmlFormatted }: SalesforceField, raw: string): string => (htmlFormatted ? textOfHtml(raw) : raw);

/** Salesforce ignores the case of picklist values and Sellfire does not. Sellfire's spelling is used. */
const spelled =
  (options: readonly string[]) =>
  (value: string): string => {
    const text = value.trim();
    if (options.includes(text)) return text;
    return options.find((option) => option.toLowerCase() === text.toLowerCase()) ?? text;
  };

/**
 * The canonical value of the field, given the values that were sent to it.
 * @param state the register of the Sellfire field, with its earlier values
 */
export function readStored(
  field: Pair,
  raw: SalesforceValue,
  country: string,
  state: Pick<FieldState, 'register' | 'previousValues'> | undefined,
): Canonical {
  const value = fromSalesforce(field, raw, country);
  const { register, previousValues = [] } = state ?? {};
  const isStoredSo = (one: Canonical): boolean =>
    sameValue(one, value) || sameValue(asStored(field, one, country), value);
  // Also where an earlier value was what is stored: to write the present one changes nothing.
  if (register && isStoredSo(register.value)) return register.value;
  if (previousValues.some((one) => sameValue(one, value))) return value;
  return previousValues.find(isStoredSo) ?? value;
}

/**
 * The canonical value of a replica of the link. Every comparison with a known value uses this reader, so that the daily
 * comparison agrees with the merge of a change.
 * @param fields the other fields of the record that are known
 */
export function readReplica(
  config: Pick<SyncConfig, 'country'>,
  link: Pick<Link, 'fields' | 'countries'>,
  field: MappedField,
  raw: SalesforceValue,
  fields: SalesforceFields = {},
): Canonical {
  const country = recordCountry(config, field.mapping.salesforceObject, fields, link);
  return readStored(field, raw, country, link.fields[field.sellfire.name]);
}

/** The canonical form of the value after Salesforce stores it. */
export function asStored(field: Pair, value: Canonical, country: string): Canonical {
  return fromSalesforce(field, stored(field.salesforce, toSalesforce(field.salesforce, value), country), country);
}

/**
 * The stored form of a value: numbers rounded to the scale, picklist values in the spelling and order of the picklist,
 * e-mail addresses in lower case, ids with 18 characters.
 */
function stored(field: SalesforceField, sent: SalesforceValue, country: string): SalesforceValue {
  const { type, scale, picklistValues, codes } = field;
  if (sent === null || typeof sent === 'boolean') return sent;
  if (type === 'double' || type === 'currency' || type === 'percent') return rounded(sent, scale);
  const text = String(sent);
  if (codes) return writtenAs(codes, field.name, text, country);
  if (type === 'picklist' || type === 'combobox') return spelled(picklistValues)(text);
  if (type === 'multipicklist') {
    const place = (one: string): number => (picklistValues.indexOf(one) + 1 || picklistValues.length + 1) - 1;
    const chosen = [...new Set(text.split(';').map(spelled(picklistValues)))].filter((one) => one !== '');
    return chosen.sort((a, b) => place(a) - place(b)).join(';');
  }
  if (type === 'email') return text.toLowerCase();
  return type === 'reference' && /^[a-zA-Z0-9]{15}$/.test(text) ? withSuffix(text) : sent;
}

const rounded = (sent: string | number, scale: number): SalesforceValue =>
  numberOf(sent)?.round(scale, Big.roundHalfUp).toFixed() ?? sent;
