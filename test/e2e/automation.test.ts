// Automations of the customer's org that set a mapped field in the bridge's own transaction (F29): what stands in Salesforce then is
// what both sides hold.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { element, filter, onSave, ref, sets } from '../salesforce/tests/flowFiles.ts';
import { deploy } from '../salesforce/tests/packages.ts';
import { Story } from './story.ts';

let stack: Stack;
let story: Story;

/** A flow of the customer: where a Lead is saved with the city, fields are set. */
const onCity = (city: string, to: Parameters<typeof sets>[0], trigger = 'Update'): string =>
  onSave(
    'Lead',
    'Set',
    element('recordUpdates', 'Set', `${sets(to)}<inputReference>$Record</inputReference>`),
    trigger,
    `<filterLogic>and</filterLogic>${filter('City', 'EqualTo', city)}`,
  );

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await deploy(stack.org.org, {
    'flows/Reset.flow': onCity('Dallas', { City: 'Austin' }),
    'flows/Revert.flow': onCity('Houston', { City: ref('$Record__Prior.City') }),
    'flows/Normalise.flow': onCity('waco', { City: 'Waco' }),
    'flows/Blank.flow': onCity('Nowhere', { City: '' }),
    'flows/BornElsewhere.flow': onCity('Macon', { City: 'Athens' }, 'Create'),
    'flows/BornBlank.flow': onCity('Savannah', { Title: '' }, 'Create'),
    'flows/BornBare.flow': onCity('Augusta', { City: '' }, 'Create'),
  });
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('a flow of the org that sets a mapped field as the bridge writes it', () => {
  it.each([
    ['to the value of an earlier edit', ['Austin', 'Tyler', 'Dallas'], 'Austin'],
    ['to the value that stood there before', ['Plano', 'Houston'], 'Plano'],
    ['to another spelling', ['Frisco', 'waco'], 'Waco'],
    ['to a blank', ['Nowhere'], null],
    ['to a blank after another value', ['Frisco', 'Nowhere'], null],
  ])(
    '%s decides for both sides',
    async (_, edits, stands) => {
      const { id, lead } = await story.fromSellfire();
      for (const [index, city] of edits.entries()) {
        story.edit(lead.id, { city });
        if (index < edits.length - 1) await story.salesforceHas(id, { City: city });
      }
      await story.sellfireHas(lead.id, { city: stands });
      expect(stack.org.org.get('Lead', id)).toMatchObject({ City: stands });
      // The last word stays: a later edit goes both ways as before.
      story.edit(lead.id, { city: 'Paris' });
      await story.salesforceHas(id, { City: 'Paris' });
    },
    60_000,
  );

  it.each([
    ['another value', 'Macon', { city: 'Athens', title: 'Owner' }],
    ['a blank in another field', 'Savannah', { city: 'Savannah', title: null }],
    ['a blank in the same field', 'Augusta', { city: null, title: 'Owner' }],
  ])(
    'as the Lead is created, to %s, decides for both sides',
    async (_, city, stands) => {
      const { id, lead } = await story.fromSellfire({ city, title: 'Owner' });
      await story.sellfireHas(lead.id, stands);
      expect(stack.org.org.get('Lead', id)).toMatchObject({ City: stands.city, Title: stands.title });
    },
    60_000,
  );
});
