// An activity of a rep on a lead: a call, an e-mail, a disposition without a call, an event moved or deleted (M29).
import { z } from 'zod';
import { instantSchema } from './lead.ts';
import { openEnum } from './openEnum.ts';

/** Longer than any Task's Description (32,000 characters), and short enough that an event of it fits a webhook. */
export const LONGEST_NOTES = 500_000;

export const COMMUNICATION_TYPES = ['call', 'email', 'disposition', 'event_rescheduled', 'event_deleted'] as const;

export const activitySchema = z
  .object({
    id: z.string(),
    lead_id: z.string(),
    rep_id: z.string(),
    communication_type: openEnum(COMMUNICATION_TYPES),
    channel: openEnum(['outbound', 'inbound', 'internal']).nullable(),
    created_at: instantSchema,
    notes: z.string().max(LONGEST_NOTES),
    conference_duration: z.int().nonnegative().nullable().meta({ description: 'Seconds of talk' }),
    disposition: z.object({ type: z.string(), start_time: instantSchema.nullable() }).nullable(),
    schedule_item: z.object({ id: z.string(), start_time: instantSchema }).nullable(),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof activitySchema>;
