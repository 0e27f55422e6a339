// What stands between the braces of FIND: words, phrases, wildcards, AND, OR, AND NOT and parentheses, as a test of a
// record's fields. Words meet words: text is taken apart at spaces and punctuation, in any letter case.
// Source: SOQL and SOSL Reference, "FIND {SearchQuery}", "Reserved Characters", "Wildcards", "Operators".
import { PlatformError } from '../model.ts';

export interface Searched {
  /** The words of each text field. */
  texts: readonly (readonly string[])[];
  /** The digits of each phone field. */
  phones: readonly string[];
}

export type SearchTest = (record: Searched) => boolean;

type Token =
  { kind: '(' | ')' | 'AND' | 'OR' | 'NOT' } | { kind: 'term'; words: string[]; digits: string; phone: boolean };

/** A word of the search: a literal, or with wildcards. */
interface Word {
  matches(word: string): boolean;
}

/** A wildcard that the query means, once escapes have been read: no text holds these. */
const ANY = '\uE000';
const ONE = '\uE001';
const SPLIT = /[^\p{L}\p{N}\uE000\uE001]+/u;
/** What a phone number is written with. */
const PHONE = /^[\d\s()+.\-/\uE000\uE001]*\d[\d\s()+.\-/\uE000\uE001]*$/;
const RESERVED = new Set('?&|!{}[]()^~*:\\"\'+-');

export function malformedSearch(message: string): PlatformError {
  return new PlatformError('MALFORMED_SEARCH', message);
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(SPLIT).filter(Boolean);
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** @throws PlatformError MALFORMED_SEARCH */
export function parseSearch(text: string): SearchTest {
  const tokens = tokenise(text);
  let position = 0;
  const peek = (): Token['kind'] | undefined => tokens[position]?.kind;

  function alternatives(): SearchTest {
    const tests = [conjunction()];
    while (peek() === 'OR') {
      position += 1;
      tests.push(conjunction());
    }
    return (record) => tests.some((test) => test(record));
  }

  /** Words without an operator between them are joined by AND. */
  function conjunction(): SearchTest {
    const tests = [unit()];
    for (;;) {
      const kind = peek();
      if (kind === undefined || kind === ')' || kind === 'OR') break;
      if (kind === 'AND') position += 1;
      const negated = peek() === 'NOT';
      if (negated && kind !== 'AND') throw malformedSearch("unexpected token: 'NOT'");
      if (negated) position += 1;
      const test = unit();
      tests.push(negated ? (record) => !test(record) : test);
    }
    return (record) => tests.every((test) => test(record));
  }

  function unit(): SearchTest {
    const token = tokens[position];
    position += 1;
    if (token?.kind === 'term') return termTest(token);
    if (token?.kind !== '(') throw malformedSearch(`unexpected token: '${token?.kind ?? '<EOF>'}'`);
    const inner = alternatives();
    if (peek() !== ')') throw malformedSearch("expecting a right parentheses, found '<EOF>'");
    position += 1;
    return inner;
  }

  const test = alternatives();
  if (position < tokens.length) throw malformedSearch(`unexpected token: '${peek() ?? ''}'`);
  return test;
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  /** Reserved characters stand for themselves where they are escaped, and nowhere else, not in phrases either. Reads up to a stop, or to the end. */
  const read = (stops: RegExp): string => {
    let found = '';
    for (; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === '\\') {
        at += 1;
        const escaped = text.charAt(at);
        if (!RESERVED.has(escaped)) throw malformedSearch(`unexpected character: \\${escaped}`);
        found += escaped;
      } else if (stops.test(character)) break;
      else if (RESERVED.has(character) && character !== '*' && character !== '?')
        throw malformedSearch(`the reserved character ${character} must be escaped by a backslash`);
      else found += character === '*' ? ANY : character === '?' ? ONE : character;
    }
    return found;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) at += 1;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character });
      at += 1;
    } else if (character === '"') {
      at += 1;
      const phrase = read(/"/);
      if (text.charAt(at) !== '"') throw malformedSearch('a phrase is not closed: "');
      at += 1;
      tokens.push(term(phrase));
    } else {
      const word = read(/[\s()"]/);
      const operator = /^(and|or|not)$/i.exec(word)?.[1];
      if (operator) tokens.push({ kind: operator.toUpperCase() as 'AND' | 'OR' | 'NOT' });
      else tokens.push(term(word));
    }
  }
  return tokens;
}

function term(text: string): Token {
  const typed = text.replaceAll(ANY, '*').replaceAll(ONE, '?');
  if (/^[\uE000\uE001]/.test(text)) throw malformedSearch(`a search term cannot begin with a wildcard: ${typed}`);
  if (text.replace(/[\uE000\uE001]/g, '').length < 2) {
    throw malformedSearch(`search term must be longer than one character: ${typed}`);
  }
  const digits = text.replace(/[^\d\uE000\uE001]/g, '');
  return { kind: 'term', words: wordsOf(text), digits, phone: PHONE.test(text) };
}

function termTest({ words, digits, phone }: Extract<Token, { kind: 'term' }>): SearchTest {
  const patterns = words.map(wordPattern);
  const number = wordPattern(digits);
  return ({ texts, phones }) =>
    texts.some((text) => holds(text, patterns)) || (phone && phones.some((value) => matchesPhone(value, number)));
}

/** A number is found by all its digits, and without the country code of North America. */
function matchesPhone(value: string, number: Word): boolean {
  return number.matches(value) || (value.length === 11 && value.startsWith('1') && number.matches(value.slice(1)));
}

/** The words of the phrase, one after another. */
function holds(text: readonly string[], patterns: readonly Word[]): boolean {
  if (patterns.length === 0) return false;
  for (let start = 0; start + patterns.length <= text.length; start += 1) {
    if (patterns.every((pattern, offset) => pattern.matches(text[start + offset] ?? ''))) return true;
  }
  return false;
}

function wordPattern(word: string): Word {
  if (!/[\uE000\uE001]/.test(word)) return { matches: (other) => other === word };
  // Nothing but letters, digits and wildcards is left in a word, so nothing needs escaping.
  const pattern = new RegExp(`^${word.replaceAll(ANY, '.*').replaceAll(ONE, '.')}$`, 'su');
  return { matches: (other) => pattern.test(other) };
}
