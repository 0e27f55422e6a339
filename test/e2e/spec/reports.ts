// What is recorded: activities as Tasks, attempts as report rows, and what none of it costs (M28, M29, M31).
import { expect } from '@jest/globals';
import { until } from '../../helpers/until.ts';
import type { SpecStack, SpecRow } from '../specStack.ts';
import type { Row } from '../story.ts';

/** The Tasks of a record by their Subject, once there are so many. */
async function tasksOf({ stack }: SpecStack, id: string, count: number): Promise<Map<unknown, Row>> {
  const tasks = await until(`${count} Tasks of ${id}`, () => {
    const found = stack.org.org.find('Task', { WhoId: id });
    return found.length >= count ? found : undefined;
  });
  expect(tasks).toHaveLength(count);
  return new Map(tasks.map((task) => [task['Subject'], task]));
}

export const ROWS: SpecRow[] = [
  {
    id: 'M28',
    promise: 'a change in Salesforce comes as an event: it costs no call',
    async run(spec) {
      const { story, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      await story.quiet();
      const { org, users } = stack.org;
      const before = org.usage.apiRequests.used;
      for (const City of ['Austin', 'Waco', 'Reno']) {
        org.transact({ user: users.admin.id, origin: '' }, (transaction) => transaction.update('Lead', id, { City }));
        await story.sellfireHas(lead.id, { city: City });
      }
      await story.quiet();
      expect(org.usage.apiRequests.used).toBe(before);
    },
  },
  {
    id: 'M29',
    promise: 'calls, e-mails, dispositions, moved and deleted events each become one Task, field by field',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      const [rep] = stack.sellfire.dialer.reps.list().filter(({ role }) => role === 'rep');
      const by = { rep_id: rep?.id };
      const [start, moved] = [spec.inDays(2), spec.inDays(4)];
      desk.logCall(lead.id, { ...by, outcome: 'gatekeeper', notes: 'Call after noon.', conference_duration: 61 });
      desk.logEmail(lead.id, { ...by, notes: 'Sent the offer.' });
      const item = desk.plan(lead.id, { ...by, start_time: start });
      desk.reschedule(item.id, { ...by, start_time: moved });
      desk.deleteEvent(item.id, by);
      const tasks = await tasksOf(spec, id, 5);
      const every = { OwnerId: stack.org.users.admin.id, Status: 'Completed', WhoId: id };
      for (const task of tasks.values()) expect(task).toMatchObject(every);
      expect(tasks.get('Call')).toMatchObject({
        CallDurationInSeconds: 61,
        CallDisposition: 'Gatekeeper',
        CallType: 'Outbound',
        Description: 'Call after noon.',
        ActivityDate: new Date().toISOString().slice(0, 10),
        TaskSubtype: 'Call',
        Type: 'Call',
      });
      expect(tasks.get('Email')).toMatchObject({ Description: 'Sent the offer.', TaskSubtype: 'Email', Type: 'Email' });
      const [, month, day] = start.slice(0, 10).split('-').map(Number);
      expect(tasks.get('Disposition')?.['CallDisposition']).toBe(
        `CallbackSet (${month}/${day}/${start.slice(2, 4)} 08:00:00)`,
      );
      for (const subject of ['Event rescheduled', 'Event deleted'])
        expect(Date.parse(String(tasks.get(subject)?.['EventDateTime__c']))).toBe(Date.parse(moved));
    },
  },
  {
    id: 'M31',
    promise:
      'each attempt is one row: when, which way, what, of which records, why, and field by field before and after',
    async run(spec) {
      const { story } = spec;
      const { id, lead } = await story.fromSellfire({ title: 'Clerk' });
      const began = Date.now();
      story.edit(lead.id, { title: 'Director', city: 'x'.repeat(60) });
      await until('both are reported', async () => {
        const rows = await story.query(
          `SELECT Id FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${lead.id}'`,
        );
        return rows.length >= 3;
      });
      await story.quiet();
      const columns = [
        'Occurred_At',
        'Direction',
        'Event',
        'Outcome',
        'Code',
        'Reason',
        'Changes',
        'Salesforce_Object',
      ];
      const rows = await story.query(
        `SELECT ${columns.map((name) => `@${name}__c`).join(', ')} FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${lead.id}' AND @Salesforce_Record_Id__c = '${id}' AND @Event__c = 'LeadUpdated' ORDER BY @Outcome__c`,
      );
      expect(rows).toMatchObject([
        {
          Direction__c: 'ToSalesforce',
          Outcome__c: 'Failed',
          Code__c: 'STRING_TOO_LONG',
          Reason__c: expect.stringContaining('City'),
          Salesforce_Object__c: 'Lead',
        },
        { Direction__c: 'ToSalesforce', Outcome__c: 'Success', Code__c: null, Salesforce_Object__c: 'Lead' },
      ]);
      expect(JSON.parse(String(rows[1]?.['Changes__c']))).toEqual([
        { field: 'Title', before: 'Clerk', after: 'Director', by: { side: 'sellfire', id: expect.any(String) } },
      ]);
      for (const row of rows) expect(Math.abs(Date.parse(String(row['Occurred_At__c'])) - began)).toBeLessThan(60_000);
    },
  },
  {
    id: 'M31',
    promise: 'a row says who made each change that was carried: the user in Salesforce, the rep in Sellfire',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire({ title: 'Clerk' });
      const changes = async (after: string): Promise<unknown> => {
        const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'LeadUpdated'`);
        return rows.flatMap((row) => JSON.parse(String(row['Changes__c'] ?? '[]'))).find((one) => one.after === after);
      };
      desk.editLead(lead.id, { title: 'Director' }, { rep_id: 'rep_02' });
      const byRep = await until('the rep’s edit is reported', () => changes('Director'));
      expect(byRep).toMatchObject({ field: 'Title', by: { side: 'sellfire', id: 'rep_02' } });
      await story.update('Lead', id, { Title: 'Owner' });
      const byUser = await until('the user’s edit is reported', () => changes('Owner'));
      expect(byUser).toMatchObject({ field: 'title', by: { side: 'salesforce', id: stack.org.users.admin.id } });
    },
  },
];
