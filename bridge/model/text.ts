// Text at the edges of the bridge: what comes in is well-formed, and what is cut is cut between two characters.

/** Half of a surrogate pair alone, as JSON may escape it. Text that has none needs no second look. */
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * Parses JSON of a peer. A text that was cut in the middle of a character has U+FFFD there, which every store and API takes.
 * @throws SyntaxError
 */
export function parseJsonWellFormed(text: string): unknown {
  if (!ESCAPED_SURROGATE.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value === 'string') return value.toWellFormed();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), member as unknown]));
  });
}

/** The first `length` UTF-16 units of a text, without half of a character at the end. */
export function cut(text: string, length: number): string {
  const part = text.slice(0, length);
  return part.isWellFormed() || !text.isWellFormed() ? part.toWellFormed() : part.slice(0, -1);
}

/** The text on one line: a line break of a value begins no header, no paragraph and no line of a log. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
