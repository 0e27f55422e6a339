import { CAUSES, causesAnswer, detailAnswer, REPORT, reportsAnswer } from '#components/reports';
import { causesOf, changesOf, reportsOf, reportsQuery, totalOf } from 'c/reportData';

describe('what the Reports page reads', () => {
  it('are the rows, and how many match', () => {
    const answer = reportsAnswer([REPORT, { ...REPORT, id: 'a0R2', recordName: '' }], 100_000);
    expect(reportsOf(answer)).toEqual([REPORT, { ...REPORT, id: 'a0R2', recordName: '' }]);
    expect(totalOf(answer)).toBe(100_000);
    expect(totalOf(undefined)).toBe(0);
  });

  it('is asked page by page from the last row on, so that no page costs more than the first', () => {
    const query = reportsQuery({ code: 'A' }, 51, { id: 'a0R9', occurredAt: '2026-03-02T12:00:00.000Z' });
    expect(query).toContain('Occurred_At__c: { lt: { value: "2026-03-02T12:00:00.000Z" } }');
    expect(query).toContain('{ Id: { lt: "a0R9" } }');
    expect(query).not.toContain('after:');
    // The count is of all pages.
    expect(query.split('aggregate {')[1]).not.toContain('lt:');
  });

  it('are the causes, the most frequent first, with the latest reason', () => {
    expect(causesOf(causesAnswer(CAUSES)).map(({ code, count, reason }) => [code, count, reason])).toEqual([
      ['PHONE_EXISTS', 1400, 'The phone is on another Lead.'],
      ['STRING_TOO_LONG', 3, 'City has 60 characters.'],
      ['', 1, 'It failed.'],
    ]);
  });

  it('are the changes of one report, and none where there is no list', () => {
    expect(changesOf(detailAnswer(REPORT, [{ field: 'City', after: 'Dallas' }]))).toEqual([
      { field: 'City', before: undefined, after: 'Dallas' },
    ]);
    expect(changesOf(detailAnswer(REPORT, 'x'))).toEqual([]);
  });
});
