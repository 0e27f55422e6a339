// Creation, both ways (M17, M18): what is created where, with which fields, linked on both sides; and what is not created.
import { EARLIER_CONTACT } from '../demoStack.ts';
import { finds, same, shows } from './expect.ts';
import { e164, type Step } from './stepContext.ts';

export const createdInSalesforce: Step = {
  id: '1',
  title: 'A Lead is created in Salesforce',
  async play(context) {
    const { name, phone, e164: number } = context.business();
    const recordId = await context.salesforce.create('Lead', {
      Company: name,
      Phone: phone,
      FirstName: 'Luz',
      LastName: 'Ortega',
      Title: 'Owner',
      Email: 'luz@bluebonnet.example',
      Street: '410 Congress Ave',
      City: 'Austin',
      State: 'TX',
      PostalCode: '78701',
      Website: 'https://bluebonnet.example',
      NumberOfEmployees: 12,
      Description: 'Only Sellfire writes here.',
    });
    const lead = await finds(`A Sellfire lead for ${number}`, () => context.sellfire.leadByPhone(number));
    await shows('The Sellfire lead', () => context.leadFields(lead.id), {
      primary_phone_number: number,
      business_name: name,
      first_name: 'Luz',
      last_name: 'Ortega',
      title: 'Owner',
      email: 'luz@bluebonnet.example',
      street: '410 Congress Ave',
      city: 'Austin',
      state: 'TX',
      postal_code: '78701',
      website: 'https://bluebonnet.example',
      employees: 12,
      notes: null,
      phase: 'ColdCallCold',
    });
    same('The Salesforce id in Sellfire', lead.salesforce.lead_id, recordId);
    await shows('The Lead in Salesforce', () => context.record(recordId), {
      Sellfire_Lead_Id__c: lead.id,
      Phase__c: 'ColdCallCold',
      Phone: phone,
    });
    await context.reported(
      'the creation',
      { recordId },
      (row) => row.event === 'LeadCreated' && row.outcome === 'Success',
    );
    return `Sellfire lead ${number} with 11 mapped fields; each side holds the other's id`;
  },
};

export const createdInSellfire: Step = {
  id: '2',
  title: 'A lead is created in Sellfire',
  async play(context) {
    const { name, e164: number } = context.business();
    const lead = context.desk.createLead({
      business_name: name,
      primary_phone_number: number,
      first_name: 'Theo',
      last_name: 'Brandt',
      title: 'Manager',
      email: 'theo@cedarcreek.example',
      street: '12 River Rd',
      city: 'Dallas',
      state: 'TX',
      postal_code: '75201',
      notes: 'Call after lunch.',
    });
    const find = async () => {
      const [made] = await context.salesforce.find('Lead', { Sellfire_Lead_Id__c: lead.id }, []);
      return made && context.record(String(made.Id));
    };
    const record = await shows('The Lead in Salesforce', find, {
      Company: name,
      FirstName: 'Theo',
      LastName: 'Brandt',
      Title: 'Manager',
      Email: 'theo@cedarcreek.example',
      Street: '12 River Rd',
      City: 'Dallas',
      State: 'TX',
      PostalCode: '75201',
      Description: 'Call after lunch.',
      Phase__c: 'ColdCallCold',
    });
    same('The phone in Salesforce', e164(record.Phone), number);
    await shows('The ids in Sellfire', async () => (await context.lead(lead.id)).salesforce, { lead_id: record.Id });
    await context.reported('the creation', { leadId: lead.id }, (row) => row.event === 'LeadCreated');
    return `Lead ${String(record.Id)} with 12 mapped fields; each side holds the other's id`;
  },
};

export const phoneOnContact: Step = {
  id: '7',
  title: 'A lead is created in Sellfire, whose phone a Salesforce Contact has',
  async play(context) {
    const lead = context.desk.createLead({
      business_name: 'Whitfield Interiors',
      primary_phone_number: e164(EARLIER_CONTACT.Phone),
      last_name: 'Whitfield',
    });
    const report = await context.reported('the phone', { leadId: lead.id }, (row) => row.code === 'PHONE_EXISTS');
    same('The Salesforce records with that phone', (await context.recordsByPhone()).get(e164(EARLIER_CONTACT.Phone)), [
      context.earlierContact,
    ]);
    same('The record that the report names', report.salesforceRecordId, context.earlierContact);
    same('The Salesforce ids in Sellfire', (await context.lead(lead.id)).salesforce, {
      lead_id: null,
      contact_id: null,
      account_id: null,
    });
    return `Nothing created or connected. Report: "${report.reason.split('.')[0]}"`;
  },
};

export const phoneOnSellfireLead: Step = {
  id: '8',
  title: 'A Lead is created in Salesforce, whose phone a Sellfire lead has',
  async play(context) {
    const seeded = context.seeded();
    const since = await context.lastEvent();
    const number = String(seeded.fields['primary_phone_number']);
    const phone = number.replace(/^\+1(...)(...)(....)$/, '$1-$2-$3');
    const recordId = await context.salesforce.create('Lead', { Company: 'Twin', LastName: 'Twin', Phone: phone });
    const report = await context.reported('the phone', { recordId }, (row) => row.code === 'PHONE_EXISTS');
    same('The lead that the report names', report.sellfireLeadId, seeded.id);
    same('The Sellfire lead', await context.sellfire.leadByPhone(number), seeded);
    const events = await context.eventsSince(since);
    const isOfTwin = (one: (typeof events)[number]): boolean =>
      one.lead_id === seeded.id || one.type === 'lead.created';
    same('Events in Sellfire since', events.filter(isOfTwin), []);
    same('The Sellfire id in Salesforce', (await context.record(recordId))?.Sellfire_Lead_Id__c, null);
    return `Nothing created or connected. Report: "${report.reason.split(',')[0]}"`;
  },
};
