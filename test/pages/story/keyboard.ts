// The Field Mappings page by the keys alone, and where the focus is once a dialog has closed (M2–M9).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import { isSaved } from './badDays.ts';
import type { Chapter } from './chapter.ts';
import { mappings } from './map.ts';

const ROW = /^Actions for City .*Lead/;

/** Every dialog has gone, with its fading. */
async function shut({ admin }: Workplace): Promise<void> {
  await until('no dialog is open', async () => (await admin.dialog.count()) === 0);
}

/** A dialog stands, and has the focus: keys go to it from then on. */
async function opened({ admin }: Workplace): Promise<void> {
  await until('the dialog has the focus', async () => (await admin.dialog.locator(':focus').count()) > 0);
}

/** By the keys, from the menu of a row. */
async function choosesFromMenu(at: Workplace, item: string): Promise<void> {
  const { admin } = at;
  await admin.page.getByRole('button', { name: ROW }).focus();
  await admin.keys('Enter');
  // The focus comes to the menu, and to its next item, a moment after the key.
  const focused = admin.page.getByRole('menuitem').and(admin.page.locator(':focus'));
  const words = async (): Promise<string> => ((await focused.count()) > 0 ? (await focused.innerText()).trim() : '');
  await until('the menu has the focus', async () => (await words()) !== '');
  for (let press = 0; press < 5; press += 1) {
    const before = await words();
    if (before === item) break;
    await admin.keys('ArrowDown');
    await until('the focus is on the next item', async () => !['', before].includes(await words()));
  }
  await admin.keys('Enter');
  await opened(at);
}

export const KEYBOARD: Chapter = {
  name: 'Keyboard',
  steps: [
    {
      name: 'a mapping is edited by the keys alone: menu, steps, field lists, rules, Save',
      async run(at) {
        const { admin, story } = at;
        // Whatever the chapters before have made of it.
        const [city] = await mappings(at, "WHERE @Sellfire_Field__c = 'city' AND @Salesforce_Object__c = 'Lead'");
        await story.update('@Field_Mapping__c', String(city?.['Id']), { '@Sync_Rule__c': 'TwoWay' });
        for (const row of await mappings(at, "WHERE @Salesforce_Object__c = 'Lead' AND @Salesforce_Field__c = 'Fax'"))
          await story.remove('@Field_Mapping__c', String(row['Id']));
        await admin.openTab('Field Mappings');
        // Nothing that the page has read before.
        await admin.page.reload();
        await admin.reads(/^System fields \((\d+) of \1\)/);
        await choosesFromMenu(at, 'Edit');
        await admin.tabTo('Next');
        await admin.keys('Enter');
        await admin.tabTo('Salesforce field');
        await admin.page.keyboard.type('description');
        await admin.dialog.getByRole('option', { name: /^Description/ }).waitFor();
        await admin.keys('Escape');
        await until('the list is shut', async () => (await admin.dialog.getByRole('option').count()) === 0);
        assert.equal(await admin.dialog.count(), 1, 'Escape has closed the dialog with the list');
        await admin.page.keyboard.type('fax');
        await admin.dialog.getByRole('option', { name: /^Fax Fax/ }).waitFor();
        await admin.keys('Enter');
        await admin.reads(/Fax · Phone \(40\)/);
        await admin.tabTo('Next');
        await admin.keys('Enter');
        await opened(at);
        await admin.tabTo(/Two-way sync/);
        await admin.keys('ArrowUp');
        assert.equal(await admin.dialog.getByRole('radio', { name: /Always use Sellfire/ }).isChecked(), true);
        await admin.tabTo('Next');
        await admin.keys('Enter');
        await opened(at);
        await admin.keys('Escape');
        await admin.reads(/What you chose is not saved/);
        await admin.tabTo('Keep editing');
        await admin.keys('Enter');
        await admin.tabTo('Save');
        await admin.keys('Enter');
        await isSaved(at);
        const [row] = await mappings(at, "WHERE @Sellfire_Field__c = 'city'");
        assert.deepEqual([row?.['Salesforce_Field__c'], row?.['Sync_Rule__c']], ['Fax', 'AlwaysSellfire']);
        await shut(at);
        await admin.hasFocus(ROW);
      },
    },
    {
      name: 'the focus comes back to what opened a dialog, however it is closed',
      async run(at) {
        const { admin } = at;
        for (const item of ['Edit', 'Apply to existing records', 'Delete']) {
          await choosesFromMenu(at, item);
          await admin.keys('Escape');
          await shut(at);
          await admin.hasFocus(ROW);
        }
        for (const name of ['Inspect', 'Map System Field', 'Map Custom Field', 'Recommended set']) {
          await admin.page.getByRole('button', { name, exact: true }).first().focus();
          await admin.keys('Enter');
          await opened(at);
          await admin.keys('Escape');
          await shut(at);
          await admin.hasFocus(name);
        }
      },
    },
    {
      name: 'the dialog has the focus while the bridge is asked, and Escape closes it',
      async run(at) {
        const { admin } = at;
        await choosesFromMenu(at, 'Apply to existing records');
        await admin.tabTo('Count first');
        await admin.keys('Enter');
        // Alone, no record is linked; after the other chapters, some are.
        await admin.reads(/No record is linked yet|linked records? (\d|would|hold)/);
        await opened(at);
        await admin.keys('Escape');
        await shut(at);
        await admin.hasFocus(ROW);
      },
    },
    {
      name: 'the focus comes back after the question about choices that are not saved',
      async run(at) {
        const { admin } = at;
        await choosesFromMenu(at, 'Edit');
        await admin.tick(/Sale/);
        await admin.keys('Escape');
        await admin.reads(/What you chose is not saved/);
        await admin.tabTo('Discard');
        await admin.keys('Enter');
        await shut(at);
        await admin.hasFocus(ROW);
      },
    },
  ],
};
