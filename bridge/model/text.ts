// Texts for a field or a sentence: cut between two characters, and on one line; and which spellings are one name.

/**
 * The longest beginning of whole characters that has at most so many UTF-16 code units, which is what Salesforce counts, without
 * blanks at its end.
 */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const { segment } of characters.segment(text.slice(0, length + LONGEST))) {
    if (end + segment.length > length) break;
    end += segment.length;
  }
  return text.slice(0, end).trimEnd() || wholePoints(text, length);
}

/** What a person takes for one character may have several code points: a letter with its accents, a family of emoji. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Beyond the cut, so that the last character is seen whole. */
const LONGEST = 64;

/** Where even the first character is longer than all that fits. */
function wholePoints(text: string, length: number): string {
  const cut = text.slice(0, length);
  // The first half of a pair alone is no character.
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The value where it is a text, otherwise null. */
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The value as a text without blanks around it; blank where there is none. @param value of a field */
export const trimmedText = (value: unknown): string => String(value ?? '').trim();

/** The beginning of a text, as a sentence quotes it. */
export const quoted = (text: string): string => (text.length > QUOTED ? `${cutText(text, QUOTED - 1)}…` : text);
const QUOTED = 80;

/** The text on one line: a line break of a value begins no header, no paragraph and no line of a log. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/**
 * Names that differ in case, in blanks, in the width of their characters or in how an accent is encoded are one name: an é may be
 * one code point or two (Unicode Standard Annex 15).
 */
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
