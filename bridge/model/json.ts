// JSON of a peer: what comes in is well-formed text, whatever was cut on its way.

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
