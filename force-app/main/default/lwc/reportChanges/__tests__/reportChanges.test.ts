import { REPORT } from '#components/reports';
import { changesOf, ruledChanges } from 'c/reportChanges';

describe('what a report says was written', () => {
  it('are the changes field by field, and none where there is no list', () => {
    const row = { Changes__c: JSON.stringify([{ field: 'City', after: 'Dallas' }]) };
    expect(changesOf(row)).toEqual([{ field: 'City', before: undefined, after: 'Dallas' }]);
    expect(changesOf({ Changes__c: '"x"' })).toEqual([]);
    expect(changesOf(undefined)).toEqual([]);
  });

  it('has the rule of the mapping that wrote the field of this side and object', () => {
    const row = { Changes__c: JSON.stringify([{ field: 'City', after: 'Dallas' }]) };
    const mapping = (object: string, rule: string): Record<string, string> => ({
      ...{ Sellfire_Field__c: 'city', Salesforce_Object__c: object, Salesforce_Field__c: 'City', Sync_Rule__c: rule },
    });
    const mappings = [mapping('Contact', 'TwoWay'), mapping('Lead', 'AlwaysSellfire')];
    expect(ruledChanges(row, REPORT, mappings)[0]?.rule).toBe('Always use Sellfire');
    expect(ruledChanges(row, { ...REPORT, direction: 'ToSellfire' }, mappings)[0]?.rule).toBe('');
  });
});
