// Which record is made of which, and what connects them (M10, M11, M14, M17, M18, M19).
import { expect } from '@jest/globals';
import { OWNER_FIELD } from '../../../bridge/model/mapping.ts';
import { until } from '../../helpers/until.ts';
import type { SpecStack, SpecRow } from '../specStack.ts';

/** A Contact that somebody made in Salesforce, once it has come to Sellfire. */
async function contactFromSalesforce({ story }: SpecStack): Promise<{ id: string; leadId: string }> {
  const phone = story.phone();
  const id = await story.create('Contact', { Phone: phone, LastName: 'Flint' });
  return { id, leadId: (await story.arrival(phone)).id };
}

export const ROWS: SpecRow[] = [
  {
    id: 'M10',
    promise: 'a Contact made in Salesforce becomes a lead, and each mapped field goes both ways from then on',
    async run(spec) {
      const { story } = spec;
      const { id, leadId } = await contactFromSalesforce(spec);
      expect(spec.lead(leadId).salesforce).toMatchObject({ lead_id: null, contact_id: id });
      await story.update('Contact', id, { Title: 'Owner' });
      await story.sellfireHas(leadId, { title: 'Owner', last_name: 'Flint' });
      story.edit(leadId, { email: 'flint@example.com' });
      await spec.has('Contact', id, { Email: 'flint@example.com', Title: 'Owner' });
    },
  },
  {
    id: 'M11',
    promise: 'an Account made in Salesforce becomes a lead, and each mapped field goes both ways from then on',
    async run(spec) {
      const { story } = spec;
      const phone = story.phone();
      const id = await story.create('Account', { Phone: phone, Name: 'Quarry Ltd', BillingCity: 'Austin' });
      const lead = await until('a lead of the Account', () => spec.stack.sellfire.dialer.leads.findByPhone(phone));
      expect(lead).toMatchObject({
        fields: { business_name: 'Quarry Ltd', city: 'Austin' },
        salesforce: { account_id: id, lead_id: null, contact_id: null },
      });
      await story.update('Account', id, { Name: 'Quarry & Sons' });
      await story.sellfireHas(lead.id, { business_name: 'Quarry & Sons' });
      story.edit(lead.id, { city: 'Waco' });
      await spec.has('Account', id, { BillingCity: 'Waco' });
    },
  },
  {
    id: 'M11',
    promise: 'a demo makes an Account only where that is turned on',
    async run(spec) {
      const { story, desk } = spec;
      const [first, second] = [await story.fromSellfire(), await story.fromSellfire()];
      const off = { accountAtDemo: false, opportunityAtDemo: false, connectionUpdate: false };
      await spec.with(off, async () => {
        desk.setDemo(first.lead.id, { start_time: spec.inDays() });
        await story.salesforceHas(first.id, { '@Phase__c': 'HeldPhase' });
        await story.quiet();
        expect(spec.lead(first.lead.id).salesforce.account_id).toBeNull();
      });
      await spec.with({ opportunityAtDemo: false, connectionUpdate: false }, async () => {
        desk.setDemo(second.lead.id, { start_time: spec.inDays() });
        const account = await spec.accountOf(second.lead.id);
        expect(spec.record('Account', account)).toMatchObject({ Name: second.lead.fields['business_name'] });
        expect(await story.query(`SELECT Id FROM Opportunity WHERE AccountId = '${account}'`)).toEqual([]);
      });
    },
  },
  {
    id: 'M14',
    promise: 'an owner from Salesforce is taken when it is a rep who is not deleted, and reported otherwise',
    async run(spec) {
      const { story, stack } = spec;
      const [rep] = stack.sellfire.dialer.reps.list().filter(({ role, state }) => role === 'rep' && state === 'active');
      const { id, lead } = await story.fromSellfire();
      await story.update('Lead', id, { '@Owned_Rep_Id__c': rep?.id });
      await story.sellfireHas(lead.id, { [OWNER_FIELD]: rep?.id ?? '' });
      await story.update('Lead', id, { '@Owned_Rep_Id__c': 'rep_nobody', Title: 'Owner' });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Code__c = 'OWNER_REFUSED'`);
      expect(row).toMatchObject({ Outcome__c: 'Refused', Reason__c: expect.stringContaining('rep_nobody') });
      await story.sellfireHas(lead.id, { title: 'Owner', [OWNER_FIELD]: rep?.id ?? '' });
      await story.salesforceHas(id, { '@Owned_Rep_Id__c': 'rep_nobody' });
    },
  },
  {
    id: 'M17',
    promise: 'a lead that is not in Salesforce when its first demo is set becomes a Contact, not a Lead',
    async run(spec) {
      const { story, desk } = spec;
      const off = { accountAtDemo: false, opportunityAtDemo: false, connectionUpdate: false };
      let leadId = '';
      await spec.with({ ...off, createInSalesforce: false }, async () => {
        leadId = desk.createLead({ primary_phone_number: story.phone(), last_name: 'Sand', business_name: 'Late' }).id;
        await story.quiet();
        expect(spec.lead(leadId).salesforce).toMatchObject({ lead_id: null, contact_id: null });
      });
      await spec.with(off, async () => {
        desk.setDemo(leadId, { start_time: spec.inDays() });
        const contact = await until('it has a Contact', () => spec.lead(leadId).salesforce.contact_id);
        await spec.has('Contact', contact, { Sellfire_Lead_Id__c: leadId, LastName: 'Sand', Phase__c: 'HeldPhase' });
        expect(await story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = '${leadId}'`)).toEqual([]);
      });
    },
  },
  {
    id: 'M17',
    promise:
      'a lead whose phone a record has, in any format, is neither created nor connected, and the report names it',
    async run(spec) {
      const { story, desk, stack } = spec;
      const phone = story.phone();
      let holder = '';
      await spec.with({ createInSellfire: false }, async () => {
        const Phone = phone.replace(/^\+1(...)(...)(....)$/, '($1) $2-$3');
        holder = await story.create('Contact', { Phone, LastName: 'Holder' });
        await story.quiet();
      });
      const { id } = desk.createLead({ primary_phone_number: phone, last_name: 'Sand', business_name: 'Twin' });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${id}'`);
      expect(row).toMatchObject({ Outcome__c: 'Skipped', Reason__c: expect.stringContaining(holder) });
      expect(spec.lead(id).salesforce).toMatchObject({ lead_id: null, contact_id: null });
      expect(stack.org.org.get('Contact', holder)?.['Sellfire_Lead_Id__c']).toBeNull();
    },
  },
  {
    id: 'M16, I15',
    promise:
      'a lead that carries the id of a record, in any form, is linked and reported, and no field of either changes',
    async run({ story, desk, stack }) {
      const forms = [
        (id: string) => id,
        (id: string) => id.slice(0, 15),
        (id: string) => ` ${id.toLowerCase()} `,
        (id: string) => `https://acme.lightning.force.com/lightning/r/Lead/${id}/view`,
      ];
      for (const form of forms) {
        // Without a phone no lead is made of it.
        const id = await story.create('Lead', { LastName: 'Stein', Company: 'Salesforce says', City: 'Reno' });
        await story.quiet();
        const before = { ...stack.org.org.get('Lead', id) };
        const lead = desk.createLead(
          { primary_phone_number: story.phone(), last_name: 'Stone', business_name: 'Sellfire says' },
          { salesforce: { lead_id: form(id) } },
        );
        const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
        expect(row).toMatchObject({ Event__c: 'LeadLinked', Outcome__c: 'Success' });
        await story.salesforceHas(id, { '@Sellfire_Lead_Id__c': lead.id });
        await story.quiet();
        const { LastName, Company, City, Phone } = before;
        expect(stack.org.org.get('Lead', id)).toMatchObject({ LastName, Company, City, Phone });
        expect(stack.sellfire.dialer.leads.get(lead.id)).toMatchObject({
          fields: { last_name: 'Stone', business_name: 'Sellfire says', city: null },
          salesforce: { lead_id: id },
        });
        await story.update('Lead', id, { City: 'Austin' });
        await story.sellfireHas(lead.id, { city: 'Austin' });
      }
    },
  },
  {
    id: 'M16, M17',
    promise: 'a lead whose text for an id is blank is one without, and its record is made',
    async run({ story, desk, stack }) {
      const fields = { last_name: 'Stone', business_name: 'Stone' };
      const given = { lead_id: '   ', contact_id: '', account_id: '\u00a0\t' };
      const lead = desk.createLead({ primary_phone_number: story.phone(), ...fields }, { salesforce: given });
      await story.reports(
        `@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'LeadCreated' AND @Outcome__c = 'Success'`,
      );
      const [made] = await story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = '${lead.id}'`);
      await until(
        'the lead shows it',
        () => stack.sellfire.dialer.leads.get(lead.id).salesforce.lead_id === made?.['Id'],
      );
    },
  },
  {
    id: 'M16, M32',
    promise: 'an id that is none, of another object, or of no record is refused in words, and makes nothing',
    async run({ story, desk, stack }) {
      const account = await story.create('Account', { Name: 'No lead of it' });
      for (const lead_id of ['Acme', account, '00Q000000000001EAA']) {
        const count = stack.org.org.find('Lead', {}).length;
        const lead = desk.createLead(
          { primary_phone_number: story.phone(), last_name: 'Stone', business_name: 'Stone' },
          { salesforce: { lead_id } },
        );
        const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
        expect(row).toMatchObject({
          Event__c: 'LeadLinked',
          Outcome__c: 'Failed',
          Code__c: 'RECORD_ID_INVALID',
          Reason__c: expect.stringContaining(lead_id),
        });
        expect(stack.org.org.find('Lead', {})).toHaveLength(count);
      }
    },
  },
  {
    id: 'M18',
    promise: 'a record whose phone a lead has, in any format, makes no second lead',
    async run(spec) {
      const { story, stack } = spec;
      const { lead } = await story.fromSellfire();
      const count = stack.sellfire.dialer.leads.size;
      const phone = String(lead.fields['primary_phone_number']);
      const Phone = phone.replace(/^\+1(...)(...)(....)$/, '1-$1-$2-$3');
      for (const [object, fields] of [
        ['Contact', { LastName: 'Twin' }],
        ['Account', { Name: 'Twin' }],
      ] as const) {
        const id = await story.create(object, { ...fields, Phone });
        const [row] = await story.reports(`@Salesforce_Record_Id__c = '${id}'`);
        expect(row).toMatchObject({ Outcome__c: 'Skipped', Code__c: 'PHONE_EXISTS' });
      }
      expect(stack.sellfire.dialer.leads.size).toBe(count);
    },
  },
  {
    id: 'M19',
    promise: 'each switch stops what it is for, and nothing else',
    async run(spec) {
      const { story, desk, stack } = spec;
      const { id, lead } = await story.fromSellfire();
      const phone = story.phone();
      let unmade = '';
      const off = { createInSalesforce: false, createInSellfire: false, updateInSellfire: false, activitySync: false };
      await spec.with(off, async () => {
        unmade = desk.createLead({ primary_phone_number: story.phone(), last_name: 'S', business_name: 'B' }).id;
        await story.create('Lead', { Phone: phone, LastName: 'S', Company: 'C' });
        await story.update('Lead', id, { City: 'Unsaid' });
        desk.logEmail(lead.id);
        story.edit(lead.id, { title: 'Said' });
        await story.salesforceHas(id, { Title: 'Said' });
        await story.quiet();
        expect(spec.lead(unmade).salesforce.lead_id).toBeNull();
        expect(stack.sellfire.dialer.leads.findByPhone(phone)).toBeUndefined();
        expect(spec.lead(lead.id).fields['city']).toBeNull();
        expect(stack.org.org.find('Task', { WhoId: id })).toEqual([]);
      });
      await story.update('Lead', id, { City: 'Reno' });
      await story.sellfireHas(lead.id, { city: 'Reno' });
    },
  },
];
