// From mapped fields to the first lead that travels by itself: the counts, Start, both directions, the test record (M1, B20).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Workplace } from '../workplace.ts';
import type { Chapter } from './chapter.ts';

/** What Home says of the sync is in the org as well. */
export const syncState = (at: Workplace, state: string): Promise<unknown> =>
  until(`the bridge is ${state}`, async () => {
    const [row] = await at.story.query('SELECT Sync_State__c FROM Bridge_Status__c');
    return row?.['Sync_State__c'] === state;
  });

export const START: Chapter = {
  name: 'Start',
  steps: [
    {
      name: 'a right that is taken away is named, and found again when it is given back',
      async run(at) {
        const { admin, stack, story } = at;
        const where = `AssigneeId = '${stack.org.users.integration.id}' AND PermissionSet.Name = 'Local_Integration'`;
        const [assignment] = await story.query(
          `SELECT Id, PermissionSetId FROM PermissionSetAssignment WHERE ${where}`,
        );
        assert.ok(assignment);
        await story.remove('PermissionSetAssignment', String(assignment['Id']));
        await admin.openTab('Home');
        await admin.press('Check again');
        await admin.press('Check the set-up again');
        await admin.reads(/rights|Rights/);
        await at.look('check-rights');
        await admin.closeDialog();
        await admin.reads(/Lead: lacks/);
        await at.look('home-rights-missing');
        await story.create('PermissionSetAssignment', {
          AssigneeId: stack.org.users.integration.id,
          PermissionSetId: assignment['PermissionSetId'],
        });
        await admin.press('Check again');
        await admin.press('Check the set-up again');
        await admin.ended();
        await admin.closeDialog();
        await admin.reads(/Rights of the connected user: (\d+) of \1/);
      },
    },
    {
      name: 'the record pages are said to be activated',
      async run(at) {
        const { admin, story } = at;
        await admin.press('How');
        await admin.reads('In Setup, open Lightning App Builder and then Sellfire Lead Page.');
        await at.look('activate-pages');
        await admin.press('They are activated');
        await admin.reads('Set-up: 6 of 8');
        const [settings] = await story.query('SELECT @Pages_Activated__c FROM @Sync_Settings__c');
        assert.equal(settings?.[story.named('@Pages_Activated__c')], true);
      },
    },
    {
      name: 'the counts come before Start, and nothing is written until then',
      async run(at) {
        const { admin, stack, story } = at;
        const phone = story.phone();
        await story.create('Lead', { LastName: 'Early', Company: 'Early Ltd', Phone: phone });
        await admin.press('Start');
        await admin.press('Count');
        await admin.reads('1 record has no counterpart.');
        await at.look('start-counts');
        assert.equal(stack.sellfire.dialer.leads.findByPhone(phone), undefined);
        await admin.press('Start');
        await admin.ended();
        await at.look('start-done');
        await admin.closeDialog();
        await syncState(at, 'Running');
        await admin.reads('Sync on');
        await story.arrival(phone);
      },
    },
    {
      name: 'a lead made in Sellfire arrives in Salesforce by itself, and a change made there goes back',
      async run(at) {
        const { stack, story } = at;
        const { id, lead } = await story.fromSellfire({ state: 'TX', city: 'Austin' });
        await story.salesforceHas(id, { LastName: 'Sand', State: 'TX', City: 'Austin' });
        await story.update('Lead', id, { FirstName: 'Ada' });
        await story.sellfireHas(lead.id, { first_name: 'Ada' });
        story.edit(lead.id, { city: 'Dallas' });
        await story.salesforceHas(id, { City: 'Dallas' });
        assert.equal(stack.sellfire.dialer.leads.find(lead.id)?.salesforce.lead_id, id);
      },
    },
    {
      name: 'one test lead makes the round trip',
      async run(at) {
        const { admin, stack } = at;
        await admin.press('Run the test');
        await at.look('test-before');
        await admin.press('Run the test');
        await admin.reads('What happened');
        await admin.reads('Retired: nobody calls it · Passed');
        await at.look('test-passed');
        await admin.closeDialog();
        await admin.reads('The set-up is complete.');
        const lead = stack.sellfire.dialer.leads.findByPhone('+12025550143');
        assert.match(String(lead?.fields['phase']), /^Retired/);
        await at.look('home-working');
      },
    },
  ],
};
