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

const AT_A_SET_TIME: readonly string[] = ['demo', 'decision_call'];

/** Whether it is a specific-time event: a demo and a decision call always are, a callback where it is marked so (M14, M35). */
export const isSpecificTime = ({ kind, specific_time }: Pick<ScheduleItem, 'kind' | 'specific_time'>): boolean =>
  specific_time || AT_A_SET_TIME.includes(kind);

/** `decision call`: the kind as people write it. */
export const kindInWords = ({ kind }: Pick<ScheduleItem, 'kind'>): string => kind.replaceAll('_', ' ');
