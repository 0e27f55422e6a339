// Many failures of one cause within an hour are one alert (B24).
import { describe, expect, it } from '@jest/globals';
import { countFailures, MANY, manyFailures, type FailureCounts } from '../../../../bridge/sync/alerts/failures.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 29, 8);
const rows = (count: number, code = 'NO_PHONE', outcome: 'Failed' | 'Refused' | 'Success' | 'Skipped' = 'Failed') =>
  Array.from({ length: count }, () => ({ code, outcome }));
const NONE = new Set<string>();

describe('failures under one code', () => {
  it(`are many from ${MANY} on within an hour, wherever in it they fell`, () => {
    let counts: FailureCounts = {};
    for (let minute = 0; minute < MANY - 1; minute += 1)
      counts = countFailures(counts, rows(1), START + minute * 2 * MINUTE);
    expect(manyFailures(counts, NONE)).toEqual([]);
    counts = countFailures(counts, rows(1, 'NO_PHONE', 'Refused'), START + 50 * MINUTE);
    expect(manyFailures(counts, NONE)).toEqual([{ code: 'NO_PHONE', count: MANY }]);
  });

  it('are counted for an hour only', () => {
    const counts = countFailures({}, rows(MANY), START);
    expect(manyFailures(countFailures(counts, [], START + 55 * MINUTE), NONE)).toHaveLength(1);
    expect(countFailures(counts, [], START + 66 * MINUTE)).toEqual({});
  });

  it('stay many until few are left, so that a count about the limit is one alert', () => {
    const counts = countFailures({}, rows(5), START);
    expect(manyFailures(counts, NONE)).toEqual([]);
    expect(manyFailures(counts, new Set(['NO_PHONE']))).toHaveLength(1);
    expect(manyFailures(countFailures({}, rows(4), START), new Set(['NO_PHONE']))).toEqual([]);
  });

  it('are those that failed or were refused, each code of its own, most first', () => {
    const all = [
      ...rows(30),
      ...rows(40, 'DUPLICATE_VALUE'),
      ...rows(99, '', 'Success'),
      ...rows(99, 'OVERTAKEN', 'Skipped'),
    ];
    expect(manyFailures(countFailures({}, all, START), NONE)).toEqual([
      { code: 'DUPLICATE_VALUE', count: 40 },
      { code: 'NO_PHONE', count: 30 },
    ]);
  });
});
