// The body of a call that creates or updates a Sellfire lead.
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
    /** Sellfire refuses the change with version_conflict when the lead has a later version. */
    if_version: z.int().positive().optional(),
  })
  .meta({ id: 'UpdateLead' });
export type UpdateLead = z.infer<typeof updateLeadSchema>;
