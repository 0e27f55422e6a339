// The characters that HTML names: text that was pasted into rich text has them as names or as numbers.
// Source: HTML 4.01, "Character entity references in HTML 4", which every editor writes.

/** U+00A0 to U+00FF, in their order. */
const LATIN_1 = (
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'
).split(' ');
const FIRST_OF_LATIN_1 = 0xa0;

const OTHERS: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '' },
  ...{ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', lsaquo: '‹', rsaquo: '›' },
  ...{ ndash: '–', mdash: '—', hellip: '…', bull: '•', prime: '′', Prime: '″', frasl: '⁄', trade: '™', euro: '€' },
  ...{ dagger: '†', Dagger: '‡', permil: '‰', circ: 'ˆ', tilde: '˜', fnof: 'ƒ', minus: '−', infin: '∞', asymp: '≈' },
  ...{ ne: '≠', le: '≤', ge: '≥', larr: '←', uarr: '↑', rarr: '→', darr: '↓', harr: '↔' },
  ...{ OElig: 'Œ', oelig: 'œ', Scaron: 'Š', scaron: 'š', Yuml: 'Ÿ' },
  ...{ ensp: ' ', emsp: ' ', thinsp: ' ', zwnj: '', zwj: '\u200D', lrm: '', rlm: '' },
};

const NAMED = new Map([
  ...LATIN_1.map((name, index) => [name, String.fromCodePoint(FIRST_OF_LATIN_1 + index)] as const),
  ...Object.entries(OTHERS),
]);

export const ENTITY = /&(#x?[\da-f]+|[a-z][a-z\d]*);/gi;
const HIGHEST = 0x10ffff;

/** @param name what stands between `&` and `;`. @returns undefined where it is no character */
export function characterOf(name: string): string | undefined {
  // Names differ in their case; people write those of ASCII in either.
  if (!name.startsWith('#'))
    return NAMED.get(name) ?? (/^(?:amp|lt|gt|quot|nbsp)$/i.test(name) ? NAMED.get(name.toLowerCase()) : undefined);
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (!Number.isInteger(code) || code <= 0 || code > HIGHEST) return undefined;
  // Half of a pair alone is no character.
  return code >= 0xd800 && code <= 0xdfff ? '\uFFFD' : String.fromCodePoint(code);
}
