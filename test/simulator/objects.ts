// What the platform and the package say of each object in the small Salesforce: key prefixes, unique fields, defaults.
import { FOLLOWED_OBJECTS, type FollowedObject, type SalesforceFields } from '../../bridge/model/salesforce.ts';

export const PREFIXES: Record<string, string> = {
  Lead: '00Q',
  Contact: '003',
  Account: '001',
  Opportunity: '006',
  OpportunityLineItem: '00k',
  Task: '00T',
  Product2: '01t',
  PricebookEntry: '01u',
  Integration_Report__c: 'a02',
  Contract__c: 'a03',
  Contract_Line__c: 'a04',
  Site__c: 'a05',
  Organization__c: 'a06',
};

/** Unique fields of each object. */
const UNIQUE = [
  'Sellfire_Lead_Id__c',
  'Sellfire_Account_Key__c',
  'Sellfire_Contact_Key__c',
  'Sellfire_Opportunity_Key__c',
  'Sellfire_Sale_Item_Id__c',
  'Sellfire_Activity_Id__c',
  'Report_Id__c',
  'Site_Key__c',
  'Organization_Key__c',
];
/** On an Account the field names the lead that created it; several leads may share an Account. */
export const isUnique = (object: string, field: string): boolean =>
  UNIQUE.includes(field) && (field !== 'Sellfire_Lead_Id__c' || object === 'Lead' || object === 'Contact');

export const isFollowed = (object: string): object is FollowedObject =>
  (FOLLOWED_OBJECTS as readonly string[]).includes(object);

/** Fields that the platform fills. */
export function defaults(object: string): SalesforceFields {
  return object === 'Lead' ? { IsConverted: false } : {};
}
