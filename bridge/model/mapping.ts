// A field mapping: one Sellfire field, one Salesforce field, the triggers and the sync rule (M2–M5).
import { z } from 'zod';

/** The four sync rules of M5, by the API names of the picklist `Field_Mapping__c.Sync_Rule__c`. */
export const SYNC_RULES = ['SalesforceUnlessBlank', 'AlwaysSellfire', 'TwoWay', 'DoNotSync'] as const;
export const syncRuleSchema = z.enum(SYNC_RULES);
export type SyncRule = z.infer<typeof syncRuleSchema>;

export const TRIGGERS = ['createUpdate', 'demoSet', 'sale'] as const;
export const triggerSchema = z.enum(TRIGGERS);
export type Trigger = z.infer<typeof triggerSchema>;
/** The triggers as the pages and the bridge name them to each other. */
export const TRIGGER_NAMES: Readonly<Record<Trigger, string>> = {
  createUpdate: 'create/update',
  demoSet: 'demo set',
  sale: 'sale',
};

export const fieldMappingSchema = z.object({
  /** Salesforce id of the Field_Mapping__c record. */
  id: z.string(),
  sellfireObject: z.enum(['lead', 'sale', 'sale_item', 'associated_contact']),
  sellfireField: z.string().min(1),
  salesforceObject: z.string().min(1),
  salesforceField: z.string().min(1),
  rule: syncRuleSchema,
  triggers: z.array(triggerSchema),
});
export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** The Sellfire field that identifies a lead in both systems; nothing syncs until it is mapped (M6). */
export const PRIMARY_PHONE = 'primary_phone_number';
export const PHASE_FIELD = 'phase';
export const OWNER_FIELD = 'owned_rep_id';

/** Objects whose records follow rules of their own at a sale (M20–M25), and Lead, which a sale does not write. */
const RULED = ['Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityLineItem'];

/** The customer's own objects of which a sale creates records (M13), each with its mappings. @param prefix of the package */
export function madeBySales(mappings: readonly FieldMapping[], prefix: string): Map<string, FieldMapping[]> {
  const ruled = [...RULED, `${prefix}Site__c`, `${prefix}Organization__c`];
  const made = mappings.filter(
    ({ salesforceObject, rule, triggers }) =>
      triggers.includes('sale') &&
      (rule === 'AlwaysSellfire' || rule === 'TwoWay') &&
      !ruled.includes(salesforceObject),
  );
  const objects = [...new Set(made.map(({ salesforceObject }) => salesforceObject))];
  return new Map(objects.map((object) => [object, made.filter(({ salesforceObject }) => salesforceObject === object)]));
}
