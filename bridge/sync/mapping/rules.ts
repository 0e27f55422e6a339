// The sync rules of a mapping (M5) and which mappings of a configuration count (M4, M6).
import type { SyncConfig } from '../../model/config.ts';
import type { SellfireField } from '../../model/field.ts';
import type { Canonical } from '../../model/link.ts';
import { PRIMARY_PHONE, type FieldMapping, type SyncRule } from '../../model/mapping.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { conversion } from './typeTable.ts';

/** M5: whether the rule carries Sellfire's value to Salesforce. */
export function towardsSalesforce(rule: SyncRule): boolean {
  return rule === 'AlwaysSellfire' || rule === 'TwoWay';
}

/** M5: whether the rule carries this Salesforce value to Sellfire; a blank goes only with Two-way sync. */
export function towardsSellfire(rule: SyncRule, value: Canonical): boolean {
  return rule === 'TwoWay' || (rule === 'SalesforceUnlessBlank' && value !== null);
}

/** The way that the rule needs and that no value of these types passes (M8): such a mapping is left alone whole. */
export function blockedWay(
  rule: SyncRule,
  sellfire: Pick<SellfireField, 'type'>,
  salesforce: Pick<SalesforceField, 'type'>,
): 'toSalesforce' | 'toSellfire' | undefined {
  const { toSalesforce, toSellfire } = conversion(sellfire.type, salesforce.type);
  if (towardsSalesforce(rule) && toSalesforce.verdict === 'none') return 'toSalesforce';
  return towardsSellfire(rule, 'any') && toSellfire.verdict === 'none' ? 'toSellfire' : undefined;
}

/** A mapping together with what both sides say of its fields. */
export interface MappedField {
  mapping: FieldMapping;
  sellfire: SellfireField;
  salesforce: SalesforceField;
  /** Replica key of the Salesforce side, `Lead.Company`. */
  replica: string;
}

/**
 * M4: the mappings of lead fields that fire on create/update, for some Salesforce objects, whose fields exist on both sides and
 * are of types between which a value passes. "Don't sync" equals no mapping.
 */
export function mappedFields(config: SyncConfig, objects: readonly string[]): MappedField[] {
  const found: MappedField[] = [];
  for (const mapping of config.mappings) {
    if (mapping.rule === 'DoNotSync' || mapping.sellfireObject !== 'lead') continue;
    if (!mapping.triggers.includes('createUpdate') || !objects.includes(mapping.salesforceObject)) continue;
    const sellfire = config.catalogue.find(
      (field) => field.object === mapping.sellfireObject && field.name === mapping.sellfireField,
    );
    const salesforce = config.objects[mapping.salesforceObject]?.fields[mapping.salesforceField];
    if (!sellfire || !salesforce || blockedWay(mapping.rule, sellfire, salesforce)) continue;
    found.push({ mapping, sellfire, salesforce, replica: `${mapping.salesforceObject}.${mapping.salesforceField}` });
  }
  return found;
}

/** M6: nothing syncs until the Sellfire primary phone number is mapped. */
export function isPhoneMapped(config: SyncConfig): boolean {
  return config.mappings.some(
    (mapping) =>
      mapping.sellfireObject === 'lead' && mapping.sellfireField === PRIMARY_PHONE && mapping.rule !== 'DoNotSync',
  );
}
