// Divides a text into a phone number and what people write around it: a label, an extension, a remark, a second number,
// letters on keys. Where it is not clear which digits are the number's, it is none: never another one.

/** What stands behind the number. */
export type After =
  | { kind: 'nothing' | 'unclear' }
  /** A remark without digits, or in brackets. `isAttached`: it touches the last digit. */
  | { kind: 'remark'; isAttached: boolean }
  /** A second number. */
  | { kind: 'another'; text: string }
  /** `isVanity`: they may be letters on keys. `isWord`: they may be words. */
  | { kind: 'letters'; text: string; isVanity: boolean; isWord: boolean };

export interface PhoneParts {
  /** Digits, with a leading `+` where there was one. */
  number: string;
  after: After;
  /** Where a slash or a new line divides it: the digits before, and the text behind. It may be two numbers. */
  breaks?: (readonly [before: string, behind: string])[];
}

/** Invisible characters that are copied along with a number, such as marks of direction. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** A label, which ends before a digit; and digits with what may stand between them. */
const PARTS = /^(?<label>[^\d+]*?)(?<number>(?:[([]\s*)*(?:\+[([\s]*)?\d[\d\s()[\]./~_·•-]*)(?<rest>.*)$/su;

/** An extension by its words, or behind a pause; at the end of the text or before a remark in brackets. */
const EXTENSION =
  /^[\s,;.([-]*(?:extension|extn|ext|ex|e|xtn|xt|x|х|#|~|\*|interno|intern|int|anexo|ramal|poste|posten|durchwahl|dw|nebenstelle|nst|apparat|app|wewn|wew|добавочный|доб|klapka|linka|tlj|toestel|tst|option|opt|press|dial|pin|[,;]+)[\s.:#=-]*\d{1,7}[\s)\].#]*(?:[(,;][^\d]*)?$/iu;

/** Words that join two numbers, and signs. */
const JOINED = /^[\s)]*(?:or|and|oder|und|ou|et|o|y|e|&|\||;|,|\/)?\s*(?=[+(\d])/iu;

/** @returns undefined where the text has no number */
export function partsOf(given: string): PhoneParts | undefined {
  const text = withoutScheme(
    given
      .replace(INVISIBLE, '')
      .replace(/\p{Pd}|\u2212/gu, '-')
      .trim(),
  );
  const found = text === undefined ? undefined : PARTS.exec(text)?.groups;
  if (!found) return undefined;
  const { label = '', number = '', rest = '' } = found;
  if (/\p{L}$/u.test(label) && !number.startsWith('+')) return undefined;
  const end = number.search(/\d\D*$/) + 1;
  const own = number.slice(0, end);
  const breaks = [...own.matchAll(/[/\n]/g)].map(({ index }) => [own.slice(0, index), own.slice(index + 1)] as const);
  return {
    number: digitsOf(own),
    after: afterOf(number.slice(end) + rest),
    ...(breaks.length > 0 ? { breaks: breaks.map(([first, second]) => [digitsOf(first), second] as const) } : {}),
  };
}

const digitsOf = (text: string): string => (text.includes('+') ? '+' : '') + text.replace(/\D/g, '');

/**
 * The number of a telephone URI (RFC 3966) without its parameters; any other text as it is.
 * @returns undefined of a local number, whose digits are in its context
 */
function withoutScheme(text: string): string | undefined {
  const uri = /^(?:tel|callto):(?:\/\/)?(.*)$/isu.exec(text)?.[1];
  if (uri === undefined) return /phone-context/i.test(text) ? undefined : text;
  const [number, ...parameters] = uri.split(';');
  if (parameters.some((one) => /^\s*phone-context/i.test(one))) return undefined;
  return number?.replace(/%2B/gi, '+').replace(/%20/g, ' ').trim();
}

/** Words that are no letters on keys, whatever the numbering plan. */
const REMARKS = new Set(
  'office cell mobile mob home work main direct desk front switchboard reception business business other fax private personal voice text sms only day evening mobil privat arbeit zentrale casa oficina'.split(
    ' ',
  ),
);

function afterOf(rest: string): After {
  if (!/[\p{L}\p{N}]/u.test(rest) || EXTENSION.test(rest)) return { kind: 'nothing' };
  if (/^\s*\)?\s*[([][^()[\]]*[)\]]\s*$/u.test(rest)) return { kind: 'remark', isAttached: false };
  if (/\d/.test(rest)) {
    const another = rest.replace(JOINED, '');
    return /^[+(\d]/.test(another) ? { kind: 'another', text: another } : { kind: 'unclear' };
  }
  const words = rest.toLowerCase().match(/\p{L}+/gu) ?? [];
  const isAttached = /^\p{L}/u.test(rest);
  if (!isAttached && words.every((word) => REMARKS.has(word))) return { kind: 'remark', isAttached: false };
  const letters = /^[\s).-]*[A-Za-z][A-Za-z\s.-]*$/.test(rest) && /[A-Za-z]$/.test(rest) ? words.join('') : '';
  return {
    kind: 'letters',
    text: letters,
    isVanity: letters.length >= FEWEST_LETTERS && letters.length <= MOST_LETTERS,
    // One who types O for 0 does not mean a word.
    isWord: !isAttached && words.some((word) => word.length > 1 && /[^oilsbzgq]/u.test(word)),
  };
}

/** So many letters at the end of a number are letters on keys; the last one ends the text. */
const FEWEST_LETTERS = 3;
export const MOST_LETTERS = 7;

const KEYS = ['', '', 'abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** The digits of letters on keys. */
export const keysOf = (letters: string): string =>
  [...letters.toLowerCase()].map((letter) => KEYS.findIndex((key) => key.includes(letter))).join('');

/** The letters on the key of a digit. */
export const lettersOn = (digit: string): string[] => [...(KEYS[Number(digit)] ?? '')];
