// An activity of a rep on a lead: a call, an e-mail, a disposition without a call, an event moved or deleted (M29).
import { z } from 'zod';
import { instantSchema } from './lead.ts';

export const activitySchema = z
  .object({
    id: z.string(),
    lead_id: z.string(),
    rep_id: z.string(),
    communication_type: z.enum(['call', 'email', 'disposition', 'event_rescheduled', 'event_deleted']),
    channel: z.enum(['outbound', 'inbound', 'internal']).nullable(),
    created_at: instantSchema,
    notes: z.string().max(32_000),
    conference_duration: z.int().nonnegative().nullable().meta({ description: 'Seconds of talk' }),
    disposition: z.object({ type: z.string(), start_time: instantSchema.nullable() }).nullable(),
    schedule_item: z.object({ id: z.string(), start_time: instantSchema }).nullable(),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof activitySchema>;
