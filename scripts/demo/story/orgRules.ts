// The org as it is (B15, M21, F29): its assignment rule is not set off by our writes, what its flows set is what both sides hold, and
// its days are those of its time zone.
import { element, filter, onSave, sets } from '../../../test/salesforce/tests/flowFiles.ts';
import { deploy } from '../../../test/salesforce/tests/packages.ts';
import { TIME_ZONE } from '../demoStack.ts';
import { finds, same, shows } from './expect.ts';
import { recordsOf } from './sale.ts';
import type { Step } from './stepContext.ts';

export const ownerKept: Step = {
  id: '21',
  title: 'The org has a lead assignment rule for everybody',
  async play(context) {
    const { org, users } = context.stack.org;
    org.assignments.install({
      object: 'Lead',
      name: 'Everybody',
      active: true,
      entries: [{ owner: users.admin.id, criteria: [] }],
    });
    try {
      const { name, e164 } = context.business();
      const { id } = context.desk.createLead({ primary_phone_number: e164, business_name: name, last_name: 'Reyes' });
      const recordId = await finds('The Lead', async () => (await context.lead(id)).salesforce.lead_id ?? undefined);
      const owner = async () => (await context.salesforce.get('Lead', recordId, ['OwnerId']))?.['OwnerId'];
      same('The owner of the new Lead', await owner(), users.integration.id);
      context.desk.editLead(id, { city: 'Waco' });
      await shows('The Lead in Salesforce', () => context.record(recordId), { City: 'Waco' });
      same('The owner after an edit', await owner(), users.integration.id);
    } finally {
      org.assignments.clear();
    }
    return 'created and edited by the bridge, and its owner stays: the rule was not run';
  },
};

/** What the flow reads and writes; nobody else has a business there. */
const [TOWN, OLD_TOWN] = ['Marfa', 'Alpine'];

export const flowReverts: Step = {
  id: '24',
  title: `A flow of the org sets the city to ${OLD_TOWN} where it is ${TOWN}, as it was before`,
  async play(context) {
    const { org } = context.stack.org;
    const { recordId, leadId } = await context.pair({ City: OLD_TOWN });
    await deploy(org, {
      'flows/Revert_City.flow': onSave(
        'Lead',
        'Revert',
        element('recordUpdates', 'Revert', `${sets({ City: OLD_TOWN })}<inputReference>$Record</inputReference>`),
        'Update',
        `<filterLogic>and</filterLogic>${filter('City', 'EqualTo', TOWN)}`,
      ),
    });
    // A pair at work: the link knows both fields (docs/simulator.md has what breaks where it does not).
    context.desk.editLead(leadId, { title: 'New' });
    await shows('The Lead in Salesforce', () => context.record(recordId), { City: OLD_TOWN, Title: 'New' });
    context.desk.editLead(leadId, { city: TOWN, title: 'Edited' });
    await shows('The Lead in Salesforce', () => context.record(recordId), { City: OLD_TOWN, Title: 'Edited' });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { city: OLD_TOWN, title: 'Edited' });
    return `${TOWN} was written, the flow set ${OLD_TOWN} in the same transaction, and both sides hold ${OLD_TOWN}`;
  },
};

export const eveningDemo: Step = {
  id: '22',
  title: `In Sellfire a demo is set for an evening in ${TIME_ZONE}`,
  async play(context) {
    const { leadId } = await context.pair({ City: 'Austin' });
    // 19:30 there, and the next day in UTC.
    context.desk.setDemo(leadId, { start_time: '2030-12-03T01:30:00.000Z' });
    const accountId = await finds(
      'The Account of the lead',
      async () => (await context.lead(leadId)).salesforce.account_id ?? undefined,
    );
    const { opportunities } = await recordsOf(context, accountId);
    same('The close date', opportunities[0]?.['CloseDate'], '2030-12-02');
    return 'Opportunity on 2030-12-02, the day there; in UTC it is the 3rd already';
  },
};
