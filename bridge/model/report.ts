// A report row: one attempt, success or error, in words that an admin can act on (M31). It is stored as
// Integration_Report__c.
import { z } from 'zod';
import { inWords, type Explanation, type Message } from './catalogue/entry.ts';
import { canonicalSchema } from './link.ts';
import { asMessage, messageSchema, sentencesOf } from './message.ts';

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
  /** The reason as codes and values: the pages say it in the reader's language. Absent where there is none. */
  messages: z.array(messageSchema).optional(),
  sellfireLeadId: z.string().nullable(),
  /** The activity, the sale or the schedule item that the row is about; of that a repush is done again (M27). */
  sellfireRecordId: z.string().nullish(),
  /** The Sync_Request__c that the row is a result of, so that the rows of an import are found, and its failed ones tried again. */
  requestId: z.string().nullish(),
  salesforceObject: z.string().nullable(),
  salesforceRecordId: z.string().nullable(),
  /** By field name of the side that was written. */
  changes: z.array(
    z.object({
      field: z.string(),
      before: canonicalSchema.optional(),
      after: canonicalSchema,
      /** Who made the change that was carried, where its event says so: see `Register.editor`. */
      by: z.object({ side: z.enum(['salesforce', 'sellfire']), id: z.string() }).optional(),
    }),
  ),
});
export type Report = z.infer<typeof reportSchema>;

export type Words = Pick<Report, 'code' | 'reason' | 'messages'>;

/** What a row says. */
export const worded = (code: string, messages: Message[]): Words =>
  messages.length === 0 ? { code, reason: '' } : { code, reason: sentencesOf(messages), messages };

/** What a row says of a cause. */
export const said = (why: Explanation): Words => worded(why.code, [asMessage(why)]);

/** The same in short, for what keeps it: a link that waits, a change that is parked. */
export const causeOf = (why: Explanation): { code: string; reason: string } => ({
  code: why.code,
  reason: inWords(why),
});
