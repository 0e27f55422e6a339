// Bad days at the mapping editor: each has words for the admin, and nothing that was chosen is lost (M2, M9).
import assert from 'node:assert/strict';
import type { Route } from 'playwright-core';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';
import { connectInBrowser } from './connect.ts';
import { mappings } from './map.ts';
import { syncState } from './start.ts';

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

/**
 * It is saved. The bridge writes its verdict into a mapping within seconds of each change; a save that crosses it is refused and made
 * again by the page, and the browser counts the first as failed.
 */
export async function isSaved({ admin }: Workplace): Promise<void> {
  await admin.reads(/was saved\. It governs changes from now on\./);
  admin.isQuiet([/\b412\b/]);
}

/** What the page reads by itself waits until then, so that what the admin does is the first to meet a session that has ended. */
async function withoutReads({ admin: { page } }: Workplace, act: () => Promise<void>): Promise<void> {
  const { promise: done, resolve } = Promise.withResolvers<undefined>();
  const isRead = (route: Route): boolean =>
    route.request().method() === 'GET' || route.request().url().includes('/graphql');
  await page.route('**/services/data/**', async (route) => {
    if (isRead(route)) await done;
    await route.continue();
  });
  await act();
  resolve(undefined);
  await page.unrouteAll({ behavior: 'wait' });
}

/** The platform's own words over the page, which lead to the login and back. */
export async function signsInAgain(at: Workplace): Promise<void> {
  const { page } = at.admin;
  await at.admin.press('Log In', page.getByRole('alertdialog', { name: 'Your session has ended' }));
  await at.admin.signIn(at.stack.org.users.administrator.username);
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
        await admin.reads(/was changed while you edited it; .* nothing that you chose is lost\./);
        admin.isQuiet([/\b412\b/]);
        await at.look('bad-day-conflict');
        assert.equal(await ruleOf(at, id), 'DoNotSync');
        await admin.press('Save my choice');
        await isSaved(at);
        assert.equal(await ruleOf(at, id), 'AlwaysSellfire');
      },
    },
    {
      name: 'the editor is closed by a slip: nothing is lost before somebody says so',
      async run(at) {
        const { admin } = at;
        await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Two-way sync/);
        await admin.page.keyboard.press('Escape');
        await admin.reads(/What you chose is not saved: Edit .*City/);
        await at.look('bad-day-unsaved');
        await admin.press('Keep editing');
        assert.equal(await admin.dialog.getByRole('radio', { name: /Two-way sync/ }).isChecked(), true);
        await admin.press('Cancel');
        await admin.press('Discard');
        await admin.page.waitForFunction(() => document.querySelectorAll('[role="dialog"]').length === 0);
        assert.equal(await admin.page.getByText('You left a mapping before it was saved').count(), 0);
      },
    },
    {
      name: 'going back in the browser leaves the editor: nobody is asked on another page, and the choice is offered on coming back',
      async run(at) {
        const { admin } = at;
        await admin.openTab('Home');
        await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Two-way sync/);
        await admin.page.goBack();
        await admin.reads('Why is a record (not) in sync?');
        await admin.stands();
        assert.equal(await admin.dialog.count(), 0);
        await admin.page.goForward();
        await admin.reads(/You left a mapping before it was saved: Edit .*City/);
        await admin.press('Discard');
      },
    },
    {
      name: 'another admin deletes the mapping during its preview: a second Save makes it anew with what was chosen',
      async run(at) {
        const { admin, story } = at;
        const id = await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Two-way sync/);
        await goes(at, 1);
        await story.remove('@Field_Mapping__c', id);
        await admin.press('Save');
        await admin.reads(
          'Somebody deleted this mapping meanwhile. Save again to create it anew; what you chose is kept.',
        );
        admin.isQuiet([/\b404\b/]);
        await at.look('bad-day-deleted');
        await admin.press('Save');
        await isSaved(at);
        const anew = await mappings(at, `WHERE @Salesforce_Object__c = 'Lead' AND @Salesforce_Field__c = 'City'`);
        assert.deepEqual(
          anew.map((row) => [row['Id'] === id, row['Sync_Rule__c']]),
          [[false, 'TwoWay']],
        );
      },
    },
    {
      name: 'the rights of the admin are taken away while the editor is open: it says so, and saves once they are back',
      async run(at) {
        const { admin, stack } = at;
        const id = await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Always use Sellfire/);
        const assignments = stack.org.org.find('PermissionSetAssignment', {
          AssigneeId: stack.org.users.administrator.id,
        });
        const given = stack.admin.sobject('PermissionSetAssignment');
        for (const one of assignments) await given.destroy(String(one['Id']));
        await goes(at, 1);
        await admin.press('Save');
        await admin.reads(/Salesforce did not save it: You do not have access/);
        admin.isQuiet([/\b400\b/]);
        await at.look('bad-day-rights');
        assert.equal(await ruleOf(at, id), 'TwoWay');
        for (const { AssigneeId, PermissionSetId } of assignments)
          await given.create({ AssigneeId: String(AssigneeId), PermissionSetId: String(PermissionSetId) });
        await admin.press('Save');
        await isSaved(at);
        assert.equal(await ruleOf(at, id), 'AlwaysSellfire');
      },
    },
    {
      name: 'the session ends while the editor is open: whoever signs in again goes on with the choice',
      async run(at) {
        const { admin, stack } = at;
        const id = await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Two-way sync/);
        await goes(at, 1);
        await withoutReads(at, async () => {
          stack.org.org.sessions.closeUser(stack.org.users.administrator.id);
          await admin.press('Save');
        });
        await admin.reads(/Your session has ended\. Sign in again in this tab/);
        assert.equal(await ruleOf(at, id), 'AlwaysSellfire');
        await signsInAgain(at);
        admin.isQuiet([/\b401\b/]);
        await admin.reads(/You left a mapping before it was saved: Edit .*City/);
        await at.look('bad-day-session');
        await admin.press('Keep editing');
        await admin.press('Save');
        await isSaved(at);
        assert.equal(await ruleOf(at, id), 'TwoWay');
      },
    },
    {
      name: 'the bridge is away during a preview: the mapping is saved without it, and holds once the bridge is back',
      async run(at) {
        const { admin, stack, story } = at;
        const { id: lead, lead: known } = await story.fromSalesforce();
        const id = await edits(at, 'City');
        await goes(at, 2);
        await admin.choose(/Always use Sellfire/);
        await stack.bridge.kill();
        await goes(at, 1);
        await admin.reads('The bridge is asked for a preview. You can save without waiting for it.');
        await at.look('bad-day-bridge-away');
        await admin.press('Save');
        await isSaved(at);
        assert.equal(await ruleOf(at, id), 'AlwaysSellfire');
        await stack.bridge.start();
        story.edit(known.id, { city: 'Waco' });
        await story.salesforceHas(lead, { City: 'Waco' });
      },
    },
    {
      name: 'the bridge is away while an option is created: the request waits, and is done once the bridge is back',
      async run(at) {
        const { admin, stack, story } = at;
        const by = { kind: 'enablement' as const, id: null, request_id: null };
        stack.sellfire.dialer.catalogue.addField(
          { object: 'lead', name: 'custom_oven', label: 'Oven', type: 'select', options: ['Thin'] },
          by,
        );
        await at.addPicklist('Lead', 'Oven__c', 'Oven', ['Thin', 'Thick']);
        await story.reloaded(() => story.map(['custom_oven', 'Lead', 'Oven__c', 'TwoWay']));
        await admin.visit('/lightning/n/Sellfire_Field_Mappings');
        await admin.stands();
        await stack.bridge.kill();
        await admin.press('Inspect', admin.row(/^Oven/));
        await admin.press('Create the missing one');
        await admin.reads('Waiting for the bridge.');
        await admin.reads('The bridge has not begun yet. If its status is silent, start it; the request waits.');
        await at.look('bad-day-inspect-bridge-away');
        await stack.bridge.start();
        await admin.reads('Sellfire has every value of the picklist.');
        assert.deepEqual(stack.sellfire.dialer.catalogue.get('lead', 'custom_oven').options, ['Thin', 'Thick']);
        await at.look('bad-day-inspect-bridge-back');
        await admin.closeDialog();
      },
    },
    {
      name: 'the bridge is away during Connect: the dialog says what to do, and Connect works once the bridge is back',
      async run(at) {
        const { admin, stack, story } = at;
        await story.asked('Disconnect');
        await syncState(at, 'Disconnected');
        await stack.bridge.kill();
        await admin.openTab('Home');
        await admin.press('Connect');
        await admin.reads(
          /If the tab cannot be reached, the bridge does not run: have it started, then press Connect again\./,
        );
        await at.look('bad-day-connect');
        const page = await admin.follow('Open the bridge');
        assert.equal(await page.getByRole('heading', { name: 'Connect Salesforce' }).count(), 0);
        await page.close();
        admin.isQuiet([/ERR_CONNECTION_REFUSED/]);
        at.stack.bridge.launch();
        await at.bridgeAnswers();
        await admin.press('Connect');
        await connectInBrowser(at);
        await syncState(at, 'Running');
        await admin.reads('Sync on');
      },
    },
  ],
};
