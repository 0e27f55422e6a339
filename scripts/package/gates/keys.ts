// The bridge creates a record once, however often it tries: by an upsert on a key. Such a field is an external id, unique
// and case-sensitive, from its first release on, since none of this can be changed later.
import { Findings, type Gate } from '../gate.ts';
import { readObjects } from '../objects.ts';

/** Fields that the bridge, or a flow for it, finds or creates one record by. */
const KEYS = [
  'Lead.Sellfire_Lead_Id__c',
  'Contact.Sellfire_Lead_Id__c',
  'Contact.Sellfire_Contact_Key__c',
  'Account.Sellfire_Account_Key__c',
  'Opportunity.Sellfire_Opportunity_Key__c',
  'OpportunityLineItem.Sellfire_Sale_Item_Id__c',
  'Organization__c.Organization_Key__c',
  'Site__c.Site_Key__c',
  'Sellfire_Field__c.Key__c',
  'Mappable_Object__c.Api_Name__c',
  'Sellfire_Rep__c.Rep_Id__c',
  'Bridge_Status__c.Key__c',
  'Integration_Report__c.Report_Id__c',
];
/** External ids, and so indexed, that several records may hold; with the reason. */
const SHARED = [
  // Leads of one business share its Account (M23), and one lead may be sold to under two Accounts in two cycles.
  'Account.Sellfire_Lead_Id__c',
  // Whether an org takes a unique field on Activity is not documented, so the bridge looks before it creates.
  'Activity.Sellfire_Activity_Id__c',
  // A request has a row for each record that it handled.
  'Integration_Report__c.Sync_Request_Id__c',
];

export const keysGate: Gate = {
  name: 'keys',
  promise:
    'what the bridge upserts by is an external id, unique and case-sensitive, and every external id is known here',
  check(source) {
    const objects = readObjects(source);
    const findings = new Findings('keys');
    for (const name of [...KEYS, ...SHARED]) {
      const [object = '', fieldName = ''] = name.split('.');
      const field = objects.get(object)?.fields.get(fieldName);
      findings.expect(field !== undefined, `${name}: does not exist`);
      if (!field) continue;
      const unique = KEYS.includes(name);
      findings.expect(field.externalId, `${name}: is no external id`);
      findings.expect(field.caseSensitive, `${name}: takes a1 and A1 for the same`);
      findings.expect(field.unique === unique, `${name}: ${unique ? 'is not unique' : 'is unique, and may be shared'}`);
      findings.expect(!field.required, `${name}: is required, so nobody else could create a record`);
    }
    for (const object of objects.values()) {
      for (const field of object.fields.values()) {
        const name = `${object.name}.${field.name}`;
        if (!field.externalId && !field.unique) continue;
        findings.expect([...KEYS, ...SHARED].includes(name), `${name}: is a key that nothing is known to use`);
      }
    }
    return findings;
  },
};
