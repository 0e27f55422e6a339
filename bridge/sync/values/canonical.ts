// Converts values to their canonical form and back, so that two formats of one value never look like a change (I17).
// Text is trimmed and has \n line ends, phones are E.164, numbers are decimals without trailing zeros, date-times are
// UTC with the precision of Salesforce, a second, multi-selects are sorted, and every blank is null.
import Big from 'big.js';
import { DateTime } from 'luxon';
import type { SellfireFieldType, SellfireValue } from '../../model/field.ts';
import type { Canonical } from '../../model/link.ts';
import { dayIn, noonIn } from './day.ts';
import { valueOf } from './optionMatch.ts';
import { htmlOf } from './richText.ts';
import { readPhone } from '../../model/phone.ts';
import { quoted } from '../../model/text.ts';
import type { SalesforceField, SalesforceValue } from '../../model/salesforce.ts';

const NUMBERS = ['number', 'currency', 'percent'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/**
 * A date-time for a date. Noon in UTC falls on that date from Hawaii to New Zealand's winter; midnight in UTC does not
 * in America.
 */
const NOON = 'T12:00:00Z';

const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** No number of either system has more digits before or after its point; the text of a larger one would fill the memory. */
const MOST_DIGITS = 400;

/** The number of a text; undefined where it is none that either system could hold. */
export function numberOf(raw: string | number): Big | undefined {
  try {
    const number = new Big(raw);
    return Math.abs(number.e) > MOST_DIGITS ? undefined : number;
  } catch {
    return undefined;
  }
}

/** A text that is no number is kept, so that the other side refuses it. */
const decimal = (raw: string | number): string => numberOf(raw)?.toFixed() ?? String(raw).trim();

/** A text that is no date-time is kept, so that the other side refuses it. */
function instant(raw: string): string {
  const moment = DateTime.fromISO(DAY.test(raw) ? raw + NOON : raw, { zone: 'utc' });
  return moment.isValid ? moment.startOf('second').toISO({ suppressMilliseconds: true }) : raw;
}

/** The date in UTC. A text that is no date is kept, so that the other side refuses it. */
function day(raw: string): string {
  const moment = DateTime.fromISO(raw, { zone: 'utc' });
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(raw) && moment.isValid ? moment.toISODate() : raw;
}

const TIME = /^((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?Z?$/;

/** A time of day as Salesforce shows it, `10:30:00.000Z`. A text that is none is kept, so that it is refused. */
function timeOfDay(raw: string): string {
  const [, minute, second = '00', parts = ''] = TIME.exec(raw) ?? [];
  return minute === undefined ? raw : `${minute}:${second}.${parts.padEnd(3, '0')}Z`;
}

/** Parses "true" and "false" in any case. */
const truth = (text: string): boolean | undefined => ({ true: true, false: false })[text.toLowerCase()];

/** Salesforce stores a list as `a;b` (multi-select picklist) or with one value a line (text area). */
function list(raw: SellfireValue): string[] {
  const parts = Array.isArray(raw) ? raw : String(raw).split(/[;\n]/);
  return parts.map(tidy).filter((part) => part !== '');
}

/** The canonical form of a value of either side, by the type of its Sellfire field. */
export function canonical(type: SellfireFieldType, raw: SellfireValue | SalesforceValue, country: string): Canonical {
  if (type === 'checkbox') {
    if (raw === null || typeof raw === 'boolean') return raw === true;
    const text = tidy(String(raw));
    return text === '' ? false : (truth(text) ?? text);
  }
  if (raw === null || raw === '') return null;
  if (type === 'multi_select' || type === 'multi_text') {
    const parts = list(raw);
    if (type === 'multi_select') parts.sort();
    return parts.length > 0 ? parts : null;
  }
  if (Array.isArray(raw)) return canonical(type, raw.join('; '), country);
  const text = tidy(String(raw));
  if (text === '') return null;
  switch (type) {
    case 'number':
    case 'currency':
    case 'percent':
      return decimal(text);
    case 'date':
      return day(text);
    case 'datetime':
      return instant(text);
    case 'phone':
      return readPhone(text, country) ?? text;
    default:
      return text;
  }
}

export function sameValue(a: Canonical | undefined, b: Canonical | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part, index) => part === b[index]);
  return a === b;
}

/** A number that JSON cannot hold exactly stays text, so that the other side accepts or refuses it as it is. */
function exact(value: string): number | string {
  const number = Number(value);
  return Number.isFinite(number) && value === decimal(number) ? number : value;
}

/** The value for Sellfire's API. Sellfire refuses a value that does not fit and names the field. */
export function toSellfire(type: SellfireFieldType, value: Canonical): SellfireValue {
  if (type === 'checkbox') return value ?? false;
  return typeof value === 'string' && NUMBERS.includes(type) ? exact(value) : value;
}

/** The value for this field in Salesforce's REST API, where it fits (see `whyUnfit`). */
export function toSalesforce(
  field: Pick<SalesforceField, 'type'> & Partial<SalesforceField>,
  value: Canonical,
): SalesforceValue {
  if (field.type === 'boolean') {
    if (value === null || typeof value === 'boolean') return value === true;
    return truth(String(value)) ?? String(value);
  }
  if (value === null) return null;
  if (Array.isArray(value)) {
    const parts = field.type === 'multipicklist' ? value.map((part) => chosen(field, part)) : value;
    return formatted(field, parts.join(field.type === 'textarea' ? '\n' : ';'));
  }
  if (typeof value === 'boolean') return String(value);
  switch (field.type) {
    case 'double':
    case 'int':
    case 'long':
    case 'currency':
    case 'percent':
      return exact(decimal(value));
    case 'date':
      return day(dayIn(value, field.timeZone));
    case 'datetime':
      return instant(noonIn(value, field.timeZone));
    case 'time':
      return timeOfDay(value);
    case 'multipicklist':
      return value
        .split(';')
        .map((part) => chosen(field, part))
        .join(';');
    case 'picklist':
    case 'combobox':
      return chosen(field, value);
    default:
      return formatted(field, value);
  }
}

const chosen = ({ picklist = [], picklistValues = [] }: Partial<SalesforceField>, text: string): string =>
  picklist.length > 0 ? valueOf(text, { picklist, picklistValues }) : text;

const formatted = ({ htmlFormatted }: Partial<SalesforceField>, text: string): string =>
  htmlFormatted ? htmlOf(text) : text;

const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
/** A number that a double cannot hold is none to Salesforce. */
const isDecimal = (text: string): boolean =>
  DECIMAL.test(text) && numberOf(text) !== undefined && Number.isFinite(Number(text));
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Why Salesforce cannot parse the value in this field. It would refuse the whole record without naming the field.
 * @returns undefined where the value can be sent
 */
export function whyUnfit(
  field: Pick<SalesforceField, 'type' | 'label'> & Partial<SalesforceField>,
  value: Canonical,
): string | undefined {
  const sent = toSalesforce(field, value);
  if (sent === null || typeof sent === 'boolean') return undefined;
  const text = String(sent);
  const no = (what: string): string => `"${quoted(text)}" is ${what}, which ${field.label} needs.`;
  switch (field.type) {
    case 'boolean':
      return no('neither true nor false');
    case 'double':
    case 'currency':
    case 'percent':
      return isDecimal(text) ? undefined : no('no number');
    case 'int':
    case 'long':
      return /^-?\d+$/.test(text) ? undefined : no('no whole number');
    case 'date':
      return DAY.test(text) && day(text) === text && DateTime.fromISO(text).isValid
        ? undefined
        : no('no date like 2026-11-24');
    case 'datetime':
      return MOMENT.test(text) && DateTime.fromISO(text).isValid
        ? undefined
        : no('no date-time like 2026-11-24T06:30:00Z');
    case 'time':
      return TIME.test(text) ? undefined : no('no time like 10:30:00.000Z');
    case 'reference':
      return /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text) ? undefined : no('no id of a record');
    default:
      return undefined;
  }
}
