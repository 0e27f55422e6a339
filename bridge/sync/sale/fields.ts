// Which fields a demo or a sale writes, and which mappings it cannot do without (M4, M20, M21).
import type { SyncConfig } from '../../model/config.ts';
import type { DealRecord, NodeValue } from '../../model/saleTransaction.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Lead } from '../../model/lead.ts';
import { PRIMARY_PHONE, type FieldMapping, type Trigger } from '../../model/mapping.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { Sale } from '../../model/sale.ts';
import { canonical, toSalesforce } from '../values/canonical.ts';
import { blockedWay, towardsSalesforce } from '../mapping/rules.ts';

export interface Missing {
  code: string;
  reason: string;
}

type Source = Record<string, SellfireValue>;

/**
 * The fields of an object that are mapped on one of the triggers, towards Salesforce, with their values; blanks are left out.
 * @param object the Sellfire object whose fields are asked
 */
export function mappedValues(
  config: SyncConfig,
  source: Source,
  object: FieldMapping['sellfireObject'],
  target: string,
  triggers: readonly Trigger[],
): { fields: SalesforceFields } {
  const fields: SalesforceFields = {};
  for (const mapping of config.mappings) {
    if (mapping.sellfireObject !== object || mapping.salesforceObject !== target) continue;
    if (!towardsSalesforce(mapping.rule) || !mapping.triggers.some((one) => triggers.includes(one))) continue;
    const sellfire = config.catalogue.find((field) => field.object === object && field.name === mapping.sellfireField);
    const salesforce = config.objects[target]?.fields[mapping.salesforceField];
    if (!sellfire || !salesforce || !(salesforce.createable || salesforce.updateable)) continue;
    // Its status says so.
    if (blockedWay(mapping.rule, sellfire, salesforce) === 'toSalesforce') continue;
    const value = canonical(sellfire.type, source[sellfire.name] ?? null, config.country);
    if (value === null || salesforce.name in fields) continue;
    fields[salesforce.name] = toSalesforce(salesforce, value);
  }
  return { fields };
}

/** A text of the lead in canonical form; null where it is blank. */
export function leadText(config: SyncConfig, lead: Lead, name: string): string | null {
  const type = config.catalogue.find((field) => field.object === 'lead' && field.name === name)?.type ?? 'text';
  const value = canonical(type, lead.fields[name] ?? null, config.country);
  return typeof value === 'string' ? value : null;
}

type Required = [sellfire: string, object: string, field: string];

/** M21: what a demo's Opportunity needs, on the demo trigger. */
const FOR_OPPORTUNITY: readonly Required[] = [
  [PRIMARY_PHONE, 'Account', 'Phone'],
  ['business_name', 'Account', 'Name'],
  [PRIMARY_PHONE, 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  ['business_name', 'Opportunity', 'Name'],
];
/** M20: what moving to a Contact needs, on create/update. */
const FOR_CONNECTION: readonly Required[] = [
  [PRIMARY_PHONE, 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  [PRIMARY_PHONE, 'Lead', 'Phone'],
  ['last_name', 'Lead', 'LastName'],
  ['business_name', 'Lead', 'Company'],
];

/** The required mappings that are not there, in words that name each. */
export function missingMappings(
  config: SyncConfig,
  needs: { opportunity: boolean; connection: boolean },
): Missing | undefined {
  const lacking = [
    ...(needs.opportunity ? FOR_OPPORTUNITY.filter((one) => !isMapped(config, one, 'demoSet')) : []),
    ...(needs.connection ? FOR_CONNECTION.filter((one) => !isMapped(config, one, 'createUpdate')) : []),
  ];
  if (lacking.length === 0) return undefined;
  const names = lacking.map(([sellfire, object, field]) => `${sellfire} → ${object} ${field}`);
  return {
    code: 'REQUIRED_UNMAPPED',
    reason: `Map these fields towards Salesforce: ${[...new Set(names)].join(', ')}.`,
  };
}

/** Whether a demo or a move to a Contact cannot do without this mapping. */
export function isRequiredMapping({
  sellfireObject,
  sellfireField,
  salesforceObject,
  salesforceField,
}: FieldMapping): boolean {
  return (
    sellfireObject === 'lead' &&
    [...FOR_OPPORTUNITY, ...FOR_CONNECTION].some(
      ([sellfire, object, field]) =>
        sellfire === sellfireField && object === salesforceObject && field === salesforceField,
    )
  );
}

function isMapped(config: SyncConfig, [sellfire, object, field]: Required, trigger: Trigger): boolean {
  return config.mappings.some(
    (one) =>
      one.sellfireObject === 'lead' &&
      one.sellfireField === sellfire &&
      one.salesforceObject === object &&
      one.salesforceField === field &&
      towardsSalesforce(one.rule) &&
      one.triggers.includes(trigger),
  );
}

/** The values that a deal cannot do without. */
export function missingValues(values: Record<string, string | null>): Missing | undefined {
  const empty = Object.entries(values).filter(([, value]) => value === null);
  if (empty.length === 0) return undefined;
  return {
    code: 'REQUIRED_EMPTY',
    reason: `These fields are empty in Sellfire: ${empty.map(([name]) => name).join(', ')}.`,
  };
}

/** Which trigger writes fields: of a demo, or of a sale. */
export const triggerOf = (sale: Sale | undefined): Trigger => (sale ? 'sale' : 'demoSet');

/** The record in a field that refers to it. */
export const valueOf = (record: DealRecord): NodeValue => ('id' in record ? record.id : { ref: record.ref });
