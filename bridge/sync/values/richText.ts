// Rich text of Salesforce is HTML, and Sellfire's is plain: each side gets its own form of the words (M8).
// Source: Object Reference, "Field Types" (htmlFormatted).

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
/** Elements that begin a line of their own. */
const LINE = /<\/?(?:p|div|li|ul|ol|tr|h[1-6]|blockquote|pre)\b[^>]*>|<br\s*\/?>/gi;
const HIGHEST = 0x10ffff;

export function htmlOf(text: string): string {
  return text.replace(/[&<>]/g, (one) => ESCAPES[one] ?? one).replace(/\r\n?|\n/g, '<br>');
}

/** The words of HTML, a line for each of its blocks. */
export function textOfHtml(html: string): string {
  return html
    .replace(/\s*[\r\n]\s*/g, ' ')
    .replace(/<(script|style)\b.*?<\/\1\s*>/gi, '')
    .replace(/(<\/(?:p|div|li)>)\s*(?=<(?:p|div|li)\b)/gi, '')
    .replace(LINE, '\n')
    .replace(/<\/?[a-z][^>]*>|<!--.*?-->/gi, '')
    .replace(/&(#x?[\da-f]+|[a-z]+);/gi, (all, name: string) => entity(name) ?? all)
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .trim();
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code > 0 && code <= HIGHEST ? String.fromCodePoint(code) : undefined;
}
