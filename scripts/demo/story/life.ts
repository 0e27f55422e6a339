// What becomes of linked records in Salesforce: a Lead converted, a Lead merged, and an edit that no event told.
import { finds, same, shows } from './expect.ts';
import type { Step } from './scene.ts';

export const converted: Step = {
  id: '18',
  title: 'In Salesforce a Lead is converted to a Contact and an Account',
  async play(scene) {
    const { recordId, leadId } = await scene.pair();
    const since = await scene.lastEvent();
    const done = await scene.salesforce.connection.soap.convertLead({
      leadId: recordId,
      convertedStatus: 'Closed - Converted',
      doNotCreateOpportunity: true,
      overwriteLeadSource: false,
      sendNotificationEmail: false,
    });
    const [contact_id, account_id] = [String(done.contactId), String(done.accountId)];
    await shows('The ids in Sellfire', async () => (await scene.lead(leadId)).salesforce, { contact_id, account_id });
    scene.desk.editLead(leadId, { title: 'Founder' });
    await shows('The Contact', () => scene.salesforce.get('Contact', contact_id, ['Title', 'Sellfire_Lead_Id__c']), {
      Title: 'Founder',
      Sellfire_Lead_Id__c: leadId,
    });
    await scene.salesforce.update('Contact', contact_id, { FirstName: 'Ann' });
    await shows('The Sellfire lead', () => scene.leadFields(leadId), { first_name: 'Ann' });
    same('Leads made in Sellfire', [...(await scene.leadsMadeByPhone(since)).keys()], []);
    return `Sellfire shows Contact ${contact_id} and its Account; edits go both ways, and no second lead was made`;
  },
};

export const merged: Step = {
  id: '19',
  title: 'In Salesforce a Lead is merged into another one',
  async play(scene) {
    const { recordId, leadId } = await scene.pair();
    const { name } = scene.business();
    const stays = await scene.salesforce.create('Lead', { Company: name, LastName: 'Reyes' });
    await scene.salesforce.connection.soap.merge({
      additionalInformationMap: [],
      masterRecord: { type: 'Lead', Id: stays },
      recordToMergeIds: [recordId],
    });
    await shows('The ids in Sellfire', async () => (await scene.lead(leadId)).salesforce, { lead_id: stays });
    await shows('The Sellfire lead', () => scene.leadFields(leadId), { business_name: name });
    scene.desk.editLead(leadId, { title: 'Founder' });
    await shows('The Lead that stays', () => scene.record(stays), { Title: 'Founder', Sellfire_Lead_Id__c: leadId });
    return `Sellfire's lead goes on with Lead ${stays}, and has the name that was kept`;
  },
};

export const untold: Step = {
  id: '20',
  title:
    'In Salesforce a Lead is edited and another made while no events are sent; then the bridge is asked to reconcile',
  async play(scene) {
    const { recordId, leadId } = await scene.pair();
    const { name, phone, e164: number } = scene.business();
    const { faults } = scene.stack.org.pubsub;
    faults.deselect('Lead');
    try {
      await scene.salesforce.update('Lead', recordId, { City: 'Untold' });
      await scene.salesforce.create('Lead', { Company: name, LastName: 'Missed', Phone: phone });
    } finally {
      faults.reselect();
    }
    // Told by events, and later than what was not.
    await scene.salesforce.update('Lead', recordId, { Title: 'Told' });
    await shows('The Sellfire lead', () => scene.leadFields(leadId), { title: 'Told', city: null });
    same('A lead of the other', (await scene.sellfire.leadByPhone(number)) ?? null, null);
    const { Result__c } = await scene.asked('Reconcile');
    await shows('The Sellfire lead', () => scene.leadFields(leadId), { city: 'Untold' });
    await finds('A lead of the other', () => scene.sellfire.leadByPhone(number));
    return `Neither was across before, both are after: "${String(Result__c)}"`;
  },
};
