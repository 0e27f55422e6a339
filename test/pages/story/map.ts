// The field mappings: the phone by hand, the rest from the recommended set, and a custom field with a preview (M2–M6, B29).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';

/** Of the mappings in the org. */
export async function mappings({ story }: Workplace, where = ''): Promise<Record<string, unknown>[]> {
  const columns = ['Sellfire_Field', 'Salesforce_Object', 'Salesforce_Field', 'Sync_Rule', 'Status', 'Status_Reason'];
  const rows = await story.query(
    `SELECT Id, ${columns.map((name) => `@${name}__c`).join(', ')} FROM @Field_Mapping__c ${where}`,
  );
  return rows.map((row) => story.plain(row));
}

export const MAP: Chapter = {
  name: 'Map the fields',
  steps: [
    {
      name: 'the phone number is mapped in four steps',
      async run(at) {
        const { admin } = at;
        await admin.openTab('Field Mappings');
        await admin.reads('No field is mapped yet');
        await at.look('mappings-empty');
        await admin.press('Map System Field');
        await at.look('editor-when');
        await admin.press('Next');
        await admin.pick('Sellfire field', 'primary phone', /Primary Phone Number/);
        await admin.pickObject('Lead');
        await at.look('editor-what-half');
        await admin.pick('Salesforce field', 'phone', /^Phone/);
        await at.look('editor-what');
        await admin.press('Next');
        await admin.choose(/Two-way sync/);
        await at.look('editor-rule');
        await admin.press('Next');
        await admin.reads('No record is linked yet, so there is nothing to show.');
        await at.look('editor-check');
        await admin.press('Save');
        await admin.reads(/was saved\. It governs changes from now on\./);
        const rows = await until('the bridge has checked the mapping', async () => {
          const found = await mappings(at);
          return found.length === 1 && found[0]?.['Status__c'] ? found : undefined;
        });
        assert.equal(rows[0]?.['Salesforce_Field__c'], 'Phone');
        await admin.reads(/No Lead can be made in Salesforce/);
        await at.look('mappings-one');
      },
    },
    {
      name: 'the recommended mappings are chosen and saved',
      async run(at) {
        const { admin } = at;
        await admin.press('Recommended set');
        await admin.press('Tick all that can be saved');
        await at.look('recommended');
        await admin.press('Save 20 mappings');
        await admin.reads('20 saved, 0 not saved.');
        await at.look('recommended-saved');
        await admin.closeDialog();
        const checked = await until('the bridge has checked them all', async () => {
          const found = await mappings(at);
          return found.length === 21 && found.every((row) => row['Status__c']) && found;
        });
        // Fields of Salesforce that are shorter than Sellfire's say so; nothing else is wrong with what is recommended.
        const issues = checked.filter((row) => row['Status__c'] !== 'Ok').map((row) => String(row['Status_Reason__c']));
        assert.deepEqual(
          issues.filter((reason) => !/takes a length of \d+/.test(reason)),
          [],
        );
        await admin.reads(/21 of 21/);
        await at.look('mappings');
      },
    },
  ],
};
