import { REPORT, reportsAnswer } from '#components/reports';
import { reportsOf, reportsQuery, totalOf } from 'c/reportData';

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
});
