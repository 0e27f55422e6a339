import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { queryAnswer, WELL } from '#components/record';
import { nodeOf, REPORT } from '#components/reports';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RecordLife from 'c/recordLife';
import { graphql } from 'lightning/graphql';

const wire = graphqlWire(graphql);
const CHANGES = JSON.stringify([{ field: 'City', before: 'Austin', after: 'Dallas' }]);
const MAPPING = {
  ...{ Sellfire_Field__c: 'city', Salesforce_Object__c: 'Lead', Salesforce_Field__c: 'City', Sync_Rule__c: 'TwoWay' },
};
const of = (reports: readonly object[]): object =>
  queryAnswer({
    Lead: [{ CreatedDate: '2026-03-01T12:00:00.000Z', CreatedBy: { Name: { value: 'Ann Lee' } } }],
    Integration_Report__c: reports,
    Sync_Request__c: [],
    Field_Mapping__c: [MAPPING],
    Bridge_Status__c: [{ Connected_As__c: 'Bridge User' }],
  });

async function show(answer?: object): Promise<HTMLElement> {
  const element = mount('c-record-life', RecordLife, {
    ...{ label: 'Life of this record', recordId: '00Q1', objectApiName: 'Lead', leadId: 'ld_1' },
  });
  if (answer) wire.emit(answer);
  await settled();
  return element;
}

describe('the life of a record (B25)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says of each change what, when, from where, by which rule and in which report', async () => {
    const updated = nodeOf({ ...WELL, id: 'a0R2' }, { Changes__c: CHANGES });
    const element = await show(of([updated, nodeOf(REPORT, { Changes__c: '[]' })]));
    const [first, second, third] = allInside(element, 'li').map(textOf);
    expect(first).toContain('Updated · Done');
    expect(first).toContain('from Sellfire, written to Salesforce as Bridge User');
    expect(first).toContain('City Rule: Two-way sync Austin Dallas');
    expect(second).toContain('Text longer than its field STRING_TOO_LONG City has 60 characters');
    expect(third).toContain('Created in Salesforce by Ann Lee');
    expect(textOf(element)).toContain('The latest comes first.');
    await expect(element).toBeAccessible();
  });

  it('closes with the report that the reader wants to see', async () => {
    const element = await show(of([nodeOf(REPORT, { Changes__c: '[]' })]));
    const closed = jest.fn();
    element.addEventListener('close', (event) => closed((event as CustomEvent).detail));
    inside(element, '[data-id="a0R1"]').click();
    inside(element, '[data-action="close"]').click();
    expect(closed.mock.calls).toEqual([['a0R1'], [null]]);
  });

  it('says that values are for administrators where the reader sees none', async () => {
    const element = await show(of([nodeOf(REPORT)]));
    expect(textOf(element)).toContain('The values that were written are visible to administrators only');
    await expect(element).toBeAccessible();
  });

  it('reads earlier reports by a press', async () => {
    const reports = Array.from({ length: 25 }, (_, index) => nodeOf({ ...WELL, id: `a0R${index}` }));
    const element = await show(of(reports));
    inside(element, '[data-action="earlier"]').click();
    await settled();
    expect(String(wire.getLastConfig()?.query)).toContain('Integration_Report__c(first: 50');
  });

  it('waits, says that no report is there, and what went wrong', async () => {
    const element = await show();
    expect(inside(element, 'lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
    wire.emit(of([]));
    await settled();
    expect(textOf(element)).toContain('No report is about this record.');
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
    await expect(element).toBeAccessible();
  });
});
