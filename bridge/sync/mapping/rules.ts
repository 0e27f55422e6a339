// Applies the sync rules of mappings (M5) and selects the mappings that are active (M4, M6).
import type { SellfireField } from '../../model/field.ts';
import type { Canonical } from '../../model/link.ts';
import { PRIMARY_PHONE, type FieldMapping, type SyncRule } from '../../model/mapping.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { compiled } from './compiled.ts';
import { conversion } from './typeTable.ts';

/** M5: whether the rule allows Sellfire's values to be written to Salesforce. */
export function towardsSalesforce(rule: SyncRule): boolean {
  return rule === 'AlwaysSellfire' || rule === 'TwoWay';
}

/** M5: whether the rule allows this Salesforce value to be written to Sellfire. A blank requires two-way sync. */
export function towardsSellfire(rule: SyncRule, value: Canonical): boolean {
  return rule === 'TwoWay' || (rule === 'SalesforceUnlessBlank' && value !== null);
}

/** The direction of the rule in which no value of these types passes (M8). Such a mapping is not applied at all. */
export function blockedWay(
  rule: SyncRule,
  sellfire: Pick<SellfireField, 'type'>,
  salesforce: Pick<SalesforceField, 'type'>,
): 'toSalesforce' | 'toSellfire' | undefined {
  const { toSalesforce, toSellfire } = conversion(sellfire.type, salesforce.type);
  if (towardsSalesforce(rule) && toSalesforce.verdict === 'none') return 'toSalesforce';
  return towardsSellfire(rule, 'any') && toSellfire.verdict === 'none' ? 'toSellfire' : undefined;
}

/** A mapping with the definitions of both its fields. */
export interface MappedField {
  mapping: FieldMapping;
  sellfire: SellfireField;
  salesforce: SalesforceField;
  /** The key of the Salesforce replica: `Lead.Company`. */
  replica: string;
}

/**
 * M4: the mappings of lead fields on create/update for these Salesforce objects, whose fields exist on both sides and
 * have types between which values pass. "Don't sync" equals no mapping.
 */
export const mappedFields = compiled((config, objects): readonly MappedField[] => {
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
});

/** M6: whether the Sellfire primary phone is mapped; nothing syncs before. */
export const isPhoneMapped = compiled(({ mappings }): boolean =>
  mappings.some(
    (mapping) =>
      mapping.sellfireObject === 'lead' && mapping.sellfireField === PRIMARY_PHONE && mapping.rule !== 'DoNotSync',
  ),
);
