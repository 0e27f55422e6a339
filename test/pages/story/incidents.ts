// What befalls linked records in a first week: two become one, a number is somebody else's, and the bridge says nothing for an hour
// (M11, M17, B13, B16).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Step } from './chapter.ts';
import type { Workplace } from '../workplace.ts';

const MINUTE_MS = 60_000;
const SILENT_MINUTES = 62;

async function merge({ stack }: Workplace, master: string, loser: string): Promise<void> {
  const done = await stack.admin.soap.merge({
    additionalInformationMap: [],
    masterRecord: { type: 'Lead', Id: master } as never,
    recordToMergeIds: [loser],
  });
  assert.ok(done.success, JSON.stringify(done));
}

/** The last heartbeat is as old as that, whatever the clock of the machine says. */
async function ageStatus({ story }: Workplace, minutes: number): Promise<void> {
  const [status] = await story.query('SELECT Id FROM @Bridge_Status__c');
  const at = new Date(Date.now() - minutes * MINUTE_MS).toISOString();
  await story.update('@Bridge_Status__c', String(status?.['Id']), { '@Last_Seen_At__c': at });
}

export const INCIDENTS: readonly Step[] = [
  {
    name: 'two Leads are merged: the one that stays is synced, and the report names the two leads that are one now',
    async run(at) {
      const { admin, story } = at;
      const { id, lead } = await story.fromSalesforce({ Company: 'Merged Mill' });
      const { id: stays, lead: other } = await story.fromSalesforce({ Company: 'Staying Mill' });
      await story.quiet();
      await merge(at, stays, id);
      await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Code__c = 'TWO_LEADS_ONE_RECORD'`);
      story.edit(other.id, { email: 'stays@example.com' });
      await story.salesforceHas(stays, { Email: 'stays@example.com' });
      await admin.openTab('Home');
      await admin.reads('Two leads, one record');
      await admin.press('See them', admin.page.getByRole('listitem').filter({ hasText: 'Two leads, one record' }));
      await admin.reads('Cause: Two leads, one record');
      await admin.reads(new RegExp(other.id));
      await at.look('report-merged');
    },
  },
  {
    name: 'a rep makes a lead whose number a Lead has: nothing is created, and from Home the holder is named in three presses',
    async run(at) {
      const { admin, stack, story } = at;
      const phone = story.phone();
      const { prefix } = stack;
      const holder = await story.create('Lead', { Phone: phone, LastName: 'Holder', Company: 'Holding Bakery' });
      const held = await story.arrival(phone);
      await story.quiet();
      stack.sellfire.desk.deleteLead(held.id);
      await story.quiet();
      const made = stack.sellfire.desk.createLead({
        primary_phone_number: phone,
        last_name: 'Late',
        business_name: 'Late Bakery',
      });
      await story.reports(`@Sellfire_Lead_Id__c = '${made.id}' AND @Code__c = 'PHONE_EXISTS'`);
      assert.equal((await stack.admin.query("SELECT Id FROM Lead WHERE Company = 'Late Bakery'")).totalSize, 0);
      assert.equal(stack.sellfire.dialer.leads.get(made.id).salesforce.lead_id, null);
      assert.notEqual(stack.org.org.get('Lead', holder)?.[`${prefix}Sellfire_Lead_Id__c`], made.id);
      await admin.openTab('Home');
      const before = admin.work.presses;
      await admin.write('Id, link or phone number', made.id);
      await admin.press('Explain');
      await admin.reads(/is already on the Lead "Holder"/);
      assert.ok(admin.work.presses - before <= 3);
      await at.look('why-holder');
    },
  },
  {
    name: 'the bridge says nothing for an hour: Home says so, and that nothing is lost; what changes meanwhile waits',
    async run(at) {
      const { admin, stack, story } = at;
      const { id, lead } = await story.fromSalesforce({ Company: 'Patient Dairy' });
      known.set(at, { id, leadId: lead.id });
      await story.quiet();
      await stack.bridge.kill();
      await ageStatus(at, SILENT_MINUTES);
      await story.update('Lead', id, { FirstName: 'Meanwhile' });
      story.edit(lead.id, { email: 'patient@example.com' });
      await admin.openTab('Home');
      await admin.reads(/The bridge has said nothing for .*(62 minutes|1 hour).*Nothing is lost: changes wait/);
      await at.look('home-silent');
      await admin.visit(`/lightning/r/Lead/${id}/view`);
      await admin.stands();
      await admin.reads(/The bridge has said nothing for .*: changes wait\./);
      await at.look('record-silent');
      assert.notEqual(stack.sellfire.dialer.leads.get(lead.id).fields['first_name'], 'Meanwhile');
    },
  },
  {
    name: 'the bridge is back: what waited is carried in both directions, and Home and the record say so',
    async run(at) {
      const { admin, stack, story } = at;
      const pair = known.get(at);
      assert.ok(pair);
      await stack.bridge.start();
      await story.sellfireHas(pair.leadId, { first_name: 'Meanwhile' });
      await story.salesforceHas(pair.id, { Email: 'patient@example.com' });
      await until('a heartbeat has come', async () => {
        const [status] = await story.query('SELECT @Last_Seen_At__c FROM @Bridge_Status__c');
        return Date.parse(String(status?.[story.named('@Last_Seen_At__c')])) > Date.now() - 3 * MINUTE_MS;
      });
      await admin.visit(`/lightning/r/Lead/${pair.id}/view`);
      await admin.stands();
      await admin.reads('In step with Sellfire.');
      await admin.openTab('Home');
      await admin.reads(/Last change to Sellfire .* Nothing waits\./);
      await at.look('home-heard-again');
    },
  },
];

/** The pair of the silent hour, by workplace. */
const known = new Map<Workplace, { id: string; leadId: string }>();
