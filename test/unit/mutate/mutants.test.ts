// The mutants of `npm run mutate`: made from the text alone, and counted honestly.
import { describe, expect, it } from '@jest/globals';
import { mutantsOf } from '../../../scripts/mutate/mutants.ts';
import { summaryOf, type Result } from '../../../scripts/mutate/result.ts';

const FILE = 'bridge/sync/sample.ts';

/** The source with each mutant in it. */
const planted = (source: string): string[] =>
  mutantsOf(FILE, source).map(
    ({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end),
  );

describe('the mutants of a source', () => {
  it('turn an operator round, decide a condition, and leave out a statement', () => {
    expect(planted('if (a > b) go();')).toEqual([
      'if (true) go();',
      'if (false) go();',
      'if (a >= b) go();',
      'if (a > b) ;',
    ]);
  });

  it('take either branch, and the left side of a default', () => {
    expect(planted('const x = a ? b : c;')).toEqual(['const x = (b);', 'const x = (c);']);
    expect(planted('const x = a ?? b;')).toEqual(['const x = a;']);
  });

  it('take the opposite of a method that asks, and everything where some is selected', () => {
    expect(planted('const x = a.some(f);')).toEqual(['const x = a.every(f);']);
    expect(planted('const x = a.filter(f);')).toEqual(['const x = a;']);
  });

  it('leave types and imports alone', () => {
    expect(planted("import { a } from 'b';\ntype T = true;\ninterface I { a: false }\nlet x: true | false;")).toEqual(
      [],
    );
  });

  it('have ids of their own, by which a run is resumed', () => {
    const ids = mutantsOf(FILE, 'if (a && !b) c(d === e ? 1 : 2);').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the summary of a run', () => {
  it('counts what is not reached as not killed, leaves out what does not parse, and names every survivor', () => {
    const result = (line: number, verdict: Result['verdict']): Result => ({
      ...{ id: `${FILE}:${line}`, hash: '', simulator: '', file: FILE, line, original: 'a', replacement: 'b', verdict },
      ...{ histories: 9, reaching: 12 },
    });
    const text = summaryOf([result(1, 'killed'), result(2, 'survived'), result(3, 'unreached'), result(4, 'invalid')]);
    expect(text.split('\n')).toEqual([
      '33.3 % (1 of 3) of mutants are killed; 1 survive, 1 are not reached, 1 are invalid.',
      `33.3 % (1 of 3)  ${FILE}`,
      '    line 2: a → b (survived 9 of 12)',
      '    line 3: a → b (not reached)',
    ]);
  });
});
