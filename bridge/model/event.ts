// A Sellfire event: a change of a lead, with the lead as it was afterwards. The feed and the webhook carry the same
// event.
//
// A change of fields is in exactly one event: in `demo.set`, `demo.held`, `demo.missed` and `sale.made` when the demo
// or the sale caused it (the phase, for example), and otherwise in a `lead.updated` that precedes the events beside it.
// A change of the Salesforce ids alone is a `lead.updated` without changes, and so is the restoration of a deleted
// lead.
import { z } from 'zod';
import { activitySchema } from './activity.ts';
import { sellfireValueSchema } from './field.ts';
import { instantSchema, leadSchema } from './lead.ts';
import { openEnum } from './openEnum.ts';
import { saleSchema } from './sale.ts';
import { scheduleItemSchema } from './schedule.ts';

export const EVENT_TYPES = [
  'lead.created',
  'lead.updated',
  'lead.deleted',
  'demo.set',
  'demo.held',
  'demo.missed',
  'schedule.changed',
  'activity.logged',
  'sale.made',
  'catalogue.changed',
] as const;

export const actorSchema = z
  .object({
    kind: openEnum(['rep', 'enablement', 'api', 'import', 'system']),
    id: z.string().nullable(),
    request_id: z.string().nullable().meta({ description: 'The Idempotency-Key of the request that caused it' }),
  })
  .meta({ id: 'Actor' });
export type Actor = z.infer<typeof actorSchema>;

export const sellfireEventSchema = z
  .object({
    id: z.string(),
    sequence: z.int().positive().meta({ description: 'Position in the feed: without gaps, in commit order' }),
    type: openEnum(EVENT_TYPES),
    occurred_at: instantSchema,
    actor: actorSchema,
    lead_id: z.string().nullable().meta({ description: 'Null only for catalogue.changed' }),
    lead: leadSchema.nullable().meta({ description: 'The lead after the event' }),
    changes: z
      .record(z.string(), z.object({ from: sellfireValueSchema, to: sellfireValueSchema }))
      .meta({ description: 'Fields that this event changed; all set ones for lead.created' }),
    schedule_item: scheduleItemSchema.nullable(),
    activity: activitySchema.nullable(),
    sale: saleSchema.nullable(),
  })
  .meta({ id: 'Event' });
export type SellfireEvent = z.infer<typeof sellfireEventSchema>;
