// Nothing is there twice (M17, M18, M22, M25, M29): not at the end, and at no moment before.
import type { Evidence } from './evidence.ts';

const KEYS = [
  ['Lead', 'Sellfire_Lead_Id__c'],
  ['Contact', 'Sellfire_Lead_Id__c'],
  ['Contact', 'Sellfire_Contact_Key__c'],
  ['Account', 'Sellfire_Account_Key__c'],
  ['Opportunity', 'Sellfire_Opportunity_Key__c'],
  ['OpportunityLineItem', 'Sellfire_Sale_Item_Id__c'],
  ['Task', 'Sellfire_Activity_Id__c'],
  ['Site__c', 'Site_Key__c'],
  ['Organization__c', 'Organization_Key__c'],
  ['Integration_Report__c', 'Report_Id__c'],
] as const;

export function auditDoubles({ records }: Pick<Evidence, 'records'>): string[] {
  const live = records.filter(({ deleted }) => !deleted);
  return KEYS.flatMap(([object, field]) => {
    const keyed = live.filter((one) => one.object === object && typeof one.fields[field] === 'string');
    const groups = [...Map.groupBy(keyed, ({ fields }) => fields[field])];
    return groups
      .filter(([, of]) => of.length > 1)
      .map(([key, of]) => `M27: ${of.map(({ id }) => id).join(' and ')} are ${object}s of ${String(key)}.`);
  });
}
