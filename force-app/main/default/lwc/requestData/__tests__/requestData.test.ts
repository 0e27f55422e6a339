import { hasMore, queryOf, requestsOf } from 'c/requestData';
import { requestsAnswer } from '#components/requests';

describe('the requests of the org', () => {
  it('come with their titles in the language of the reader, and with what came of them', () => {
    const [one, other] = requestsOf(requestsAnswer([{ Status__c: 'Running', Result__c: null }, { Id: 'a03' }]));
    expect(one).toEqual({
      id: 'a02',
      type: 'Import',
      title: 'Import into Sellfire',
      isCount: false,
      status: 'Running',
      done: 12,
      failed: 0,
      result: '',
      askedBy: 'Ann Lee',
      askedAt: '2026-11-29T08:00:00.000Z',
      isOpen: true,
    });
    expect(other).toMatchObject({ id: 'a03', status: 'Done', result: '12 leads created.', isOpen: false });
  });

  it('say what came of them in the words of the labels, where the bridge sent its codes', () => {
    const messages = [{ code: 'pairsLinked', args: [1204], sentence: 'Of the bridge.' }];
    const answer = requestsAnswer([{ Result__c: 'Of the bridge.', Result_Data__c: JSON.stringify({ messages }) }]);
    expect(requestsOf(answer)[0]?.result).toBe('1,204 pairs linked.');
  });

  it('have gaps, and no empty page, where the user may see less', () => {
    const hidden = { CreatedBy: undefined, Done__c: undefined, Failed__c: undefined, kind: undefined };
    expect(requestsOf(requestsAnswer([hidden]))).toEqual([
      expect.objectContaining({ title: 'Import', askedBy: undefined, done: 0, failed: 0 }),
    ]);
  });

  it('are read the latest first, as many as are wanted, by what somebody asks', () => {
    expect(queryOf('all', 25)).toContain('first: 25,  orderBy: { CreatedDate: { order: DESC } }');
    expect(queryOf('open', 50)).toMatch(/first: 50, where: .*"Requested", "Running", "Stopping"/);
    expect(queryOf('failed', 25)).toContain('Failed__c: { gt: 0 }');
  });

  it.each(['{"preview":true}', '{"all":true,"dryRun":true}'])('that only count are known by %s', (Parameters__c) => {
    expect(requestsOf(requestsAnswer([{ Parameters__c }]))[0]?.isCount).toBe(true);
  });

  it('say whether there are more', () => {
    expect(hasMore(requestsAnswer([{}], true))).toBe(true);
    expect(hasMore(requestsAnswer([{}]))).toBe(false);
    expect(hasMore(undefined)).toBe(false);
  });
});
