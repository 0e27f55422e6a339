// Builds SOQL safely from escaped parts. SOQL has no bind parameters over REST, so every value goes through a function of this
// file. Source: "Quoted String Escape Sequences", SOQL and SOSL Reference.

import { phoneDigits } from '../../model/phone.ts';

/** The API name of an object or field, optionally through a relationship (`Account.Name`). @throws TypeError on anything else */
export function identifier(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is not an API name.`);
  return name;
}

/** A quoted string. */
export function text(value: string): string {
  return `'${escape(value)}'`;
}

/** A LIKE pattern that matches every text that may be the phone number (see `mayHold`). @param phone E.164 @throws TypeError */
export function phonePattern(phone: string): string {
  const digits = phoneDigits(phone);
  if (!/^\d+$/.test(digits)) throw new TypeError(`${JSON.stringify(phone)} is no phone number.`);
  return `'%${[...digits].join('%')}%'`;
}

/** A date-time literal, in UTC and without quotes. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString();
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

const escape = (value: string): string => value.replace(/[\\'"\n\r\t\b\f]/g, (found) => ESCAPES[found] ?? found);
