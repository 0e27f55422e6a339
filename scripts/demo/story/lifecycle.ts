// What becomes of linked records in Salesforce: a Lead converted, a Lead merged, and an edit without an event.
import { finds, same, shows } from './expect.ts';
import type { Step } from './stepContext.ts';

export const converted: Step = {
  id: '18',
  title: 'In Salesforce a Lead is converted to a Contact and an Account',
  async play(context) {
    const { recordId, leadId } = await context.pair();
    const since = await context.lastEvent();
    const done = await context.salesforce.connection.soap.convertLead({
      leadId: recordId,
      convertedStatus: 'Closed - Converted',
      doNotCreateOpportunity: true,
      overwriteLeadSource: false,
      sendNotificationEmail: false,
    });
    const [contact_id, account_id] = [String(done.contactId), String(done.accountId)];
    await shows('The ids in Sellfire', async () => (await context.lead(leadId)).salesforce, { contact_id, account_id });
    context.desk.editLead(leadId, { title: 'Founder' });
    await shows('The Contact', () => context.salesforce.get('Contact', contact_id, ['Title', 'Sellfire_Lead_Id__c']), {
      Title: 'Founder',
      Sellfire_Lead_Id__c: leadId,
    });
    await context.salesforce.update('Contact', contact_id, { FirstName: 'Ann' });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { first_name: 'Ann' });
    same('Leads made in Sellfire', [...(await context.leadsMadeByPhone(since)).keys()], []);
    return `Sellfire shows Contact ${contact_id} and its Account; edits go both ways, and no second lead was made`;
  },
};

export const merged: Step = {
  id: '19',
  title: 'In Salesforce a Lead is merged into another one',
  async play(context) {
    const { recordId, leadId } = await context.pair();
    const { name } = context.business();
    const stays = await context.salesforce.create('Lead', { Company: name, LastName: 'Reyes' });
    await context.salesforce.connection.soap.merge({
      additionalInformationMap: [],
      masterRecord: { type: 'Lead', Id: stays },
      recordToMergeIds: [recordId],
    });
    await shows('The ids in Sellfire', async () => (await context.lead(leadId)).salesforce, { lead_id: stays });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { business_name: name });
    context.desk.editLead(leadId, { title: 'Founder' });
    await shows('The Lead that stays', () => context.record(stays), { Title: 'Founder', Sellfire_Lead_Id__c: leadId });
    return `Sellfire's lead goes on with Lead ${stays}, and has the name that was kept`;
  },
};

export const withoutEvents: Step = {
  id: '20',
  title:
    'In Salesforce a Lead is edited and another made while no events are sent; then the bridge is asked to reconcile',
  async play(context) {
    const { recordId, leadId } = await context.pair();
    const { name, phone, e164: number } = context.business();
    const { faults } = context.stack.org.pubsub;
    faults.deselect('Lead');
    try {
      await context.salesforce.update('Lead', recordId, { City: 'Without event' });
      await context.salesforce.create('Lead', { Company: name, LastName: 'Missed', Phone: phone });
    } finally {
      faults.reselect();
    }
    // This edit has an event, and is later than those without.
    await context.salesforce.update('Lead', recordId, { Title: 'With event' });
    await shows('The Sellfire lead', () => context.leadFields(leadId), { title: 'With event', city: null });
    same('A lead of the other', (await context.sellfire.leadByPhone(number)) ?? null, null);
    const { Result__c } = await context.asked('Reconcile');
    await shows('The Sellfire lead', () => context.leadFields(leadId), { city: 'Without event' });
    await finds('A lead of the other', () => context.sellfire.leadByPhone(number));
    return `Neither was across before, both are after: "${String(Result__c)}"`;
  },
};
