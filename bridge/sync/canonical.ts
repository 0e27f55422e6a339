// Values in canonical form and back, so that two formats of one value never look like a change (design §3).
// Text is trimmed with \n line ends, phones are E.164, numbers are decimals without trailing zeros, moments are UTC to the
// second (Salesforce keeps no finer one), multi-selects are sorted, and every kind of emptiness is null.
import Big from 'big.js';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import type { SellfireFieldType, SellfireValue } from '../model/field.ts';
import type { Canonical } from '../model/link.ts';
import type { SalesforceField, SalesforceValue } from '../model/salesforce.ts';

/** The number as E.164, or null when it cannot be one. `country` is used where the text names none. */
export function e164(text: string, country: string): string | null {
  const phone = parsePhoneNumberFromString(text, country as CountryCode);
  return phone?.isPossible() ? phone.number : null;
}

const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

function decimal(raw: string | number): string {
  try {
    return new Big(raw).toFixed();
  } catch {
    return String(raw).trim();
  }
}

function instant(raw: string): string {
  const moment = DateTime.fromISO(raw, { zone: 'utc' });
  return moment.isValid ? moment.startOf('second').toISO({ suppressMilliseconds: true }) : raw.trim();
}

/** List values stand in Salesforce as `a;b` (multi-select picklist) or one a line (text area). */
function list(raw: SellfireValue): string[] {
  const parts = Array.isArray(raw) ? raw : String(raw).split(/[;\n]/);
  return parts.map(tidy).filter((part) => part !== '');
}

/** The canonical form of a value of either side, by the type of the Sellfire field that it belongs to. */
export function canonical(type: SellfireFieldType, raw: SellfireValue | SalesforceValue, country: string): Canonical {
  if (type === 'checkbox') return raw === true || raw === 'true';
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
      return text.slice(0, 10);
    case 'datetime':
      return instant(text);
    case 'phone':
      return e164(text, country) ?? text;
    default:
      return text;
  }
}

export function sameValue(a: Canonical | undefined, b: Canonical | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part, index) => part === b[index]);
  return a === b;
}

/** The value as Sellfire's API takes it. */
export function toSellfire(type: SellfireFieldType, value: Canonical): SellfireValue {
  if (type === 'checkbox') return value === true;
  if (typeof value === 'string' && ['number', 'currency', 'percent'].includes(type)) {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  return value;
}

/** The value as Salesforce's REST API takes it for this field. What does not fit is left to Salesforce to refuse. */
export function toSalesforce(field: Pick<SalesforceField, 'type'>, value: Canonical): SalesforceValue {
  if (field.type === 'boolean') return value === true || value === 'true';
  if (value === null) return null;
  if (Array.isArray(value)) return value.join(field.type === 'multipicklist' ? ';' : '\n');
  if (typeof value === 'boolean') return String(value);
  switch (field.type) {
    case 'double':
    case 'int':
    case 'currency':
    case 'percent': {
      const number = Number(value);
      return Number.isFinite(number) ? number : value;
    }
    case 'date':
      return value.slice(0, 10);
    case 'datetime':
      return value.length === 10 ? `${value}T00:00:00Z` : value;
    default:
      return value;
  }
}
