// Bad days at the mapping editor: each has words for the admin, and nothing that was chosen is lost (M2, M9).
import assert from 'node:assert/strict';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';
import { mappings } from './map.ts';

/** Opens the mapping of a Lead's field in the editor. @returns its id */
async function edits(at: Workplace, field: string): Promise<string> {
  const [row] = await mappings(at, `WHERE @Salesforce_Object__c = 'Lead' AND @Salesforce_Field__c = '${field}'`);
  assert.ok(row);
  await at.admin.openTab('Field Mappings');
  await at.admin.write('Search mappings', field);
  await at.admin.select(/^Actions for .*Lead/, 'Edit');
  return String(row['Id']);
}

/** From the first step of the editor to this one. */
async function goes(at: Workplace, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await at.admin.press('Next');
}

async function ruleOf(at: Workplace, id: string): Promise<unknown> {
  const [row] = await mappings(at, `WHERE Id = '${id}'`);
  return row?.['Sync_Rule__c'];
}

export const BAD_DAYS: Chapter = {
  name: 'Bad days',
  steps: [
    {
      name: 'two admins edit one mapping: both choices stand side by side, and one is chosen',
      async run(at) {
        const { admin, story } = at;
        const id = await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Always use Sellfire/);
        await story.update('@Field_Mapping__c', id, { '@Sync_Rule__c': 'DoNotSync' });
        await goes(at, 1);
        await admin.press('Save');
        await admin.reads(/changed this mapping while you edited it .* nothing that you chose is lost\./);
        admin.isQuiet([/\b412\b/]);
        await at.look('bad-day-conflict');
        assert.equal(await ruleOf(at, id), 'DoNotSync');
        await admin.press('Save my choice');
        await admin.reads(/was saved\. It governs changes from now on\./);
        assert.equal(await ruleOf(at, id), 'AlwaysSellfire');
      },
    },
    {
      name: 'the bridge is away during a preview: the mapping is saved without it, and holds once the bridge is back',
      async run(at) {
        const { admin, stack, story } = at;
        const { id: lead, lead: known } = await story.fromSalesforce();
        const id = await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Two-way sync/);
        await stack.bridge.kill();
        await goes(at, 1);
        await admin.reads('The bridge is asked for a preview. You can save without waiting for it.');
        await at.look('bad-day-bridge-away');
        await admin.press('Save');
        await admin.reads(/was saved\. It governs changes from now on\./);
        assert.equal(await ruleOf(at, id), 'TwoWay');
        await stack.bridge.start();
        await story.update('Lead', lead, { City: 'Waco' });
        await story.sellfireHas(known.id, { city: 'Waco' });
      },
    },
  ],
};
