// Refusals that name no field, as an org's page-level rules and its refusals of owners do: what they are about is left out and
// reported, and everything else is written (M32).
import { expect } from '@jest/globals';
import { conditionOf } from '../../salesforce/validation.ts';
import { until } from '../../helpers/until.ts';
import type { SpecStack, SpecRow } from '../specStack.ts';

/** With a validation rule whose message stands at the top of the page, so that it names no field. */
async function ruled(
  { stack }: SpecStack,
  { object, condition, message }: { object: string; condition: string; message: string },
  run: () => Promise<void>,
): Promise<void> {
  const { validation } = stack.org.org;
  const name = 'NoField';
  validation.install({ object, name, active: true, condition: conditionOf(condition), message });
  try {
    await run();
  } finally {
    validation.remove(object, name);
  }
}

export const ROWS: SpecRow[] = [
  {
    id: 'M29, M32',
    promise:
      'the Task of a rep whose Salesforce user is inactive is created for the connected user, and the row says why',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { org, users } = stack.org;
      const { ProfileId = null } = org.get('User', users.admin.id) ?? {};
      const left = org.transact({ user: users.admin.id, origin: '' }, (tx) =>
        tx.create('User', {
          ...{ Username: 'left@example.com', Email: 'left@example.com', LastName: 'Left', Alias: 'left' },
          ...{ ProfileId, IsActive: false, TimeZoneSidKey: 'America/Chicago', LocaleSidKey: 'en_US' },
          ...{ EmailEncodingKey: 'UTF-8', LanguageLocaleKey: 'en_US' },
        }),
      );
      const { reps } = stack.sellfire.dialer;
      const rep = {
        id: 'rep_inactive',
        name: 'Left',
        email: 'left@example.com',
        role: 'rep',
        state: 'active',
      } as const;
      reps.add({ ...rep, sf_owner_id: left });
      const { id, lead } = await story.fromSellfire();
      desk.logEmail(lead.id, { rep_id: rep.id, notes: 'Sent the offer.' });
      const task = await until('the Task', () => org.find('Task', { WhoId: id })[0]);
      expect(task).toMatchObject({ Description: 'Sent the offer.', OwnerId: users.integration.id });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
      expect(row).toMatchObject({ Event__c: 'Activity', Code__c: 'INACTIVE_OWNER_OR_USER' });
      expect(row?.['Changes__c']).toContain('OwnerId');
    },
  },
  {
    id: 'M29, M32',
    promise: 'a Task that a rule refuses without naming the field is created without that field alone',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      const rule = { object: 'Task', condition: 'CallDurationInSeconds > 3000', message: 'That is too long.' };
      await ruled(spec, rule, async () => {
        desk.logCall(lead.id, { outcome: 'gatekeeper', notes: 'Long.', conference_duration: 3601 });
        await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Code__c = 'FIELD_CUSTOM_VALIDATION_EXCEPTION'`);
        await story.quiet();
      });
      expect(stack.org.org.find('Task', { WhoId: id })).toMatchObject([
        { Description: 'Long.', CallDurationInSeconds: null, CallDisposition: 'Gatekeeper', CallType: 'Outbound' },
      ]);
    },
  },
  {
    id: 'M17, M32',
    promise: 'a lead that a rule refuses without naming the field is created, with everything but that field',
    async run(spec) {
      const { story } = spec;
      const rule = { object: 'Lead', condition: 'Title = "Hermit"', message: 'We do not sell to those.' };
      await ruled(spec, rule, async () => {
        const { id, lead } = await story.fromSellfire({
          title: 'Hermit',
          city: 'Austin',
          website: 'https://a.example',
        });
        await story.salesforceHas(id, { City: 'Austin', Title: null });
        const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
        expect(rows).toMatchObject([{ Reason__c: expect.stringContaining('We do not sell to those.') }]);
        expect(rows[0]?.['Changes__c']).toContain('Title');
      });
    },
  },
  {
    id: 'M10, M32',
    promise: 'of an update that a rule refuses without naming the field, every other field is written',
    async run(spec) {
      const { story } = spec;
      const { id, lead } = await story.fromSellfire();
      const rule = { object: 'Lead', condition: 'Title = "Hermit"', message: 'We do not sell to those.' };
      await ruled(spec, rule, async () => {
        story.edit(lead.id, { title: 'Hermit', city: 'Waco', last_name: 'Hill' });
        await story.salesforceHas(id, { City: 'Waco', LastName: 'Hill', Title: null });
        const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
        expect(rows).toHaveLength(1);
      });
    },
  },
  {
    id: 'M27, M31',
    promise: 'a row carries the id of its activity, and its repush makes that Task and no other of the same second',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      await story.quiet();
      const rule = { object: 'Task', condition: 'Description = "Second."', message: 'Not that.' };
      await ruled(spec, rule, async () => {
        for (const notes of ['First.', 'Second.', 'Third.']) desk.logEmail(lead.id, { notes });
        await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
        await until('the others', () => stack.org.org.find('Task', { WhoId: id }).length === 2);
      });
      const [row] = await story.query(
        `SELECT Id, @Sellfire_Record_Id__c FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`,
      );
      const [second] = stack.sellfire.dialer.activities.ofLead(lead.id).filter(({ notes }) => notes === 'Second.');
      expect(row?.[story.named('@Sellfire_Record_Id__c')]).toBe(second?.id);
      const parameters = JSON.stringify({ reports: [row?.['Id']] });
      await story.create('@Sync_Request__c', { '@Type__c': 'Repush', '@Parameters__c': parameters });
      await until('all three', () => stack.org.org.find('Task', { WhoId: id }).length === 3);
      expect(
        stack.org.org
          .find('Task', { WhoId: id })
          .map(({ Description }) => Description)
          .toSorted(),
      ).toEqual(['First.', 'Second.', 'Third.']);
    },
  },
];
