// Rich text of Salesforce is HTML, and Sellfire's is plain: each side gets its own form of the words (M8).
// Source: Object Reference, "Field Types" (htmlFormatted).
import { characterOf, ENTITY } from './htmlEntities.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/**
 * The rest of a tag: its attributes, in whose values an angle bracket may stand. Every length is bounded, so that a text of opened
 * tags which never end costs no more than its length.
 */
const REST = `(?:(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^"'<>])*|[^<>]*)>`;
const TAG = new RegExp(`</?[a-z]${REST}|<!--.{0,4000}?-->`, 'gi');
const CODE = /<(script|style)\b.{0,4000}?<\/\1\s*>/gi;
/** The end of a cell of a table: its words are not those of the next one. */
const CELL = /<\/t[dh]\s*>\s*(?=<t[dh]\b)/gi;
/** Elements that begin a line of their own. */
const LINE = new RegExp(`</?(?:p|div|li|ul|ol|tr|h[1-6]|blockquote|pre|br)\\b${REST}`, 'gi');

export function htmlOf(text: string): string {
  return text.replace(/[&<>]/g, (one) => ESCAPES[one] ?? one).replace(/\r\n?|\n/g, '<br>');
}

/** The words of HTML, a line for each of its blocks. */
export function textOfHtml(html: string): string {
  return html
    .replace(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? ' ' : blank))
    .replace(CODE, '')
    .replace(/(<\/(?:p|div|li)>)\s*(?=<(?:p|div|li)\b)/gi, '')
    .replace(CELL, ' ')
    .replace(LINE, '\n')
    .replace(TAG, '')
    .replace(ENTITY, (all, name: string) => characterOf(name) ?? all)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
