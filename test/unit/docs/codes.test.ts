// One catalogue of codes: the source of the bridge takes its texts from it alone, and docs/errors.md is made of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, CHAPTERS, explain, explainFault } from '../../../bridge/model/catalogue/catalogue.ts';
import type { Entry, Wording } from '../../../bridge/model/catalogue/entry.ts';
import { inWords } from '../../../bridge/model/catalogue/entry.ts';
import { REMEDIES } from '../../../bridge/model/catalogue/peers.ts';
import type { Fault } from '../../../bridge/model/fault.ts';
import { checkCodes, ofRepository } from '../../../scripts/books/codes.ts';
import { ERRORS_PAGE, errorsPage } from '../../../scripts/books/errorsPage.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const entries: [string, Entry][] = Object.entries(CATALOGUE);
const wordingsOf = ({ sentence, cases }: Entry): Wording[] =>
  cases ? Object.values<Wording>(cases) : sentence === undefined ? [] : [{ sentence }];

describe('the catalogue of codes', () => {
  it('is all that the source says of a code, and all of it is used', () => {
    expect(checkCodes(ofRepository(ROOT))).toEqual([]);
  });

  it('has the page of the books that is made of it', () => {
    expect(readFileSync(join(ROOT, ERRORS_PAGE), 'utf8')).toBe(errorsPage());
  });

  it('has each code once, and every chapter on the page', () => {
    const codes = Object.values(CHAPTERS).flatMap((chapter) => Object.keys(chapter));
    expect(codes.toSorted()).toEqual(entries.map(([code]) => code).toSorted());
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('shows every code in upper snake case, which fits the field of the report', () => {
    expect(entries.map(([code]) => code).filter((code) => !/^[A-Z][A-Z\d_]{1,59}$/.test(code))).toEqual([]);
  });

  it('has a title that fits a card, and whole sentences', () => {
    for (const [code, entry] of entries) {
      expect({ code, title: entry.title }).toEqual({ code, title: expect.stringMatching(/^[A-Z].{2,60}[^.]$/) });
      for (const { sentence, action = entry.action } of wordingsOf(entry)) {
        expect({ code, sentence }).toEqual({ code, sentence: expect.stringMatching(/[.}]$/) });
        expect({ code, text: `${sentence} ${action}` }).not.toEqual({
          code,
          text: expect.stringMatching(/\bplease\b|!/i),
        });
      }
    }
  });

  it('says of every code of report rows what has become of the attempt, and of no other', () => {
    const wrong = entries.filter(([, { places, outcomes = [] }]) => places.includes('report') !== outcomes.length > 0);
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('says what to do wherever something was refused or has failed', () => {
    // What works with a warning about single values has its own codes.
    const warnings = Object.keys(CHAPTERS['Field mappings that work, with a warning'] ?? {});
    const quiet = entries
      .filter(([code, { action }]) => action === '' && !warnings.includes(code))
      .map(([code]) => code);
    // What has been done, or needs nothing.
    expect(quiet.toSorted()).toEqual([
      'ACCOUNT_DELETED',
      'CONVERTED',
      'LINK_RESUMED',
      'MERGED',
      'NOTHING_TO_REPUSH',
      'OVERTAKEN',
      'SALE_KNOWN',
    ]);
  });
});

describe('an explanation', () => {
  it('has its values in sentence and action, whatever they contain', () => {
    const why = explain('OWNER_REFUSED.unknown', { wanted: '{accepted} $& "x"' });
    expect(inWords(why)).toBe(
      '"{accepted} $& "x"" is no rep in Sellfire, which keeps its own owner. Choose an id from the list of reps.',
    );
    expect(explain('VALUE_UNFIT.onUpdate', { unfit: 'No.', field: 'Seats' }).action).toContain('Correct Seats');
  });

  const fault = (about: Partial<Fault>): Fault => ({
    class: 'record',
    code: 'STRING_TOO_LONG',
    message: 'First Name: data value too large',
    fields: [],
    unknownOutcome: false,
    ...about,
  });

  it("of a peer's refusal is its own sentence, the field that it names and what helps", () => {
    expect(explainFault(fault({ fields: ['FirstName'] }))).toEqual({
      code: 'STRING_TOO_LONG',
      sentence: 'First Name: data value too large (FirstName).',
      action: expect.stringContaining('Shorten it in Sellfire'),
      remedy: 'remedy.STRING_TOO_LONG',
    });
  });

  it('names a field and the record in the way once', () => {
    const why = explainFault(fault({ message: 'FirstName is too long.', fields: ['FirstName'], holder: '00Q' }));
    expect(why.sentence).toBe('FirstName is too long. (00Q)');
  });

  it.each(Object.entries(REMEDIES))('of a code that nobody knows (%s) still says what helps', (kind, remedy) => {
    const why = explainFault(fault({ code: 'SOMETHING_ELSE', class: kind as Fault['class'] }));
    expect(why).toMatchObject({ action: remedy, remedy: `remedy.${kind}` });
  });
});

describe('a source', () => {
  const entry: Entry = { title: 'Known', places: ['report'], sentence: 'It is known.', action: '' };
  const check = (source: string): string[] =>
    checkCodes({ entries: { KNOWN: entry }, sources: { 'bridge/a.ts': `explain('KNOWN');\n${source}` } });

  it('that takes its texts from the catalogue has nothing wrong', () => {
    expect(check("const row = { outcome: 'Failed', ...said(why) };")).toEqual([]);
  });

  it.each([
    ['a code that is not in the catalogue', "const fault = { code: 'UNHEARD_OF' };", 'UNHEARD_OF is not in'],
    ['one in a choice', "const fault = { code: a ? 'KNOWN' : 'UNHEARD_OF' };", 'UNHEARD_OF is not in'],
    ['words of its own', "const why = { code: 'KNOWN', reason: 'So.' };", 'what is said of KNOWN'],
    [
      'a row with words of its own',
      "const row = { outcome: 'Refused', code, reason: text };",
      'a report row has words',
    ],
  ])('with %s is reported with file and line', (_what, source, problem) => {
    expect(check(source)).toEqual([expect.stringContaining(`bridge/a.ts:2: ${problem}`)]);
  });

  it('that does not use an entry is reported', () => {
    expect(checkCodes({ entries: { KNOWN: entry }, sources: {} })).toEqual(['the catalogue: KNOWN is used nowhere']);
  });
});
