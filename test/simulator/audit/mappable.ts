// Which objects of an org can be mapped, and on which triggers (M10–M13): those that both ways keep in step, those of a sale, and the customer's own.

interface Asked {
  name: string;
  /** The namespace of the package; empty where it was deployed as a source. */
  prefix: string;
  createable: boolean;
  queryable: boolean;
  custom: boolean;
  customSetting: boolean;
}

const ALL = ['createUpdate', 'demoSet', 'sale'];
/** Of the package, in an org without its namespace. */
const OWN = [
  ...['Bridge_Status__c', 'Field_Mapping__c', 'Integration_Report__c', 'Mappable_Object__c', 'Organization__c'],
  ...['Sellfire_Field__c', 'Sellfire_Rep__c', 'Site__c', 'Sync_Request__c', 'Sync_Settings__c'],
];

function triggersOf({
  name,
  prefix,
  createable,
  queryable,
  custom,
  customSetting,
}: Asked): readonly string[] | undefined {
  if (!createable || !queryable) return undefined;
  if (['Lead', 'Contact', 'Account'].includes(name)) return ALL;
  if (name === 'Opportunity') return ['demoSet', 'sale'];
  if (name === 'OpportunityLineItem') return ['sale'];
  const isOwn = prefix === '' ? OWN.includes(name) : name.startsWith(prefix);
  return custom && name.endsWith('__c') && !customSetting && !isOwn ? ['sale'] : undefined;
}

export function auditMappable(asked: Asked, given: readonly string[] | undefined): string[] {
  const wanted = triggersOf(asked);
  return wanted?.join() === given?.join()
    ? []
    : [`M13: ${asked.name} is mapped on ${given?.join() ?? 'nothing'} instead of ${wanted?.join() ?? 'nothing'}.`];
}
