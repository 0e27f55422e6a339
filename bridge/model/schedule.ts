// A future item of a lead: a callback, a demo, a decision call. A specific-time one holds the owner (M14).
import { z } from 'zod';
import { instantSchema } from './lead.ts';
import { openEnum } from './openEnum.ts';

export const scheduleItemSchema = z
  .object({
    id: z.string(),
    lead_id: z.string(),
    rep_id: z.string(),
    kind: openEnum(['callback', 'demo', 'decision_call']),
    specific_time: z.boolean(),
    start_time: instantSchema,
    state: openEnum(['planned', 'done', 'missed', 'deleted']),
  })
  .meta({ id: 'ScheduleItem' });
export type ScheduleItem = z.infer<typeof scheduleItemSchema>;

/** `decision call`: the kind as people write it. */
export const kindInWords = ({ kind }: Pick<ScheduleItem, 'kind'>): string => kind.replaceAll('_', ' ');
