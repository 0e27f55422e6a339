// Dropdowns and picklists that name one thing differently (M7, M8): each side keeps its own form, and people see words, not codes.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { fieldDef } from '../salesforce/fields.ts';
import { Story } from './story.ts';

let stack: Stack;
let story: Story;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  const { org } = stack.org;
  const values = [
    ['1', 'Landscaping'],
    ['2', 'Legal'],
  ].map(([value = '', label = '']) => ({ value, label, active: true, defaultValue: false }));
  org.schema.addField(
    'Lead',
    fieldDef({
      name: 'Trade__c',
      type: 'picklist',
      restrictedPicklist: true,
      picklistValues: values,
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: '1',
    }),
  );
  await mapFields(stack.admin, stack.prefix);
  await mapFields(stack.admin, stack.prefix, [['industry', 'Lead', 'Trade__c', 'TwoWay']]);
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('a state', () => {
  it('that stands by its name in a text is the code in the dropdown, and the text is left as it is', async () => {
    const { id, lead } = await story.fromSalesforce({ State: 'Texas' });
    expect(lead.fields['state']).toBe('TX');
    story.edit(lead.id, { city: 'Waco' });
    await story.salesforceHas(id, { City: 'Waco', State: 'Texas' });
    await story.update('Lead', id, { State: 'new mexico' });
    await story.sellfireHas(lead.id, { state: 'NM' });
  }, 60_000);
});

describe('a picklist whose labels are not its values', () => {
  it('is the option of its label, and an option is sent as its value', async () => {
    const { id, lead } = await story.fromSalesforce({ Trade__c: '2' });
    expect(lead.fields['industry']).toBe('Legal');
    story.edit(lead.id, { industry: 'Landscaping' });
    await story.salesforceHas(id, { Trade__c: '1' });
    await story.quiet();
    await story.sellfireHas(lead.id, { industry: 'Landscaping' });
  }, 60_000);
});
