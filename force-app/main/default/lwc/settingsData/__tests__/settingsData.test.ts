import { changesOf, conflictsOf, GROUPS, savedOf, type Saved } from 'c/settingsData';

const answer = (fields: Record<string, unknown>): object => ({
  uiapi: {
    query: {
      Sync_Settings__c: {
        edges: [
          {
            node: {
              Id: 'a10',
              LastModifiedDate: { value: '2026-03-02T12:00:00.000Z' },
              LastModifiedBy: { Name: { value: 'Ann Lee' } },
              ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }])),
            },
          },
        ],
      },
    },
  },
});
const saved = (values: Record<string, unknown>): Saved => savedOf(answer(values));

describe('settings (M19)', () => {
  it('are the defaults before anybody has saved', () => {
    const { id, values } = savedOf({ uiapi: { query: { Sync_Settings__c: { edges: [] } } } });
    expect(id).toBeUndefined();
    expect(values).toMatchObject({ Create_In_Sellfire__c: true, Demo_Stage__c: 'Qualification', Api_Share__c: 50 });
  });

  it('are as they were saved, blanks too, with who saved them', () => {
    const { values, ...rest } = saved({ Report_Days__c: 30, Demo_Stage__c: null });
    expect(rest).toEqual({ id: 'a10', changedAt: '2026-03-02T12:00:00.000Z', changedBy: 'Ann Lee' });
    expect(values.Report_Days__c).toBe(30);
    expect(values.Demo_Stage__c).toBeUndefined();
  });

  it('each stand in one group', () => {
    const fields = GROUPS.flatMap(({ settings }) => settings.map(({ field }) => field));
    expect(new Set(fields).size).toBe(fields.length);
    expect(GROUPS.every(({ settings }) => settings.length > 0)).toBe(true);
  });

  it('differ only where the value does', () => {
    const now = saved({ Report_Days__c: 30, Bridge_Address__c: null });
    expect(changesOf({ Report_Days__c: 30, Bridge_Address__c: '', Api_Share__c: 60 }, now)).toEqual({
      Api_Share__c: 60,
    });
  });

  it('are in conflict only where two people want different things', () => {
    const before = saved({ Report_Days__c: 30, Api_Share__c: 50 });
    const now = saved({ Report_Days__c: 60, Api_Share__c: 50 });
    expect(conflictsOf({ Report_Days__c: 90, Api_Share__c: 70 }, before, now)).toEqual(['Report_Days__c']);
    expect(conflictsOf({ Report_Days__c: 60 }, before, now)).toEqual([]);
  });
});
