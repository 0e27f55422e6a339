import { CAUSES, causesAnswer } from '#components/reports';
import { query } from 'c/homeData';
import { CAUSES_QUERY, causesOf } from 'c/reportCauses';

describe('what failed, by cause', () => {
  it('is the most frequent first, with the latest reason', () => {
    expect(causesOf(causesAnswer(CAUSES)).map(({ code, count, reason }) => [code, count, reason])).toEqual([
      ['PHONE_EXISTS', 1400, 'The phone is on another Lead.'],
      ['STRING_TOO_LONG', 3, 'City has 60 characters.'],
      ['', 1, 'It failed.'],
    ]);
  });

  it('is counted on Home as on the Reports page', () => {
    const conditions = (text: string): string[] =>
      text.replace(/\s/g, '').match(/Integration_Report__c\(first:200,where:.*?last_n_days:7/g) ?? [];
    expect(conditions(CAUSES_QUERY)).toHaveLength(2);
    expect(conditions(query)).toEqual(conditions(CAUSES_QUERY));
  });
});
