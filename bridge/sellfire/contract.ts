// Defines the API contract between Sellfire and the bridge: a zod schema for every request and response.
// `npm run openapi` turns it into docs/openapi.json (OpenAPI 3.1). The local Sellfire and the client both use it.
//
// Every request carries `Authorization: Bearer <API key>`. Errors are RFC 9457 problem documents. Lists are paged by an
// opaque `cursor`. Every change is in the event feed before its webhook is sent. An unknown member of a
// request is refused, never ignored.
import { z } from 'zod';
import { activitySchema } from '../model/activity.ts';
import { sellfireFieldSchema } from '../model/field.ts';
import { sellfireEventSchema } from '../model/event.ts';
import { leadSchema } from '../model/lead.ts';
import { createLeadSchema, updateLeadSchema } from '../model/leadWrite.ts';
import { repSchema } from '../model/rep.ts';
import { scheduleItemSchema } from '../model/schedule.ts';
import { openEnum } from '../model/openEnum.ts';
import { saleSchema } from '../model/sale.ts';

/** Operations of one batch, and ids or phones of one lookup. The bridge gathers Salesforce writes by the same number. */
export const BATCH_LIMIT = 200;

/** Codes of problems, the last part of a problem's `type` (`urn:sellfire:problem:<code>`). */
export const PROBLEM_CODES = [
  'invalid_request',
  'invalid_value',
  'unknown_field',
  'read_only_field',
  'unknown_option',
  'phone_taken',
  'phase_refused',
  'owner_refused',
  'version_conflict',
  'idempotency_conflict',
  'not_found',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'unavailable',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** The HTTP status that each problem is answered with (a body over the limit is `invalid_request` with 413). */
export const PROBLEM_STATUS: Readonly<Record<ProblemCode, number>> = {
  invalid_request: 400,
  invalid_value: 422,
  unknown_field: 422,
  read_only_field: 422,
  unknown_option: 422,
  phone_taken: 409,
  phase_refused: 409,
  owner_refused: 409,
  version_conflict: 409,
  idempotency_conflict: 409,
  not_found: 404,
  unauthorized: 401,
  forbidden: 403,
  rate_limited: 429,
  unavailable: 503,
};
/** The prefix of a problem's `type`; the code follows. */
export const PROBLEM_TYPE_PREFIX = 'urn:sellfire:problem:';
/** The media type of a problem (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: openEnum(PROBLEM_CODES),
    field: z.string().nullable().optional(),
    /** For phone_taken: the lead that has the phone number. */
    lead_id: z.string().nullable().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

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

/** One operation of the API: the server, the client and the documentation are made from it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  path: string;
  summary: string;
  body?: z.ZodType;
  /** `text/csv` for the imports; JSON otherwise. */
  bodyType?: string;
  query?: Record<string, z.ZodType>;
  /**
   * Needs the header Idempotency-Key. For 30 days the same key with the same body gets the first response again, and with
   * another body idempotency_conflict. A refused request changes nothing and is not kept, so a repetition is evaluated again.
   */
  idempotent?: boolean;
  success: number;
  response: z.ZodType;
}

export const OPERATIONS = {
  whoAmI: {
    method: 'GET',
    path: '/v1/account',
    summary: 'The account of the API key',
    success: 200,
    response: accountSchema,
  },
  listFields: {
    method: 'GET',
    path: '/v1/fields',
    summary: 'The field catalogue',
    success: 200,
    response: fieldListSchema,
  },
  createOption: {
    method: 'POST',
    path: '/v1/fields/{object}/{name}/options',
    summary: 'Add an option to a select or multi-select field; an option that exists is no error',
    body: createOptionSchema,
    success: 200,
    response: sellfireFieldSchema,
  },
  listReps: {
    method: 'GET',
    path: '/v1/reps',
    summary: 'Reps and Enablement users, deleted ones included',
    query: { cursor: z.string().optional() },
    success: 200,
    response: repListSchema,
  },
  getLead: { method: 'GET', path: '/v1/leads/{id}', summary: 'One lead', success: 200, response: leadSchema },
  lookupLeads: {
    method: 'POST',
    path: '/v1/leads/lookup',
    summary: 'Leads by id (deleted ones included), by primary phone number, or by Salesforce id',
    body: lookupRequestSchema,
    success: 200,
    response: lookupResponseSchema,
  },
  createLead: {
    method: 'POST',
    path: '/v1/leads',
    summary: 'Create a lead',
    body: createLeadSchema,
    idempotent: true,
    success: 201,
    response: leadSchema,
  },
  updateLead: {
    method: 'PATCH',
    path: '/v1/leads/{id}',
    summary: 'Change fields of a lead',
    body: updateLeadSchema,
    idempotent: true,
    success: 200,
    response: leadSchema,
  },
  batch: {
    method: 'POST',
    path: '/v1/leads/batch',
    summary: 'Create and change many leads; each operation succeeds or fails alone',
    body: batchRequestSchema,
    success: 200,
    response: batchResponseSchema,
  },
  listSchedule: {
    method: 'GET',
    path: '/v1/leads/{id}/schedule',
    summary: 'The planned events of a lead',
    success: 200,
    response: scheduleListSchema,
  },
  listSales: {
    method: 'GET',
    path: '/v1/leads/{id}/sales',
    summary: 'The sales of a lead',
    success: 200,
    response: saleListSchema,
  },
  listActivities: {
    method: 'GET',
    path: '/v1/leads/{id}/activities',
    summary: 'What reps did on a lead, oldest first',
    success: 200,
    response: activityListSchema,
  },
  readFeed: {
    method: 'GET',
    path: '/v1/events',
    summary: 'Events after a sequence, oldest first',
    query: {
      after: z.coerce.number().int().nonnegative(),
      limit: z.coerce.number().int().min(1).max(FEED_PAGE_LIMIT).optional(),
    },
    success: 200,
    response: feedPageSchema,
  },
  subscribe: {
    method: 'PUT',
    path: '/v1/webhook-subscriptions/{name}',
    summary: 'Where to send events, signed with this secret; replaces what stands under the name',
    body: webhookSubscriptionSchema,
    success: 200,
    response: z.object({ name: z.string(), url: z.url() }),
  },
  alert: {
    method: 'POST',
    path: '/v1/alerts',
    summary: 'Send an alert by e-mail to every Enablement user',
    body: alertSchema,
    idempotent: true,
    success: 202,
    response: z.object({ recipients: z.int() }),
  },
  importLeads: {
    method: 'POST',
    path: '/v1/imports',
    summary: 'Import leads from a CSV file; a row fails alone',
    bodyType: 'text/csv',
    idempotent: true,
    success: 200,
    response: importResultSchema,
  },
  importSales: {
    method: 'POST',
    path: '/v1/sales/imports',
    summary: 'Import sales that were made in Salesforce from a CSV file; a sale fails alone',
    bodyType: 'text/csv',
    idempotent: true,
    success: 200,
    response: saleImportResultSchema,
  },
} as const satisfies Record<string, Operation>;
