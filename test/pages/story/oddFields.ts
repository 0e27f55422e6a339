// Fields on bad days: one that is deleted while it is chosen, names as nobody expects them, an object that the admin may not see
// (M2, M7, M8).
import assert from 'node:assert/strict';
import { installSales, SALES_OBJECTS } from '../../salesforce/people.ts';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';
import { mappings } from './map.ts';

const MARKUP = '<b>Bold</b> "quoted" \'n\' <script>window.executed = 1</script> 🍕';
const RIGHT_TO_LEFT = 'اسم الشركة (שם העסק)';
const LONG = `Long-${'x'.repeat(245)}-end`;
const OPTIONS = [MARKUP, RIGHT_TO_LEFT, LONG];

async function addSellfireField({ stack, story }: Workplace, name: string, label: string, options?: string[]) {
  const by = { kind: 'enablement' as const, id: null, request_id: null };
  const type = options ? { type: 'select' as const, options } : { type: 'text' as const };
  stack.sellfire.dialer.catalogue.addField({ object: 'lead', name, label, ...type }, by);
  await until(`${name} is in the org`, async () => {
    const rows = await story.query(`SELECT Id FROM @Sellfire_Field__c WHERE @Key__c = 'lead.${name}'`);
    return rows.length === 1;
  });
}

/** Nothing of a name has become an element of the page, and nothing of it was run. */
async function isText({ admin }: Workplace): Promise<void> {
  assert.equal(await admin.page.evaluate('window.executed'), undefined);
  assert.equal(await admin.page.locator('main b, [role="dialog"] b, main script').count(), 0);
}

/** The page as whoever opens it sees it: what the browser remembers of Setup is read anew. */
async function opens({ admin }: Workplace): Promise<void> {
  await admin.visit('/lightning/n/Sellfire_Field_Mappings');
  await admin.stands();
}

export const ODD_FIELDS: Chapter = {
  name: 'Odd fields',
  steps: [
    {
      name: 'names with markup, from right to left and as long as they can be are text, and fit on a phone',
      async run(at) {
        const { admin, story } = at;
        await addSellfireField(at, 'custom_odd', MARKUP, OPTIONS.slice(0, 1));
        await addSellfireField(at, 'custom_rtl', RIGHT_TO_LEFT);
        await addSellfireField(at, 'custom_long', LONG);
        await at.addPicklist('Lead', 'Odd__c', '<i>Odd</i> & "co"', OPTIONS);
        const mapped = [
          ['custom_odd', 'Odd__c'],
          ['custom_rtl', 'MobilePhone'],
          ['custom_long', 'Fax'],
        ];
        for (const [field, target] of mapped)
          await story.create('@Field_Mapping__c', {
            '@Sellfire_Object__c': 'Lead',
            '@Sellfire_Field__c': field,
            '@Salesforce_Object__c': 'Lead',
            '@Salesforce_Field__c': target,
            '@Sync_Rule__c': 'TwoWay',
            '@On_Create_Update__c': true,
          });
        await opens(at);
        for (const name of [MARKUP, RIGHT_TO_LEFT, LONG, '<i>Odd</i> & "co"']) await admin.reads(name);
        await isText(at);
        await admin.write('Search mappings', 'custom_');
        await admin.write('Search mappings', 'Odd');
        await at.look('odd-names');
        await admin.press('Inspect', admin.row(/Bold/));
        for (const name of OPTIONS) await admin.reads(name);
        await isText(at);
        await at.look('odd-names-inspect');
        await admin.press('Create', admin.row(/^Long-/));
        await admin.reads('One value is missing in Sellfire. Until it is created, Sellfire refuses it.');
        await admin.closeDialog();
      },
    },
    {
      name: 'a preview shows the odd names of businesses and their values as text',
      async run(at) {
        const { admin, story } = at;
        const odd = [MARKUP, LONG, RIGHT_TO_LEFT];
        const ids: string[] = [];
        for (const Company of odd) ids.push((await story.fromSalesforce({ Company })).id);
        // What differs comes first in the preview, however many records there are.
        await story.withoutEvents(odd.length, async () => {
          for (const [index, id] of ids.entries()) await story.update('Lead', id, { Odd__c: odd[index] });
        });
        await admin.select(/^Actions for .*Bold/, 'Edit');
        await admin.press('Next');
        await at.look('odd-names-what');
        await admin.press('Next');
        await at.look('odd-names-rule');
        await admin.press('Next');
        await admin.reads(/linked records/);
        await admin.reads(LONG);
        await isText(at);
        await at.look('odd-names-check');
        await admin.press('Cancel');
      },
    },
    {
      name: 'a field is deleted while it is chosen: Check says so, and the rest of the choice stands',
      async run(at) {
        const { admin, stack } = at;
        await at.addPicklist('Lead', 'Topping__c', 'Topping', ['Thin', 'Thick']);
        await addSellfireField(at, 'custom_topping', 'Topping', ['Thin', 'Thick']);
        await opens(at);
        await admin.press('Map Custom Field');
        await admin.press('Next');
        await admin.pick('Sellfire field', 'topping', /Topping/);
        await admin.pickObject('Lead');
        await admin.pick('Salesforce field', 'topping', /Topping/);
        await admin.press('Next');
        await admin.choose(/Always use Sellfire/);
        stack.org.org.schema.removeField('Lead', 'Topping__c');
        await admin.press('Next');
        await admin.reads(/The field Topping__c of Lead is gone, or hidden from the connected user/);
        await at.look('field-gone-check');
        await admin.press('Cancel');
        await admin.press('Keep editing');
        assert.equal((await mappings(at, "WHERE @Sellfire_Field__c = 'custom_topping'")).length, 0);
        await opens(at);
        await admin.press('Keep editing');
        await admin.reads(/The field Topping__c of Lead is gone, or hidden from you/);
        await admin.press('Back');
        await admin.press('Back');
        await admin.reads(
          'The field Topping__c is gone, or hidden from you. Choose another; the rest of what you chose is kept.',
        );
        await at.look('field-gone-what');
        await admin.pick('Salesforce field', 'fax', /^Fax/);
        await admin.press('Next');
        assert.equal(await admin.dialog.getByRole('radio', { name: /Always use Sellfire/ }).isChecked(), true);
        await admin.press('Cancel');
        await admin.press('Discard');
      },
    },
    {
      name: 'an object that the admin may not see costs its rows their labels, and the rest works',
      async run(at) {
        const { admin, stack } = at;
        installSales(
          stack.org.org,
          SALES_OBJECTS.filter((name) => name !== 'Contact'),
        );
        try {
          await opens(at);
          await admin.reads('Lead · LastName');
          await admin.reads('Contact · LastName');
          // The browser itself reports what was refused.
          admin.isQuiet([/\b400\b/]);
          await at.look('no-access');
          await admin.press('Map System Field');
          await admin.press('Next');
          await admin.pick('Sellfire field', 'email', /Email/);
          await admin.pickObject('Contact');
          await admin.reads('You cannot see Contact. Ask for Read on it, or choose another object.');
          admin.isQuiet([/\b400\b/]);
          await at.look('no-access-what');
          await admin.pickObject('Lead');
          await admin.pick('Salesforce field', 'description', /Description/);
          await admin.press('Next');
          await admin.choose(/Always use Sellfire/);
          await admin.press('Cancel');
          await admin.press('Discard');
        } finally {
          installSales(stack.org.org);
        }
      },
    },
  ],
};
