// Values of a GraphQL filter as literals of SOQL.
import { PlatformError } from '../model.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

function escape(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are written by their code
  return text.replace(/[\\'\u0000-\u001f]/g, (one) => {
    const code = one.charCodeAt(0).toString(16).padStart(4, '0');
    return ESCAPES[one] ?? `\\u${code}`;
  });
}

export function quoted(text: string): string {
  return `'${escape(text)}'`;
}

/** A pattern: `%` and `_` keep their meaning, also escaped by a backslash. */
export function quotedPattern(text: string): string {
  const parts = text.split(/(\\[%_])/);
  return `'${parts.map((part, index) => (index % 2 === 1 ? part : escape(part))).join('')}'`;
}

/** `LAST_N_DAYS:7` from `{ last_n_days: 7 }`. @throws PlatformError */
export function dateRange(range: Readonly<Record<string, number | null | undefined>>): string {
  const given = Object.entries(range).filter(([, count]) => typeof count === 'number');
  const [only] = given;
  if (given.length !== 1 || !only) throw new PlatformError('INVALID_INPUT', 'A date range names one span of time');
  return `${only[0].toUpperCase()}:${only[1]}`;
}
