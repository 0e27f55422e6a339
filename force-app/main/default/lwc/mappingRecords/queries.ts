// What the mapping page asks for, once each: the mappings, and what can be mapped.
import { withPrefix } from 'c/records';

/** Rows of one object in an answer: the most that GraphQL gives. Source: GraphQL API guide, "Query Limitations". */
export const ROWS = 2000;

/** What a user may not see is left out, and takes nothing else down. */
const values = (...names: string[]): string => names.map((name) => `${name} @optional { value }`).join(' ');

export const MAPPINGS_QUERY = withPrefix(`query FieldMappings {
  uiapi { query {
    Field_Mapping__c(first: ${ROWS}, orderBy: { Name: { order: ASC } }) {
      totalCount
      edges { node { Id ${values(
        ...['Name', 'Sellfire_Object__c', 'Sellfire_Field__c', 'Salesforce_Object__c', 'Salesforce_Field__c'],
        ...['Sync_Rule__c', 'On_Create_Update__c', 'On_Demo_Set__c', 'On_Sale__c'],
        ...['Status__c', 'Status_Reason__c', 'LastModifiedDate'],
      )} } }
    }
  } }
}`);

export const CATALOGUE_QUERY = withPrefix(`query MappableFields {
  uiapi { query {
    Sellfire_Field__c(first: ${ROWS}, orderBy: { Label__c: { order: ASC } }) {
      edges { node { Id ${values(
        ...['Object__c', 'Field__c', 'Label__c', 'Type__c', 'Custom__c', 'Read_Only__c', 'Required__c'],
        ...['Max_Length__c', 'Options__c'],
      )} } }
    }
    Mappable_Object__c(first: ${ROWS}, orderBy: { Name: { order: ASC } }) {
      edges { node { Id ${values('Name', 'Api_Name__c', 'Custom__c', 'Triggers__c')} } }
    }
    Sync_Settings__c(first: 1, orderBy: { CreatedDate: { order: ASC } }) {
      edges { node { Id ${values('Create_In_Salesforce__c')} } }
    }
    Bridge_Status__c(first: 1) {
      edges { node { Id ${values('Last_Seen_At__c')} } }
    }
  } }
}`);
