import { queryAnswer, WELL } from '#components/record';
import { nodeOf } from '#components/reports';
import { lifeOf, lifeQuery } from 'c/lifeData';

const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const report = (hour: number, more: object = {}): object => ({
  ...nodeOf({ ...WELL, id: `a0R${hour}`, occurredAt: at(hour) }, { Changes__c: '[]' }),
  ...more,
});
const answer = (reports: readonly object[]): object =>
  queryAnswer({
    Lead: [{ CreatedDate: at(1), CreatedBy: { Name: { value: 'Ann Lee' } } }],
    Integration_Report__c: reports,
    Sync_Request__c: [{ CreatedDate: at(5), CreatedBy: { Name: { value: 'Bob Day' } }, Result__c: 'Nothing differs.' }],
    Field_Mapping__c: [],
    Bridge_Status__c: [{ Connected_As__c: 'Bridge User' }],
  });

describe('the life of a record (B25)', () => {
  it('is asked for by the record, and by its lead for what happened on other records', () => {
    const query = lifeQuery('Lead', '00Q1', 'ld_1', 25);
    expect(query).toContain('{ or: [{ Lead__c: { eq: "00Q1" } }, { Sellfire_Lead_Id__c: { eq: "ld_1" } }] }');
    expect(lifeQuery('Contact', '0031', '', 25)).toContain('{ or: [{ Contact__c: { eq: "0031" } }] }');
  });

  it('is its creation, its reports and the syncs that were asked for, in one order of time', () => {
    const { entries, isMore, connectedAs } = lifeOf(answer([report(9), report(3)]), 'Lead', 25);
    expect(entries.map(({ kind, at: when }) => `${kind} ${when.slice(11, 13)}`)).toEqual([
      ...['report 09', 'request 05', 'report 03', 'created 01'],
    ]);
    expect(entries.map(({ who }) => who)).toEqual(['', 'Bob Day', '', 'Ann Lee']);
    expect([isMore, connectedAs]).toEqual([false, 'Bridge User']);
  });

  it('leaves out what is older than the reports that were read, while there are more', () => {
    const { entries, isMore } = lifeOf(answer([report(9), report(7)]), 'Lead', 2);
    expect([entries.map(({ kind }) => kind), isMore]).toEqual([['report', 'report'], true]);
  });

  it('has what was written field by field, unless the reader may not see it', () => {
    const Changes__c = { value: JSON.stringify([{ field: 'City', before: 'Austin', after: 'Dallas' }]) };
    const [entry] = lifeOf(answer([report(9, { Changes__c })]), 'Lead', 25).entries;
    expect(entry?.changes).toEqual([{ field: 'City', before: 'Austin', after: 'Dallas', rule: '' }]);
    expect(entry?.isHidden).toBe(false);
    const hidden = lifeOf(answer([report(9, { Changes__c: undefined })]), 'Lead', 25).entries[0];
    expect([hidden?.changes, hidden?.isHidden]).toEqual([[], true]);
  });
});
