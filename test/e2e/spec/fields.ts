// Which field goes where, by which rule and on which trigger (M4, M5, M6, M15).
import { PHASES } from '../../../bridge/model/phase.ts';
import { expect } from '@jest/globals';
import { until } from '../../helpers/until.ts';
import type { SpecStack, SpecRow } from '../specStack.ts';

/** Those that the specification accepts from Salesforce. */
const ACCEPTED = ['ColdCallCold', 'Resting', 'LongResting', 'Retired', 'Customer'];

/** A phase that Salesforce sets on a lead of its own. */
async function phaseSet({ story }: SpecStack, phase: string): Promise<{ id: string; leadId: string }> {
  const { id, lead } = await story.fromSalesforce();
  // Sellfire's own comes first, and would run over what is set before it.
  await story.salesforceHas(id, { '@Phase__c': 'ColdCallCold' });
  await story.update('Lead', id, { '@Phase__c': phase });
  return { id, leadId: lead.id };
}

export const ROWS: SpecRow[] = [
  {
    id: 'M4',
    promise: 'one field goes to each of its targets on the trigger that the mapping names, and on no other',
    async run(spec) {
      const { story, desk } = spec;
      const { lead } = await story.fromSellfire({ notes: 'As it began' });
      desk.setDemo(lead.id, { start_time: spec.inDays() });
      const account = await spec.accountOf(lead.id);
      const [{ Id } = {}] = await story.query(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`);
      const opportunity = String(Id);
      expect(spec.record('Opportunity', opportunity)).toMatchObject({ Description: 'As it began', NextStep: null });
      story.edit(lead.id, { notes: 'As it ended', title: 'Owner' });
      await spec.has('Contact', spec.lead(lead.id).salesforce.contact_id ?? '', { Title: 'Owner' });
      expect(spec.record('Opportunity', opportunity)).toMatchObject({ Description: 'As it began', NextStep: null });
      expect(spec.record('Account', account)).toMatchObject({ Description: null });
      spec.sell(lead.id);
      await spec.has('Account', account, { Description: 'As it ended' });
      await spec.has('Opportunity', opportunity, { NextStep: 'As it ended', Description: 'As it began' });
    },
  },
  {
    id: 'M5',
    promise: 'each of the four rules lets pass what it says, a blank and a clearing too',
    async run(spec) {
      const { story } = spec;
      const { id, lead } = await story.fromSalesforce({ Title: 'Owner', Website: 'https://a.example', Country: 'US' });
      expect(lead.fields).toMatchObject({ title: 'Owner', website: 'https://a.example', country: null });
      await story.update('Lead', id, { Title: null, Website: null, Description: 'Not for Sellfire' });
      await story.sellfireHas(lead.id, { title: null, website: 'https://a.example', notes: null });
      const edit = { title: 'Founder', website: 'https://b.example', notes: 'Sellfire says', country: 'CA' };
      story.edit(lead.id, edit);
      await story.salesforceHas(id, { Title: 'Founder', Website: null, Description: 'Sellfire says', Country: 'US' });
      story.edit(lead.id, { title: null, notes: null });
      await story.salesforceHas(id, { Title: null, Description: null });
      expect(spec.lead(lead.id).fields).toMatchObject({ ...edit, title: null, notes: null });
    },
  },
  {
    id: 'M6',
    promise: 'nothing is carried either way while the primary phone is not mapped',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      const phones = await story.query(
        "SELECT Id, @Sync_Rule__c FROM @Field_Mapping__c WHERE @Sellfire_Field__c = 'primary_phone_number'",
      );
      const rule = async (to?: string): Promise<void> => {
        for (const { Id, Sync_Rule__c } of phones)
          await story.update('@Field_Mapping__c', String(Id), { '@Sync_Rule__c': to ?? Sync_Rule__c });
      };
      const phone = story.phone();
      await story.reloaded(() => rule('DoNotSync'));
      await story.quiet();
      try {
        story.edit(lead.id, { title: 'Unsaid' });
        await story.update('Lead', id, { City: 'Unsaid' });
        await story.create('Lead', { Phone: phone, LastName: 'Alone', Company: 'Alone' });
        const alone = desk.createLead({ primary_phone_number: story.phone(), last_name: 'A', business_name: 'B' }).id;
        await story.quiet();
        await story.salesforceHas(id, { Title: null });
        expect(spec.lead(lead.id).fields['city']).toBeNull();
        expect(stack.sellfire.dialer.leads.findByPhone(phone)).toBeUndefined();
        expect(spec.lead(alone).salesforce.lead_id).toBeNull();
      } finally {
        await story.reloaded(() => rule());
      }
      story.edit(lead.id, { title: 'Said' });
      await story.salesforceHas(id, { Title: 'Said' });
    },
  },
  {
    id: 'M15',
    promise: 'of the 14 phases Salesforce sets five; the others are reported, and Sellfire’s is written back',
    async run(spec) {
      const { story } = spec;
      expect(PHASES).toHaveLength(14);
      const others = PHASES.filter((phase) => phase !== 'ColdCallCold');
      await Promise.all(
        others.map(async (phase) => {
          const { id, leadId } = await phaseSet(spec, phase);
          if (ACCEPTED.includes(phase)) {
            await story.sellfireHas(leadId, { phase });
            const { cycle } = spec.lead(leadId);
            await story.update('Lead', id, { '@Phase__c': 'ColdCallCold' });
            await story.sellfireHas(leadId, { phase: 'ColdCallCold' });
            expect(spec.lead(leadId).cycle).toBe(cycle + 1);
            return;
          }
          const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${leadId}' AND @Code__c = 'PHASE_REFUSED'`);
          expect(row).toMatchObject({ Outcome__c: 'Refused', Reason__c: expect.stringContaining(phase) });
          await story.salesforceHas(id, { '@Phase__c': 'ColdCallCold' });
          expect(spec.lead(leadId).fields['phase']).toBe('ColdCallCold');
        }),
      );
    },
  },
  {
    id: 'M15',
    promise: 'a phase that reps reach flows to Salesforce, and Salesforce does not take the lead back inside its cycle',
    async run(spec) {
      const { story, desk } = spec;
      const { id, lead } = await story.fromSellfire();
      desk.logCall(lead.id, { outcome: 'decision_maker' });
      await story.salesforceHas(id, { '@Phase__c': 'ColdCallDM' });
      await story.update('Lead', id, { '@Phase__c': 'ColdCallCold' });
      await until('it is written back', () => spec.record('Lead', id)['Phase__c'] === 'ColdCallDM');
      expect(await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Code__c = 'PHASE_REFUSED'`)).toHaveLength(1);
    },
  },
];
