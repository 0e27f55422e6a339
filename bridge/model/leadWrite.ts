// What is sent to create or update a Sellfire lead.
import { z } from 'zod';
import { sellfireValueSchema } from './field.ts';
import { salesforceIdsSchema } from './lead.ts';

const fieldsSchema = z.record(z.string(), sellfireValueSchema);

export const createLeadSchema = z
  .strictObject({ fields: fieldsSchema, salesforce: salesforceIdsSchema.partial().optional() })
  .meta({ id: 'CreateLead' });
export type CreateLead = z.infer<typeof createLeadSchema>;

export const updateLeadSchema = z
  .strictObject({
    fields: fieldsSchema.optional(),
    salesforce: salesforceIdsSchema.partial().optional(),
    /** The change is refused with version_conflict when the lead has moved on. */
    if_version: z.int().positive().optional(),
  })
  .meta({ id: 'UpdateLead' });
export type UpdateLead = z.infer<typeof updateLeadSchema>;
