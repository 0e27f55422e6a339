// What people enter that cannot be carried over: reported with code, field, reason and what to do; nothing else is held up, and
// nothing is half done (M32 and the rules that it meets).
import { expect } from '@jest/globals';
import { conditionOf } from '../../salesforce/validation.ts';
import { until } from '../../helpers/until.ts';
import type { SpecRow } from '../specStack.ts';

export const ROWS: SpecRow[] = [
  {
    id: 'M18, M32',
    promise:
      'a phone that is no valid number, or a placeholder, makes no lead and is reported; corrected, it makes the lead',
    async run({ story, stack }) {
      for (const Phone of ['ask for Bob', '000-000-0000', '(512) 111-2222']) {
        const count = stack.sellfire.dialer.leads.size;
        const id = await story.create('Lead', { Phone, LastName: 'Stone', Company: 'Acme' });
        const [row] = await story.reports(`@Salesforce_Record_Id__c = '${id}'`);
        expect(row).toMatchObject({
          Outcome__c: 'Skipped',
          Code__c: 'PHONE_INVALID',
          Reason__c: expect.stringContaining(Phone),
        });
        expect(stack.sellfire.dialer.leads.size).toBe(count);
        const phone = story.phone();
        await story.update('Lead', id, { Phone: phone.replace(/^\+1(...)(...)(....)$/, '($1) $2-$3 ext. 4') });
        expect((await story.arrival(phone)).salesforce.lead_id).toBe(id);
      }
    },
  },
  {
    id: 'M18, M32',
    promise: 'a phone that another lead has makes no lead; corrected, or spelled with letters, it makes the lead',
    async run({ story }) {
      const { lead } = await story.fromSellfire();
      const Phone = String(lead.fields['primary_phone_number']);
      const id = await story.create('Contact', { Phone, LastName: 'Stone' });
      const [row] = await story.reports(`@Salesforce_Record_Id__c = '${id}'`);
      expect(row).toMatchObject({ Outcome__c: 'Skipped', Code__c: 'PHONE_EXISTS' });
      await story.update('Contact', id, { Phone: '1-888-NEW-ROOF' });
      expect((await story.arrival('+18886397663')).salesforce.contact_id).toBe(id);
    },
  },
  {
    id: 'M17, M32',
    promise: 'a lead whose number is a placeholder, or another record’s, makes no record; corrected, it makes it',
    async run(spec) {
      const { story, desk } = spec;
      const { id: holder, lead: other } = await story.fromSellfire();
      await story.update('Lead', holder, { MobilePhone: '512 777 0199' });
      await story.quiet();
      for (const [number, code] of [
        ['+10000000000', 'PHONE_INVALID'],
        ['+15127770199', 'PHONE_EXISTS'],
      ] as const) {
        const lead = desk.createLead({ primary_phone_number: number, last_name: 'Sand', business_name: 'Sand' });
        const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
        expect(row).toMatchObject({ Outcome__c: 'Skipped', Code__c: code });
        expect(spec.lead(lead.id).salesforce.lead_id).toBeNull();
        story.edit(lead.id, { primary_phone_number: story.phone() });
        expect(await story.linked(lead.id)).not.toBe(holder);
      }
      expect(spec.lead(other.id).salesforce.lead_id).toBe(holder);
    },
  },
  {
    id: 'M7, M32',
    promise: 'a value that is no option of Sellfire’s dropdown is reported with its field, and the others go',
    async run({ story }) {
      const { id, lead } = await story.fromSalesforce();
      await story.update('Lead', id, { State: 'Nowhere', City: 'Austin' });
      await story.sellfireHas(lead.id, { city: 'Austin', state: null });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
      expect(row).toMatchObject({ Direction__c: 'ToSellfire', Changes__c: expect.stringContaining('state') });
      expect(row?.['Reason__c']).toContain('Nowhere');
      await story.update('Lead', id, { State: 'TX' });
      await story.sellfireHas(lead.id, { state: 'TX' });
    },
  },
  {
    id: 'M14, M32',
    promise: 'an owner who was deleted in Sellfire is reported, and the lead goes on',
    async run({ story, stack }) {
      const { reps } = stack.sellfire.dialer;
      const gone = { id: 'rep_left', name: 'Left', email: 'left@example.com', role: 'rep', sf_owner_id: null } as const;
      reps.add({ ...gone, state: 'deleted' });
      const { id, lead } = await story.fromSellfire();
      await story.update('Lead', id, { '@Owned_Rep_Id__c': gone.id, City: 'Austin' });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Refused'`);
      expect(row).toMatchObject({ Code__c: 'OWNER_REFUSED', Reason__c: expect.stringContaining('deleted rep') });
      await story.sellfireHas(lead.id, { city: 'Austin', owned_rep_id: null });
    },
  },
  {
    id: 'M10, M32',
    promise: 'a record that is gone is reported once with what to do, and its lead is left as it is',
    async run({ story }) {
      const { id, lead } = await story.fromSellfire();
      await story.remove('Lead', id);
      const ended = `@Sellfire_Lead_Id__c = '${lead.id}' AND @Code__c = 'LINK_ENDED'`;
      await story.reports(ended);
      story.edit(lead.id, { title: 'Alone' });
      await story.quiet();
      expect(await story.reports(ended)).toHaveLength(1);
      expect(await story.query(`SELECT Id FROM Lead WHERE @Sellfire_Lead_Id__c = '${lead.id}'`)).toEqual([]);
    },
  },
  {
    id: 'M8, M32',
    promise: 'a mapping that contradicts another one is refused in words when it is saved',
    async run(spec) {
      const second = spec.addMapping(['title', 'Lead', 'Company', 'TwoWay', ['createUpdate']]);
      await expect(second).rejects.toThrow('Another mapping sends to this Salesforce field');
    },
  },
  {
    id: 'M32',
    promise:
      'what a validation rule refuses fails that record alone, with the org’s own words, and succeeds once it fits',
    async run({ story, stack }) {
      const rule = { object: 'Lead', name: 'NoHermit', active: true, condition: conditionOf('Title = "Hermit"') };
      stack.org.org.validation.install({ ...rule, message: 'No hermits.', field: 'Title' });
      const [one, other] = [await story.fromSellfire(), await story.fromSellfire()];
      story.edit(one.lead.id, { title: 'Hermit', city: 'Austin' });
      story.edit(other.lead.id, { title: 'Owner' });
      await story.salesforceHas(other.id, { Title: 'Owner' });
      await story.salesforceHas(one.id, { Title: null, City: 'Austin' });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${one.lead.id}' AND @Outcome__c = 'Failed'`);
      expect(row?.['Reason__c']).toContain('No hermits.');
      stack.org.org.validation.remove('Lead', 'NoHermit');
      story.edit(one.lead.id, { title: 'Neighbour' });
      await until('it is taken', () => stack.org.org.get('Lead', one.id)?.['Title'] === 'Neighbour');
    },
  },
];
