// The query of the record panel; without namespace.
import { COLUMNS } from 'c/reportData';

/** Enough to find the latest of each kind; the life of the record has the rest. */
const REPORTS = 50;
/** A business has a handful, a chain may have hundreds: the related list has those. */
const SITES = 50;

/** @param object `Lead`, `Contact` or `Account` @param fields where its facts stand */
export function recordQuery(object: string, id: string, fields: readonly string[]): string {
  const is = (field: string): string => `where: { ${field}: { eq: ${JSON.stringify(id)} } }`;
  const optional = [
    ...fields,
    ...fields.filter((field) => field.endsWith('State')).map((field) => field.replace('State', 'Country')),
    ...['Sellfire_Lead_Id__c', 'Recording_Consent__c'],
    // Only a Lead is ever left by its link.
    ...(object === 'Lead' ? ['Sellfire_Sync_Detail__c'] : []),
  ];
  return `query sellfireRecord {
  uiapi {
    query {
      ${object}(first: 1, ${is('Id')}) {
        edges { node { Id Name @optional { value } ${optional.map((field) => `${field} @optional { value }`).join(' ')} } }
      }
      Integration_Report__c(first: ${REPORTS}, ${is(`${object}__c`)}, orderBy: { Occurred_At__c: { order: DESC } }) {
        edges { node { ${COLUMNS} } }
      }
      Field_Mapping__c(first: 500, where: { Salesforce_Object__c: { eq: "${object}" } }) {
        edges { node { Id Salesforce_Field__c { value } Sync_Rule__c { value } } }
      }
      Bridge_Status__c(first: 1, orderBy: { Last_Seen_At__c: { order: DESC } }) {
        edges { node { Id Sync_State__c @optional { value } Last_Seen_At__c @optional { value } } }
      }
      Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
        edges { node { Id Sellfire_Address__c @optional { value } } }
      }
      ${object === 'Account' ? placesOf(is('Account__c')) : ''}
    }
  }
}`;
}

function placesOf(where: string): string {
  return `Site__c(first: ${SITES}, ${where}, orderBy: { Name: { order: ASC } }) {
        edges { node { Id Name { value } location__c @optional { value } } }
      }
      Organization__c(first: 5, ${where}, orderBy: { Name: { order: ASC } }) {
        edges { node { Id Name { value } } }
      }`;
}
