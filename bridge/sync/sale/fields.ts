// Selects the fields that a demo or a sale writes (M4) and checks the values that it requires.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Message } from '../../model/message.ts';
import type { RecordRef, NodeValue } from '../../model/saleTransaction.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Lead } from '../../model/lead.ts';
import type { FieldMapping, Trigger } from '../../model/mapping.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { Sale } from '../../model/sale.ts';
import { textOrNull } from '../../model/text.ts';
import { canonical, toSalesforce } from '../values/canonical.ts';
import { leadCountry } from '../mapping/country.ts';
import { blockedWay, mappedFields, towardsSalesforce } from '../mapping/rules.ts';

type Source = Record<string, SellfireValue>;

/**
 * The Salesforce values of the fields that are mapped towards Salesforce on one of the triggers, without blanks.
 * @param lead whose country its phones have, those of its sales and of their people too
 * @param object the Sellfire object that the source belongs to
 */
export function mappedValues(
  config: SyncConfig,
  lead: Pick<Lead, 'fields'>,
  source: Source,
  object: FieldMapping['sellfireObject'],
  target: string,
  triggers: readonly Trigger[],
): { fields: SalesforceFields } {
  const fields: SalesforceFields = {};
  const country = leadCountry(config, lead.fields);
  for (const mapping of config.mappings) {
    if (mapping.sellfireObject !== object || mapping.salesforceObject !== target) continue;
    if (!towardsSalesforce(mapping.rule) || !mapping.triggers.some((one) => triggers.includes(one))) continue;
    const sellfire = config.catalogue.find((field) => field.object === object && field.name === mapping.sellfireField);
    const salesforce = config.objects[target]?.fields[mapping.salesforceField];
    if (!sellfire || !salesforce || !(salesforce.createable || salesforce.updateable)) continue;
    // The status of the mapping reports this already.
    if (blockedWay(mapping.rule, sellfire, salesforce) === 'toSalesforce') continue;
    const value = canonical(sellfire.type, source[sellfire.name] ?? null, country);
    if (value === null || salesforce.name in fields) continue;
    fields[salesforce.name] = toSalesforce(salesforce, value);
  }
  return { fields };
}

/** A text of the lead in canonical form; null where it is blank. */
export function leadText(config: SyncConfig, lead: Lead, name: string): string | null {
  const type = config.catalogue.find((field) => field.object === 'lead' && field.name === name)?.type ?? 'text';
  const value = canonical(type, lead.fields[name] ?? null, leadCountry(config, lead.fields));
  return textOrNull(value);
}

/** Reports the required values of a demo or a sale that are blank. */
export function missingValues(part: Message, values: Record<string, string | null>): Explanation | undefined {
  const empty = Object.entries(values).filter(([, value]) => value === null);
  if (empty.length === 0) return undefined;
  return explain('REQUIRED_EMPTY.forDemo', { part, fields: empty.map(([name]) => name).join(', ') });
}

/** The trigger whose mappings apply: demo or sale. */
export const triggerOf = (sale: Sale | undefined): Trigger => (sale ? 'sale' : 'demoSet');

/** The value of a field that refers to the record. */
export const valueOf = (record: RecordRef): NodeValue => ('id' in record ? record.id : { ref: record.ref });

/**
 * Leaves out the fields that sync on create/update already. For those the later edit wins, whether or not there was a
 * demo or a sale.
 */
export function withoutSynced(config: SyncConfig, object: string, fields: SalesforceFields): SalesforceFields {
  if (!config.settings.updateInSalesforce) return fields;
  const synced = mappedFields(config, [object]).filter(({ mapping }) => towardsSalesforce(mapping.rule));
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !synced.some(({ salesforce }) => salesforce.name === name)),
  );
}
