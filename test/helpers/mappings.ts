// A sensible set of field mappings, made the way an admin makes them: as records in the org.
import type { Connection } from 'jsforce';
import type { SyncRule } from '../../bridge/model/mapping.ts';

type Row = [sellfire: string, object: string, salesforce: string, rule: SyncRule];

/** Package fields are written with `@` for the namespace. */
export const SENSIBLE: Row[] = [
  ['primary_phone_number', 'Lead', 'Phone', 'TwoWay'],
  ['business_name', 'Lead', 'Company', 'TwoWay'],
  ['first_name', 'Lead', 'FirstName', 'TwoWay'],
  ['last_name', 'Lead', 'LastName', 'TwoWay'],
  ['title', 'Lead', 'Title', 'TwoWay'],
  ['email', 'Lead', 'Email', 'TwoWay'],
  ['street', 'Lead', 'Street', 'TwoWay'],
  ['city', 'Lead', 'City', 'TwoWay'],
  ['state', 'Lead', 'State', 'TwoWay'],
  ['postal_code', 'Lead', 'PostalCode', 'TwoWay'],
  ['website', 'Lead', 'Website', 'SalesforceUnlessBlank'],
  ['employees', 'Lead', 'NumberOfEmployees', 'SalesforceUnlessBlank'],
  ['notes', 'Lead', 'Description', 'AlwaysSellfire'],
  ['phase', 'Lead', '@Phase__c', 'TwoWay'],
  ['owned_rep_id', 'Lead', '@Owned_Rep_Id__c', 'TwoWay'],
  ['primary_phone_number', 'Contact', 'Phone', 'TwoWay'],
  ['first_name', 'Contact', 'FirstName', 'TwoWay'],
  ['last_name', 'Contact', 'LastName', 'TwoWay'],
  ['title', 'Contact', 'Title', 'TwoWay'],
  ['email', 'Contact', 'Email', 'TwoWay'],
  ['phase', 'Contact', '@Phase__c', 'TwoWay'],
  ['owned_rep_id', 'Contact', '@Owned_Rep_Id__c', 'TwoWay'],
];

/** Saves the mappings as an administrator. @returns how many */
export async function mapFields(admin: Connection, prefix: string, rows: readonly Row[] = SENSIBLE): Promise<number> {
  const records = rows.map(([sellfire, object, salesforce, rule]) => ({
    [`${prefix}Sellfire_Object__c`]: 'Lead',
    [`${prefix}Sellfire_Field__c`]: sellfire,
    [`${prefix}Salesforce_Object__c`]: object,
    [`${prefix}Salesforce_Field__c`]: salesforce.replace('@', prefix),
    [`${prefix}Sync_Rule__c`]: rule,
    [`${prefix}On_Create_Update__c`]: true,
  }));
  const results = await admin.sobject(`${prefix}Field_Mapping__c`).create(records);
  const failed = results.filter(({ success }) => !success);
  if (failed.length > 0) throw new Error(`Mappings were refused: ${JSON.stringify(failed)}`);
  return results.length;
}
