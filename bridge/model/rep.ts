// A Sellfire user who calls; `sf_owner_id` is the matching Salesforce User (M14).
import { z } from 'zod';
import { openEnum } from './openEnum.ts';

export const repSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().meta({ format: 'email' }),
    role: openEnum(['rep', 'enablement']),
    state: openEnum(['active', 'deleted']),
    sf_owner_id: z.string().nullable(),
  })
  .meta({ id: 'Rep' });
export type Rep = z.infer<typeof repSchema>;
