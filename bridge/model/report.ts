// A report row: one attempt, success or error, in words that an admin can act on (M31). It is stored as
// Integration_Report__c.
import { z } from 'zod';
import { inWords, type Explanation } from './catalogue/entry.ts';
import { canonicalSchema } from './link.ts';

/** The subjects of report rows. */
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
  /** ms since the epoch: when the change that led to the row happened. */
  occurredAt: z.number(),
  direction: z.enum(['ToSalesforce', 'ToSellfire']),
  event: z.enum(EVENTS),
  outcome: z.enum(['Success', 'Skipped', 'Refused', 'Failed']),
  /** The code, the same in the log and on the pages; empty for a success. */
  code: z.string(),
  reason: z.string(),
  sellfireLeadId: z.string().nullable(),
  /** The activity, the sale or the schedule item that the row is about; of that a repush is done again (M27). */
  sellfireRecordId: z.string().nullish(),
  salesforceObject: z.string().nullable(),
  salesforceRecordId: z.string().nullable(),
  /** By field name of the side that was written. */
  changes: z.array(z.object({ field: z.string(), before: canonicalSchema.optional(), after: canonicalSchema })),
});
export type Report = z.infer<typeof reportSchema>;

/** The code and reason of a row for a cause. */
export const said = (why: Explanation): Pick<Report, 'code' | 'reason'> => ({ code: why.code, reason: inWords(why) });
