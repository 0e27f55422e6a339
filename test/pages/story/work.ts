// What an admin does once leads travel: maps a custom field on real records, mends its options, applies it, sets the settings
// (M3, M7, M9, M19).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';
import { mappings } from './map.ts';

const CRUSTS = ['Thin', 'Thick'];
const IN_SALESFORCE = ['Thin', 'Thick', 'Stuffed', 'Gluten free', 'Deep dish'];

/** In Sellfire, of the leads whose Salesforce Lead has one. */
async function crusts({ stack, story }: Workplace): Promise<unknown[]> {
  const rows = await story.query('SELECT @Sellfire_Lead_Id__c FROM Lead WHERE Crust__c != null');
  const ids = rows.map((row) => String(row[story.named('@Sellfire_Lead_Id__c')]));
  return ids.map((id) => stack.sellfire.dialer.leads.get(id).fields['custom_crust'] ?? null).toSorted();
}

export const WORK: Chapter = {
  name: 'Custom fields',
  steps: [
    {
      name: 'a custom field of each system is on the page as soon as it is there',
      async run(at) {
        const { stack, story } = at;
        const by = { kind: 'enablement' as const, id: null, request_id: null };
        stack.sellfire.dialer.catalogue.addField(
          { object: 'lead', name: 'custom_crust', label: 'Crust', type: 'select', options: CRUSTS },
          by,
        );
        await at.addPicklist('Lead', 'Crust__c', 'Crust', IN_SALESFORCE);
        await until('the bridge has mirrored the field', async () => {
          const rows = await story.query("SELECT Id FROM @Sellfire_Field__c WHERE @Key__c = 'lead.custom_crust'");
          return rows.length === 1;
        });
        await story.fromSalesforce({ Crust__c: 'Thin' });
        await story.fromSalesforce({ Crust__c: 'Thick' });
      },
    },
    {
      name: 'the custom field is mapped, and a preview shows what it would do to real records',
      async run(at) {
        const { admin } = at;
        // The browser remembers what Setup says of an object until the page is loaded anew.
        await admin.visit('/lightning/n/Sellfire_Field_Mappings');
        await admin.stands();
        await admin.press('Map Custom Field');
        await admin.press('Next');
        await admin.pick('Sellfire field', 'crust', /Crust/);
        await admin.pickObject('Lead');
        await admin.pick('Salesforce field', 'crust', /Crust/);
        await at.look('editor-custom-what');
        await admin.press('Next');
        await admin.choose(/Always use Salesforce unless blank/);
        await admin.press('Next');
        await admin.reads(/Of \d+ linked records 2 would differ from now\./);
        await at.look('editor-custom-check');
        assert.equal((await mappings(at, "WHERE @Sellfire_Field__c = 'custom_crust'")).length, 0);
        assert.deepEqual(await crusts(at), [null, null]);
        await admin.press('Save and apply to existing');
        await admin.reads('A mapping governs later changes only.');
        await at.look('apply-before');
        await admin.press('Count first');
        await admin.reads(/2 would differ from now/);
        await at.look('apply-counted');
        await admin.press('Apply to 2 records');
        await admin.reads(/Done|2 of 2|applied/);
        await at.look('apply-done');
        await admin.closeDialog();
        assert.deepEqual(await crusts(at), ['Thick', 'Thin']);
      },
    },
    {
      name: 'the inspector names the missing options, creates one, then all',
      async run(at) {
        const { admin, stack } = at;
        const options = (): readonly string[] => stack.sellfire.dialer.catalogue.get('lead', 'custom_crust').options;
        await admin.reads(/Sellfire lacks/);
        await admin.press('Inspect', admin.row(/^Crust/));
        await admin.reads('3 of 5 values are missing in Sellfire. Until they are created, Sellfire refuses them.');
        await at.look('inspect');
        await admin.press('Create', admin.row(/Stuffed/));
        await admin.reads('2 of 5 values are missing in Sellfire. Until they are created, Sellfire refuses them.');
        assert.ok(options().includes('Stuffed'));
        await at.look('inspect-one');
        await admin.press('Create all 2');
        await admin.reads('Sellfire has every value of the picklist.');
        assert.deepEqual(options().toSorted(), IN_SALESFORCE.toSorted());
        await at.look('inspect-all');
        await admin.closeDialog();
        await until('the status has followed', async () => {
          const [row] = await mappings(at, "WHERE @Sellfire_Field__c = 'custom_crust'");
          return row?.['Status__c'] === 'Ok' && !row['Status_Reason__c'];
        });
      },
    },
    {
      name: 'settings are changed and saved, and the bridge obeys',
      async run(at) {
        const { admin, stack, story } = at;
        await admin.openTab('Settings');
        await admin.tick('Create in Sellfire');
        await admin.write('Keep Reports (Days)', '30');
        await admin.reads('2 unsaved changes');
        await at.look('settings-changed');
        await story.reloaded(() => admin.press('Save'));
        await admin.reads(/The settings are saved/);
        const [row] = (await story.query('SELECT @Report_Days__c, @Create_In_Sellfire__c FROM @Sync_Settings__c')).map(
          (one) => story.plain(one),
        );
        assert.deepEqual([row?.['Report_Days__c'], row?.['Create_In_Sellfire__c']], [30, false]);
        const phone = story.phone();
        await story.create('Lead', { LastName: 'Unsent', Company: 'Unsent', Phone: phone });
        await story.quiet();
        assert.equal(stack.sellfire.dialer.leads.findByPhone(phone), undefined);
        await admin.tick('Create in Sellfire');
        await story.reloaded(() => admin.press('Save'));
      },
    },
  ],
};
