// Builds SOQL safely from escaped parts. SOQL has no bind parameters over REST, so every value goes through a function of this
// file. Source: "Quoted String Escape Sequences", SOQL and SOSL Reference.

import { phonePatterns } from '../../model/phone.ts';

/** The API name of an object or field, optionally through a relationship (`Account.Name`). @throws TypeError on anything else */
export function identifier(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is not an API name.`);
  return name;
}

/** A quoted string. */
export function text(value: string): string {
  return `'${escape(value)}'`;
}

/** The parenthesised list after IN: each value once, quoted. SOQL refuses an empty one. */
export function inList(values: Iterable<string>): string {
  return `(${[...new Set(values)].map(text).join(', ')})`;
}

/**
 * A condition that every text fulfils that may be the phone number (see `mayHold`).
 * @param phone E.164
 * @throws TypeError where it is no number
 */
export function holdsPhone(field: string, phone: string): string {
  const conditions = phonePatterns(phone).map(({ characters, isEnd }) => {
    if (!/^[\p{Nd}a-z]+$/u.test(characters)) throw new TypeError(`${JSON.stringify(phone)} is no phone number.`);
    return `${identifier(field)} LIKE '%${[...characters].join('%')}${isEnd ? '' : '%'}'`;
  });
  return `(${conditions.join(' OR ')})`;
}

/**
 * A condition that every name fulfils that is the same name to the core (see `foldedName`), but for one in characters of another
 * width: SOQL ignores case, and compares code points.
 */
export function hasName(field: string, name: string): string {
  const trimmed = name.trim();
  const forms = new Set([trimmed, ...(['NFC', 'NFD', 'NFKC'] as const).map((form) => trimmed.normalize(form))]);
  return [...forms].map((form) => isNamed(identifier(field), form)).join(' OR ');
}

function isNamed(field: string, form: string): string {
  const words = form.split(/\s+/u);
  if (words.length === 1) return `${field} = ${text(form)}`;
  // Any blanks, and as many as there are: `_` and `%` of the name itself are no wildcards.
  const escaped = words.map((word) => escape(word).replace(/[%_]/g, String.raw`\$&`));
  return `${field} LIKE '${escaped.join('%')}'`;
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
