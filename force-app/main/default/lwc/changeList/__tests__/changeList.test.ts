import { allInside, mount, settled, textOf } from '#components/mount';
import { graphqlWire, recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import ChangeList from 'c/changeList';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';

describe('what was written, field by field (B2)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is there before and after, whatever it is, with the rule', async () => {
    const changes = [
      { field: 'City', before: 'Austin', after: 'Dallas', rule: 'Two-way sync' },
      { field: 'Seats', before: undefined, after: 0, rule: '' },
      { field: 'Tags', before: [], after: ['a', 'b'], rule: '' },
      { field: 'Sold', before: false, after: true, rule: '' },
      { field: 'Odd', before: null, after: { a: 1 }, rule: '' },
    ];
    const element = mount('c-change-list', ChangeList, { changes });
    expect(allInside(element, 'tbody tr').map(textOf)).toEqual([
      'City Rule: Two-way sync Austin Dallas',
      'Seats (blank) 0',
      'Tags (blank) a, b',
      'Sold No Yes',
      'Odd (blank) {"a":1}',
    ]);
    await expect(element).toBeAccessible();
  });

  const NAMES = [
    { field: 'City', before: 'Austin', after: 'Dallas', rule: '' },
    { field: 'Gone__c', before: 1, after: 2, rule: '' },
  ];
  const rowsOf = (element: HTMLElement): string[] => allInside(element, 'tbody tr').map(textOf);

  it('names a field of Salesforce by its label, and one that cannot be seen by its name', async () => {
    const element = mount('c-change-list', ChangeList, {
      changes: NAMES,
      direction: 'ToSalesforce',
      objectName: 'Lead',
    });
    await settled();
    expect(rowsOf(element)).toEqual(['City Austin Dallas', 'Gone__c 1 2']);
    recordWire(getObjectInfo).emit({ apiName: 'Contact', fields: { City: { label: 'Another' } } });
    recordWire(getObjectInfo).emit({ apiName: 'Lead', fields: { City: { label: 'Town' } } });
    await settled();
    expect(rowsOf(element)).toEqual(['Town City Austin Dallas', 'Gone__c 1 2']);
    await expect(element).toBeAccessible();
  });

  it('says who made each change, in which system: by name, and by the id where no name is known', async () => {
    const change = { field: 'City', before: 1, after: 2, rule: '' };
    const changes = [
      { ...change, by: { side: 'salesforce', id: '005A' } },
      { ...change, by: { side: 'sellfire', id: 'rep_1' } },
      { ...change, by: { side: 'sellfire', id: 'rep_9' } },
      { ...change, by: { side: 'sellfire', id: 'import' } },
    ];
    const element = mount('c-change-list', ChangeList, { changes });
    await settled();
    const query = graphqlWire(graphql).getLastConfig()?.query;
    expect(query).toContain('User(first: 200, where: { Id: { in: ["005A"] } })');
    expect(query).toContain('{ in: ["rep_1","rep_9"] }');
    const edges = (node: object): object => ({ edges: [{ node }] });
    const rep = { Id: 'a1', Rep_Id__c: { value: 'rep_1' }, Name: { value: 'Ann Stone' } };
    const user = { Id: '005A', Name: { value: 'Ada Admin' } };
    graphqlWire(graphql).emit({ uiapi: { query: { User: edges(user), Sellfire_Rep__c: edges(rep) } } });
    await settled();
    expect(rowsOf(element)).toEqual([
      'City by Ada Admin, in Salesforce 1 2',
      'City by Ann Stone, in Sellfire 1 2',
      'City by rep_9, in Sellfire 1 2',
      'City by an import, in Sellfire 1 2',
    ]);
    await expect(element).toBeAccessible();
  });

  it('names a field of Sellfire by its label', async () => {
    const changes = [{ field: 'business_name', before: null, after: 'Acme', rule: '' }];
    const element = mount('c-change-list', ChangeList, { changes, direction: 'ToSellfire', objectName: 'Lead' });
    await settled();
    expect(graphqlWire(graphql).getLastConfig()?.query).toContain('in: ["business_name"]');
    const node = { Id: 'a1', Field__c: { value: 'business_name' }, Label__c: { value: 'Business name' } };
    graphqlWire(graphql).emit({ uiapi: { query: { Sellfire_Field__c: { edges: [{ node }] } } } });
    await settled();
    expect(rowsOf(element)).toEqual(['Business name business_name (blank) Acme']);
  });
});
