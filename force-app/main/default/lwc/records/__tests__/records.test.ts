import * as local from 'c/records';

describe('records of a package without a namespace', () => {
  it('come as rows under the names of the source', () => {
    const data = {
      uiapi: {
        query: {
          Bridge_Status__c: {
            edges: [
              {
                node: {
                  Id: 'a01',
                  State__c: { value: 'Running', displayValue: null },
                  Lag_Seconds__c: { value: 1.5 },
                  Detail__c: { value: null },
                  CreatedBy: { Name: { value: 'Ann' } },
                },
              },
            ],
          },
        },
        aggregate: {
          Integration_Report__c: {
            edges: [{ node: { aggregate: { Code__c: { value: 'TOO_LONG' }, Id: { count: { value: 14 } } } } }],
          },
        },
      },
    };
    const [row] = local.rowsOf(data, 'Bridge_Status__c');
    expect(row).toEqual({
      Id: 'a01',
      State__c: 'Running',
      Lag_Seconds__c: 1.5,
      Detail__c: undefined,
      CreatedBy: { Name: 'Ann' },
    });
    expect(local.textOf(row, 'Detail__c')).toBeUndefined();
    expect(local.numberOf(row, 'Lag_Seconds__c')).toBe(1.5);
    expect(local.relatedText(row, 'CreatedBy', 'Name')).toBe('Ann');
    expect(local.groupsOf(data, 'Integration_Report__c')).toEqual([{ Code__c: 'TOO_LONG', Id: { count: 14 } }]);
  });

  it('are none where the answer holds none', () => {
    expect(local.rowsOf(undefined, 'Bridge_Status__c')).toEqual([]);
    expect(local.rowsOf({ uiapi: { query: { Bridge_Status__c: null } } }, 'Bridge_Status__c')).toEqual([]);
  });

  it('hold JSON that is read, and nothing where it is broken', () => {
    expect(local.jsonOf({ Hours__c: '[1]' }, 'Hours__c')).toEqual([1]);
    expect(local.jsonOf({ Hours__c: '[1' }, 'Hours__c')).toBeUndefined();
    expect(local.jsonOf({}, 'Hours__c')).toBeUndefined();
  });
});

describe('records of an installed package', () => {
  let installed: typeof local;
  beforeAll(async () => {
    jest.resetModules();
    jest.doMock(
      '@salesforce/schema/Bridge_Status__c',
      () => ({ __esModule: true, default: { objectApiName: 'sellfire__Bridge_Status__c' } }),
      { virtual: true },
    );
    installed = await import('c/records');
  });

  it('get the namespace before every custom name, once', () => {
    expect(installed.withPrefix('Sync_Request__c(where: { Type__c: { eq: "a_b" } }) { CreatedBy { Name } }')).toBe(
      'sellfire__Sync_Request__c(where: { sellfire__Type__c: { eq: "a_b" } }) { CreatedBy { Name } }',
    );
    expect(installed.withPrefix('sellfire__Site__c.Organization__r.Name')).toBe(
      'sellfire__Site__c.sellfire__Organization__r.Name',
    );
  });

  it('come under the names of the source, and go back under their own', () => {
    const node = { sellfire__State__c: { value: 'Running' } };
    const data = { uiapi: { query: { sellfire__Bridge_Status__c: { edges: [{ node }] } } } };
    expect(installed.rowsOf(data, 'Bridge_Status__c')).toEqual([{ State__c: 'Running' }]);
    expect(installed.inputOf({ Id: 'a', Type__c: 'Start' }, 'Sync_Request__c')).toEqual({
      apiName: 'sellfire__Sync_Request__c',
      fields: { Id: 'a', sellfire__Type__c: 'Start' },
    });
  });
});

describe('ids of records', () => {
  it('are the same with a suffix and without, and never ignore their case', () => {
    const [short, long] = ['a015g00000ABCDe', 'a015g00000ABCDeAAP'];
    expect(local.sameId(short, long)).toBe(true);
    expect(local.sameId(long, short)).toBe(true);
    expect(local.withoutSuffix(long)).toBe(short);
    expect(local.sameId('a015g00000ABCDE', long)).toBe(false);
  });
});
