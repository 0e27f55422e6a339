// Defines the bodies of the requests and responses between Sellfire and the bridge, as zod schemas. An unknown member of a request is
// refused, never ignored; the client parses every response.
import { z } from 'zod';
import { activitySchema } from '../model/activity.ts';
import { sellfireFieldSchema } from '../model/field.ts';
import { sellfireEventSchema } from '../model/event.ts';
import { leadSchema } from '../model/lead.ts';
import { createLeadSchema, updateLeadSchema } from '../model/leadWrite.ts';
import { repSchema } from '../model/rep.ts';
import { scheduleItemSchema } from '../model/schedule.ts';
import { saleSchema } from '../model/sale.ts';
import { problemSchema } from './problem.ts';

/** Operations of one batch, and ids or phones of one lookup. The bridge gathers Salesforce writes by the same number. */
export const BATCH_LIMIT = 200;

export const accountSchema = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Account' });

export const batchRequestSchema = z
  .strictObject({
    operations: z
      .array(
        z.discriminatedUnion('op', [
          z.strictObject({
            op: z.literal('create'),
            idempotency_key: z.string().min(1).max(128),
            lead: createLeadSchema,
          }),
          z.strictObject({
            op: z.literal('update'),
            idempotency_key: z.string().min(1).max(128),
            lead_id: z.string(),
            lead: updateLeadSchema,
          }),
        ]),
      )
      .min(1)
      .max(BATCH_LIMIT),
  })
  .meta({ id: 'BatchRequest' });
export type BatchRequest = z.infer<typeof batchRequestSchema>;

export const batchResultSchema = z.union([
  z.object({ status: z.union([z.literal(200), z.literal(201)]), lead: leadSchema }),
  z.object({ status: z.int(), problem: problemSchema }),
]);
/** One result per operation, in order. A failed operation does not affect the others. */
export const batchResponseSchema = z
  .object({
    results: z.array(batchResultSchema),
  })
  .meta({ id: 'BatchResponse' });
export type BatchResponse = z.infer<typeof batchResponseSchema>;

export const lookupRequestSchema = z
  .strictObject({
    ids: z.array(z.string()).max(BATCH_LIMIT).optional(),
    /** Compared as E.164 with the primary phone number. */
    phones: z.array(z.string()).max(BATCH_LIMIT).optional(),
    salesforce_ids: z.array(z.string()).max(BATCH_LIMIT).optional(),
  })
  .meta({ id: 'LeadLookup' });
export const lookupResponseSchema = z.object({ leads: z.array(leadSchema) }).meta({ id: 'LeadLookupResult' });

export const fieldListSchema = z.object({ fields: z.array(sellfireFieldSchema) }).meta({ id: 'FieldList' });
export const createOptionSchema = z.strictObject({ option: z.string().min(1).max(255) }).meta({ id: 'CreateOption' });
export const repListSchema = z
  .object({ reps: z.array(repSchema), cursor: z.string().nullable() })
  .meta({ id: 'RepList' });
export const scheduleListSchema = z.object({ items: z.array(scheduleItemSchema) }).meta({ id: 'ScheduleList' });
export const activityListSchema = z.object({ activities: z.array(activitySchema) }).meta({ id: 'ActivityList' });
export const saleListSchema = z.object({ sales: z.array(saleSchema) }).meta({ id: 'SaleList' });

/**
 * `after` is the sequence of the last event that the caller has, 0 for none; the feed keeps 30 days. An `after` that the
 * feed has not reached or no longer keeps is refused (invalid_value): the caller compares both sides instead.
 * `last_sequence` is the last sequence of the feed, not of the page.
 */
export const feedPageSchema = z
  .object({ events: z.array(sellfireEventSchema), last_sequence: z.int().nonnegative(), has_more: z.boolean() })
  .meta({ id: 'FeedPage' });
export type FeedPage = z.infer<typeof feedPageSchema>;
export const FEED_PAGE_LIMIT = 500;

export const webhookBodySchema = z
  .object({ events: z.array(sellfireEventSchema).min(1).max(100) })
  .meta({ id: 'Webhook' });
export const webhookSubscriptionSchema = z
  .strictObject({ url: z.url(), secret: z.string().min(32).max(256) })
  .meta({ id: 'WebhookSubscription' });

export const alertSchema = z
  .strictObject({
    kind: z.enum(['owner_refused', 'sync_stopped', 'budget']),
    subject: z.string().min(1).max(200),
    body: z.string().min(1).max(10_000),
    lead_id: z.string().nullable(),
  })
  .meta({ id: 'Alert' });

export const importRowSchema = z.object({
  row: z.int().positive(),
  outcome: z.enum(['created', 'updated', 'linked', 'skipped', 'failed']),
  lead_id: z.string().nullable(),
  problem: problemSchema.nullable(),
});
export const importResultSchema = z.object({ rows: z.array(importRowSchema) }).meta({ id: 'ImportResult' });

export type ImportRow = z.infer<typeof importRowSchema>;

export const saleImportRowSchema = z.object({
  row: z.int().positive(),
  outcome: z.enum(['created', 'skipped', 'failed']),
  lead_id: z.string().nullable(),
  sale_id: z.string().nullable(),
  problem: problemSchema.nullable(),
});
/** One result per row, in order. The rows of one Opportunity succeed or fail together. */
export const saleImportResultSchema = z.object({ rows: z.array(saleImportRowSchema) }).meta({ id: 'SaleImportResult' });
export type SaleImportRow = z.infer<typeof saleImportRowSchema>;
