// Creation, both ways (M17, M18): what is created where, with which fields, linked on both sides; and what is not created.
import { EARLIER_CONTACT } from '../stage.ts';
import { finds, same, shows } from './expect.ts';
import { e164, type Step } from './scene.ts';

export const createdInSalesforce: Step = {
  id: '1',
  title: 'A Lead is created in Salesforce',
  async play(scene) {
    const { name, phone, e164: number } = scene.business();
    const recordId = await scene.salesforce.create('Lead', {
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
      Description: 'Only Sellfire speaks here.',
    });
    const lead = await finds(`A Sellfire lead for ${number}`, () => scene.sellfire.leadByPhone(number));
    await shows('The Sellfire lead', () => scene.leadFields(lead.id), {
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
    await shows('The Lead in Salesforce', () => scene.record(recordId), {
      Sellfire_Lead_Id__c: lead.id,
      Phase__c: 'ColdCallCold',
      Phone: phone,
    });
    await scene.reported(
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
  async play(scene) {
    const { name, e164: number } = scene.business();
    const lead = scene.desk.createLead({
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
      const [made] = await scene.salesforce.find('Lead', { Sellfire_Lead_Id__c: lead.id }, []);
      return made && scene.record(String(made.Id));
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
    await shows('The ids in Sellfire', async () => (await scene.lead(lead.id)).salesforce, { lead_id: record.Id });
    await scene.reported('the creation', { leadId: lead.id }, (row) => row.event === 'LeadCreated');
    return `Lead ${String(record.Id)} with 12 mapped fields; each side holds the other's id`;
  },
};

export const phoneOnContact: Step = {
  id: '7',
  title: 'A lead is created in Sellfire, whose phone a Salesforce Contact has',
  async play(scene) {
    const lead = scene.desk.createLead({
      business_name: 'Whitfield Interiors',
      primary_phone_number: e164(EARLIER_CONTACT.Phone),
      last_name: 'Whitfield',
    });
    const report = await scene.reported('the phone', { leadId: lead.id }, (row) => row.code === 'PHONE_EXISTS');
    same('The Salesforce records with that phone', (await scene.recordsByPhone()).get(e164(EARLIER_CONTACT.Phone)), [
      scene.earlierContact,
    ]);
    same('The record that the report names', report.salesforceRecordId, scene.earlierContact);
    same('The Salesforce ids in Sellfire', (await scene.lead(lead.id)).salesforce, {
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
  async play(scene) {
    const seeded = scene.seeded();
    const since = await scene.lastEvent();
    const number = String(seeded.fields['primary_phone_number']);
    const phone = number.replace(/^\+1(...)(...)(....)$/, '$1-$2-$3');
    const recordId = await scene.salesforce.create('Lead', { Company: 'Twin', LastName: 'Twin', Phone: phone });
    const report = await scene.reported('the phone', { recordId }, (row) => row.code === 'PHONE_EXISTS');
    same('The lead that the report names', report.sellfireLeadId, seeded.id);
    same('The Sellfire lead', await scene.sellfire.leadByPhone(number), seeded);
    same('Events in Sellfire since', await scene.eventsSince(since), []);
    same('The Sellfire id in Salesforce', (await scene.record(recordId))?.Sellfire_Lead_Id__c, null);
    return `Nothing created or connected. Report: "${report.reason.split(',')[0]}"`;
  },
};
