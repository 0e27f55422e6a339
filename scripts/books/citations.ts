// What a text cites of the books: ids (M14, F1–F13), sections (spec §6) and decisions (ADR 2), each with its line.
import type { Books } from './books.ts';

export interface Citation {
  /** From 1. */
  line: number;
  /** As it is written. */
  text: string;
  /** Why it leads nowhere; undefined where it resolves. */
  problem: string | undefined;
}

/** Documents of others, which have sections of their own. */
const FOREIGN = /^(?:RFC|NIST|https?:)/;
/** What a section sign may follow, the nearest counts; without any it is one of the specification. */
const DOCUMENT = /RFC \d+|NIST SP [\w-]+|https?:\S+|\bspec\b|\bdesign\b/g;

export function citationsIn(text: string, books: Books): Citation[] {
  return text.split('\n').flatMap((line, index) =>
    [...idsIn(line, books), ...sectionsIn(line, books), ...decisionsIn(line, books)].map((one) => ({
      line: index + 1,
      ...one,
    })),
  );
}

type Found = Omit<Citation, 'line'>;

function idsIn(line: string, { ids }: Books): Found[] {
  return [...line.matchAll(/(?<![\w.-])([MBFI])(\d{1,2})\b(?:\s?[–-]\s?\1(\d{1,2})\b)?/g)].map(
    ([text, prefix = '', first, last]) => {
      const from = Number(first);
      const count = Math.max(0, Number(last ?? first) - from) + 1;
      const missing = Array.from({ length: count }, (_, n) => `${prefix}${from + n}`).filter((id) => !ids.has(id));
      return { text, problem: missing.length > 0 ? `no book has a heading ${missing.join(', ')}` : undefined };
    },
  );
}

function sectionsIn(line: string, { sections }: Books): Found[] {
  return [...line.matchAll(/§\s?(\d+(?:\.\d+)*)/g)].flatMap(({ 0: text, 1: section = '', index }) => {
    const document = [...line.slice(0, index).matchAll(DOCUMENT)].at(-1)?.[0] ?? 'spec';
    if (FOREIGN.test(document)) return [];
    const cited = `${document} ${text}`;
    if (document === 'design')
      return [{ text: cited, problem: 'the repository has no such book: cite the rule (I12) or an ADR' }];
    return [{ text: cited, problem: sections.has(section) ? undefined : 'docs/spec.md has no such section' }];
  });
}

function decisionsIn(line: string, { decisions }: Books): Found[] {
  return [...line.matchAll(/\bADR[ -]0*(\d+)\b/g)].map(([text, id = '']) => ({
    text,
    problem: decisions.has(id) ? undefined : 'docs/adr has no such decision',
  }));
}
