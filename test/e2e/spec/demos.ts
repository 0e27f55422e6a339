// What belongs to a demo beside its records: which record its Task is of, what it is held up by, which fields fire at it, and what
// follows when it is moved (M4, M19–M22, M29).
import { expect } from '@jest/globals';
import { until } from '../../helpers/until.ts';
import type { SpecStack, SpecRow } from '../specStack.ts';

const OFF = { accountAtDemo: false, opportunityAtDemo: false, connectionUpdate: false };

/** With one more mapping, or without one that there is, while it lasts. */
async function mapped(
  { story, stack }: SpecStack,
  change: { add?: () => Promise<string>; remove?: string },
  run: () => Promise<void>,
): Promise<void> {
  let added: string | undefined;
  let removed: { id: string; rule: unknown } | undefined;
  await story.reloaded(async () => {
    if (change.add) added = await change.add();
    if (change.remove === undefined) return;
    const [row] = await story.query(`SELECT Id, @Sync_Rule__c FROM @Field_Mapping__c WHERE ${change.remove}`);
    removed = { id: String(row?.['Id']), rule: row?.[`${stack.prefix}Sync_Rule__c`] };
    await story.update('@Field_Mapping__c', removed.id, { '@Sync_Rule__c': 'DoNotSync' });
  });
  try {
    await run();
  } finally {
    await story.reloaded(async () => {
      if (added !== undefined) await story.remove('@Field_Mapping__c', added);
      if (removed) await story.update('@Field_Mapping__c', removed.id, { '@Sync_Rule__c': removed.rule });
    });
  }
}

const mappingOf = (sellfire: string, object: string): string =>
  `@Sellfire_Field__c = '${sellfire}' AND @Salesforce_Object__c = '${object}'`;

export const ROWS: SpecRow[] = [
  {
    id: 'M35',
    promise: 'a demo’s Contact and Account show the state, the cycle and the demo, the Account from its creation on',
    async run(spec) {
      const { story, desk } = spec;
      const { lead } = await story.fromSellfire();
      const start = spec.inDays();
      desk.setDemo(lead.id, { start_time: start });
      const account = await spec.accountOf(lead.id);
      const shown = {
        Sellfire_Sync_State__c: 'InSync',
        Sellfire_Cycle__c: 1,
        Sellfire_Next_Event_At__c: new Date(start).toISOString(),
      };
      await spec.has('Contact', String(spec.lead(lead.id).salesforce.contact_id), shown);
      await spec.has('Account', account, shown);
      await story.quiet();
      const [report] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'DemoSet'`);
      expect(report?.['Changes__c']).not.toContain('Sellfire_Cycle__c');
    },
  },
  {
    id: 'M19',
    promise:
      'without creation, demos and sales of linked leads go on; those of others are Skipped rows that are repushed',
    async run(spec) {
      const { story, desk } = spec;
      const { lead } = await story.fromSellfire();
      const phone = story.phone();
      const fields = { primary_phone_number: phone, last_name: 'Sand', business_name: `Beta ${phone}` };
      let unlinked = '';
      await spec.with({ createInSalesforce: false }, async () => {
        spec.sell(lead.id);
        await spec.accountOf(lead.id);
        unlinked = desk.createLead(fields).id;
        spec.sell(unlinked);
        const rows = await until('both are skipped', async () => {
          const found = await story.query(
            `SELECT Id, @Event__c, @Outcome__c, @Code__c FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${unlinked}' AND @Code__c = 'CREATION_OFF' ORDER BY @Event__c`,
          );
          return found.length === 2 ? found : undefined;
        });
        expect(rows.map((row) => story.plain(row))).toMatchObject([
          { Event__c: 'LeadCreated', Outcome__c: 'Skipped' },
          { Event__c: 'Sale', Outcome__c: 'Skipped' },
        ]);
      });
      const [row] = await story.query(
        `SELECT Id FROM @Integration_Report__c WHERE @Sellfire_Lead_Id__c = '${unlinked}' AND @Code__c = 'CREATION_OFF' AND @Event__c = 'Sale'`,
      );
      const parameters = JSON.stringify({ reports: [row?.['Id']] });
      await story.create('@Sync_Request__c', { '@Type__c': 'Repush', '@Parameters__c': parameters });
      await spec.accountOf(unlinked);
    },
  },
  {
    id: 'M20, M29, M35',
    promise:
      'the Task of the demo that moves the link is of the Contact, and the Lead that was left says where its lead went',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      desk.setDemo(lead.id, { start_time: spec.inDays() });
      const contact = await until('it is a Contact', () => spec.lead(lead.id).salesforce.contact_id);
      await until('its Task', () => stack.org.org.find('Task', { WhoId: contact })[0]);
      expect(stack.org.org.find('Task', { WhoId: id })).toEqual([]);
      await until('the Lead says so', () =>
        String(spec.record('Lead', id)[story.named('@Sellfire_Sync_Detail__c')]).startsWith(`MOVED: ${contact} `),
      );
    },
  },
  {
    id: 'M29',
    promise: 'the Task of the call in which a demo is set goes to the Contact also where the call is received first',
    async run(spec) {
      const { story, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      const { leads, reps } = stack.sellfire.dialer;
      const rep_id = reps.list()[0]?.id ?? '';
      const actor = { kind: 'rep', id: rep_id, request_id: null } as const;
      const about = { lead_id: lead.id, rep_id };
      const start_time = spec.inDays();
      const item = { id: `demo_of_${lead.id}`, ...about, kind: 'demo', specific_time: true, start_time } as const;
      const schedule_item = { ...item, state: 'planned' } as const;
      const activity = {
        ...{ id: `call_of_${lead.id}`, ...about, communication_type: 'call', channel: 'outbound' },
        ...{ created_at: new Date().toISOString(), notes: '', conference_duration: 60 },
        ...{ disposition: { type: 'DemoSet', start_time }, schedule_item: { id: item.id, start_time } },
      } as const;
      leads.appendEvent(lead.id, actor, { type: 'activity.logged', activity, schedule_item });
      const [task] = await until('the Task is of the Lead', () => {
        const tasks = stack.org.org.find('Task', { WhoId: id });
        return tasks.length === 1 ? tasks : undefined;
      });
      const fields = { phase: 'HeldPhase' };
      leads.change(lead.id, { fields }, actor, { type: 'demo.set', schedule_item });
      const contact = await until('it is a Contact', () => spec.lead(lead.id).salesforce.contact_id);
      await spec.has('Task', String(task?.['Id']), { WhoId: contact });
      expect(stack.org.org.find('Task', { WhoId: contact })).toHaveLength(1);
    },
  },
  {
    id: 'M20, M21',
    promise:
      'a mapping that the move lacks holds up the move alone, and one that the Opportunity lacks the Opportunity',
    async run(spec) {
      const { story, desk } = spec;
      const one = await story.fromSellfire();
      await mapped(
        spec,
        { remove: `${mappingOf('business_name', 'Lead')} AND @Salesforce_Field__c = 'Company'` },
        async () => {
          desk.setDemo(one.lead.id, { start_time: spec.inDays() });
          const account = await spec.accountOf(one.lead.id);
          expect(await story.query(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`)).toHaveLength(1);
          expect(spec.lead(one.lead.id).salesforce).toMatchObject({ lead_id: one.id, contact_id: null });
          const rows = await story.reports(
            `@Sellfire_Lead_Id__c = '${one.lead.id}' AND @Code__c = 'REQUIRED_UNMAPPED'`,
          );
          expect(rows).toMatchObject([
            { Event__c: 'DemoSet', Reason__c: expect.stringMatching(/^The move of the link/) },
          ]);
          spec.sell(one.lead.id);
          await until('the sale', async () => {
            const won = `SELECT Id FROM Opportunity WHERE AccountId = '${account}' AND StageName = 'Closed Won'`;
            return (await story.query(won)).length === 1;
          });
        },
      );
      const other = await story.fromSellfire();
      await mapped(spec, { remove: mappingOf('business_name', 'Opportunity') }, async () => {
        desk.setDemo(other.lead.id, { start_time: spec.inDays() });
        await until('it is a Contact', () => spec.lead(other.lead.id).salesforce.contact_id);
        const account = await spec.accountOf(other.lead.id);
        expect(await story.query(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`)).toEqual([]);
        const rows = await story.reports(
          `@Sellfire_Lead_Id__c = '${other.lead.id}' AND @Code__c = 'REQUIRED_UNMAPPED'`,
        );
        expect(rows).toMatchObject([{ Reason__c: expect.stringMatching(/^The Opportunity at demo/) }]);
      });
    },
  },
  {
    id: 'M4',
    promise:
      'a field of the linked record that is mapped on demo or sale fires then, and not before, whatever the toggles say',
    async run(spec) {
      const { story, desk } = spec;
      const add = () => spec.addMapping(['notes', 'Lead', 'Salutation', 'AlwaysSellfire', ['demoSet', 'sale']]);
      await mapped(spec, { add }, async () => {
        await spec.with(OFF, async () => {
          const { id, lead } = await story.fromSellfire({ notes: 'Dr.' });
          await story.quiet();
          expect(spec.record('Lead', id)['Salutation']).toBeNull();
          desk.setDemo(lead.id, { start_time: spec.inDays() });
          await story.salesforceHas(id, { Salutation: 'Dr.' });
          const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'DemoSet'`);
          expect(rows).toMatchObject([{ Outcome__c: 'Success', Changes__c: expect.stringContaining('Salutation') }]);
          desk.editLead(lead.id, { notes: 'Prof.' });
          await story.quiet();
          expect(spec.record('Lead', id)['Salutation']).toBe('Dr.');
          spec.sell(lead.id);
          await story.salesforceHas(id, { Salutation: 'Prof.' });
        });
      });
    },
  },
  {
    id: 'M21',
    promise:
      'the CloseDate follows a demo that is moved while the Opportunity is open, and no longer once it is closed',
    async run(spec) {
      const { story, desk } = spec;
      const { lead } = await story.fromSellfire();
      const item = desk.setDemo(lead.id, { start_time: spec.inDays(3) });
      const account = await spec.accountOf(lead.id);
      const opportunity = async () =>
        (await story.query(`SELECT Id, CloseDate FROM Opportunity WHERE AccountId = '${account}'`))[0];
      const moved = spec.inDays(9);
      const demo = spec.stack.sellfire.dialer.schedule.plannedDemo(lead.id);
      expect(item).toBeDefined();
      desk.reschedule(demo?.id ?? '', { start_time: moved });
      await until('it follows', async () => (await opportunity())?.['CloseDate'] === moved.slice(0, 10));
      await story.update('Opportunity', String((await opportunity())?.['Id']), { StageName: 'Closed Lost' });
      desk.reschedule(demo?.id ?? '', { start_time: spec.inDays(12) });
      await story.quiet();
      expect((await opportunity())?.['CloseDate']).toBe(moved.slice(0, 10));
    },
  },
];
