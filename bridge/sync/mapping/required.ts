// Lists the mappings that a demo's Opportunity (M21) and a relink to a Contact (M20) require.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import { PRIMARY_PHONE, type FieldMapping, type Trigger } from '../../model/mapping.ts';
import { towardsSalesforce } from './rules.ts';
import { say, type Message } from '../../model/message.ts';

type Required = [sellfire: string, object: string, field: string];

/** M21: required for a demo's Opportunity, on the demo trigger. */
const FOR_OPPORTUNITY: readonly Required[] = [
  [PRIMARY_PHONE, 'Account', 'Phone'],
  ['business_name', 'Account', 'Name'],
  [PRIMARY_PHONE, 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  ['business_name', 'Opportunity', 'Name'],
];
/** M20: required for a relink to a Contact, on create/update. */
const FOR_CONNECTION: readonly Required[] = [
  [PRIMARY_PHONE, 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  [PRIMARY_PHONE, 'Lead', 'Phone'],
  ['last_name', 'Lead', 'LastName'],
  ['business_name', 'Lead', 'Company'],
];

/** What a demo or a sale does, each with a list of its own: one that lacks something does not hold up the others. */
export type SaleFunction = 'opportunity' | 'connection';

/** As a sentence begins with it. */
export const FUNCTION_NAMES = {
  opportunity: say('opportunityAtDemo'),
  connection: say('moveToContact'),
} as const satisfies Record<SaleFunction, Message>;

/** Explains which required mappings the function lacks. */
export function missingMappings(config: SyncConfig, of: SaleFunction): Explanation | undefined {
  const lacking =
    of === 'opportunity'
      ? FOR_OPPORTUNITY.filter((one) => !isMapped(config, one, 'demoSet'))
      : FOR_CONNECTION.filter((one) => !isMapped(config, one, 'createUpdate'));
  if (lacking.length === 0) return undefined;
  const names = lacking.map(([sellfire, object, field]) => `${sellfire} → ${object} ${field}`);
  return explain('REQUIRED_UNMAPPED.forDemo', { part: FUNCTION_NAMES[of], mappings: names.join(', ') });
}

/** Whether a demo or a relink to a Contact requires this mapping. */
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
