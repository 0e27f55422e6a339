// Defines the API contract between Sellfire and the bridge: the operations, each with the schemas of its request and response.
// `npm run openapi` turns it into docs/openapi.json (OpenAPI 3.1). The local Sellfire and the client both use it.
//
// Every request carries `Authorization: Bearer <API key>`. Errors are RFC 9457 problem documents. Lists are paged by an
// opaque `cursor`. Every change is in the event feed before its webhook is sent.
import { z } from 'zod';
import { sellfireFieldSchema } from '../model/field.ts';
import { leadSchema } from '../model/lead.ts';
import { createLeadSchema, updateLeadSchema } from '../model/leadWrite.ts';
import {
  accountSchema,
  batchRequestSchema,
  batchResponseSchema,
  lookupRequestSchema,
  lookupResponseSchema,
  fieldListSchema,
  createOptionSchema,
  repListSchema,
  scheduleListSchema,
  activityListSchema,
  saleListSchema,
  feedPageSchema,
  FEED_PAGE_LIMIT,
  webhookSubscriptionSchema,
  alertSchema,
  importResultSchema,
  saleImportResultSchema,
} from './payloads.ts';

/** One operation of the API: the server, the client and the documentation are made from it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
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
  unsubscribe: {
    method: 'DELETE',
    path: '/v1/webhook-subscriptions/{name}',
    summary: 'Send no more events under this name, whether or not any were sent',
    success: 200,
    response: z.object({ name: z.string() }),
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
