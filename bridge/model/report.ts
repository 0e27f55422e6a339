// A report row: one attempt, success or error, in words an admin can act on (M31). Becomes Integration_Report__c.
import { z } from 'zod';
import { inWords, type Explanation } from './catalogue/entry.ts';
import { canonicalSchema } from './link.ts';

/** What a row tells of. */
export const EVENTS = [
  'LeadCreated',
  'LeadUpdated',
  'LeadLinked',
  'LeadDeleted',
  'PhaseChange',
  'OwnerChange',
  'DemoSet',
  'Sale',
  'Activity',
  'Configuration',
  'Connection',
] as const;

export const reportSchema = z.object({
  /** ms since the epoch: when the change that led to it happened. */
  occurredAt: z.number(),
  direction: z.enum(['ToSalesforce', 'ToSellfire']),
  event: z.enum(EVENTS),
  outcome: z.enum(['Success', 'Skipped', 'Refused', 'Failed']),
  /** The same code stands in the log and on the page; empty for a success. */
  code: z.string(),
  reason: z.string(),
  sellfireLeadId: z.string().nullable(),
  salesforceObject: z.string().nullable(),
  salesforceRecordId: z.string().nullable(),
  /** Field by field, by Salesforce or Sellfire field name on the side that was written. */
  changes: z.array(z.object({ field: z.string(), before: canonicalSchema.optional(), after: canonicalSchema })),
});
export type Report = z.infer<typeof reportSchema>;

/** What a row says of a cause. */
export const said = (why: Explanation): Pick<Report, 'code' | 'reason'> => ({ code: why.code, reason: inWords(why) });
