// A Sellfire lead: one business that reps call, identified in both systems by its primary phone number.
import { z } from 'zod';
import { sellfireValueSchema } from './field.ts';

/** A moment as RFC 3339 in UTC with milliseconds, for example `2026-11-24T06:30:00.000Z`. */
export const instantSchema = z.iso.datetime();

/** The lead's Salesforce ids, written by the bridge at a creation, by an import, or by a connection update. */
export const salesforceIdsSchema = z
  .object({
    lead_id: z.string().nullable(),
    contact_id: z.string().nullable(),
    account_id: z.string().nullable(),
  })
  .meta({ id: 'SalesforceIds' });
export type SalesforceIds = z.infer<typeof salesforceIdsSchema>;

export const leadSchema = z
  .object({
    id: z.string(),
    version: z.int().positive().meta({ description: 'Grows by one with every change' }),
    created_at: instantSchema,
    updated_at: instantSchema.meta({ description: 'Strictly later with every change of the lead' }),
    deleted_at: instantSchema.nullable(),
    cycle: z.int().positive().meta({ description: 'The sales cycle the lead is in, from 1' }),
    fields: z
      .record(z.string(), sellfireValueSchema)
      .meta({ description: 'Every field of the catalogue by name, custom ones, phase and owned_rep_id included' }),
    changed_at: z
      .record(z.string(), instantSchema)
      .meta({ description: 'When each field was last changed; fields never set are absent' }),
    salesforce: salesforceIdsSchema,
  })
  .meta({ id: 'Lead' });
export type Lead = z.infer<typeof leadSchema>;
