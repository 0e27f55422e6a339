// Reads Sellfire's events one by one: an event that cannot be read is set aside alone, in its place, so that the cursor goes
// on behind it; an event of a type that is not known says nothing to the bridge.
import { z } from 'zod';
import { fastSchema, isExactly } from '../lib/fastSchema.ts';
import { membersOf } from './answers.ts';
import { EVENT_TYPES, sellfireEventSchema, type SellfireEvent } from '../model/event.ts';

/** What is known of an event that is not worked on as it came. */
export interface SetAside {
  /** `type`: a type of a later version. `content`: its content is not what the contract says. */
  why: 'type' | 'content';
  /** Where the content differs, for example `sale.currency`; never what stands there. */
  where: string;
  /** The sale, activity or planned event that it is about. */
  subject: string | null;
  /** Whether it says that fields of the lead have changed. */
  hasChanges: boolean;
}
/** An event as it is received; one that is set aside has its place, its lead and no content. */
export type FeedEvent = SellfireEvent & { setAside?: SetAside };

export interface ReadEvents {
  events: FeedEvent[];
  /** Events without a sequence: only the feed gives their position. */
  unplaced: number;
}

const KNOWN: ReadonlySet<string> = new Set(EVENT_TYPES);
const idSchema = z.string().min(1).max(255);
const sequenceSchema = z.int().positive();
const eventSchema = fastSchema(sellfireEventSchema);

/**
 * @param after for a page of the feed, whose sequences have no gaps: the sequence before its first event
 * @param now ms since the epoch: stands for the time of an event that does not say its own
 */
export function readEvents(items: readonly unknown[], after?: number, now: number = Date.now()): ReadEvents {
  const events: FeedEvent[] = [];
  let unplaced = 0;
  let last = after;
  for (const item of items) {
    const place = last === undefined ? undefined : last + 1;
    const event = readEvent(item, place, now);
    if (event) events.push(event);
    else unplaced += 1;
    if (after !== undefined) last = event?.sequence ?? place;
  }
  return { events, unplaced };
}

function readEvent(item: unknown, place: number | undefined, now: number): FeedEvent | undefined {
  const schema = eventSchema();
  const isWhole = isExactly(schema, item);
  if (isWhole && KNOWN.has(item.type) && !lacksLead(item)) return item;
  const raw = membersOf(item);
  const sequence = sequenceSchema.safeParse(raw['sequence']).data ?? place;
  if (sequence === undefined) return undefined;
  const type = idSchema.safeParse(raw['type']).data ?? 'unknown';
  const times = [raw['occurred_at'], membersOf(raw['lead'])['updated_at']].map((text) => Date.parse(String(text)));
  const parts = ['sale', 'activity', 'schedule_item'].map((name) => idOf(membersOf(raw[name])['id']));
  return {
    id: idSchema.safeParse(raw['id']).data ?? `sequence:${sequence}`,
    sequence,
    type,
    occurred_at: new Date(times.find((time) => !Number.isNaN(time)) ?? now).toISOString(),
    lead_id: idOf(raw['lead_id']) ?? idOf(membersOf(raw['lead'])['id']),
    ...{ actor: { kind: 'unknown', id: null, request_id: null }, lead: null, changes: {} },
    ...{ schedule_item: null, activity: null, sale: null },
    setAside: {
      // Without a type nothing says that the bridge can do without it.
      why: KNOWN.has(type) || type === 'unknown' ? 'content' : 'type',
      where: isWhole
        ? lacksLead(item)
          ? 'lead_id'
          : 'the event'
        : schema.safeParse(item).error?.issues[0]?.path.join('.') || 'the event',
      subject: parts.find((id) => id !== null) ?? null,
      hasChanges: Object.keys(membersOf(raw['changes'])).length > 0,
    },
  };
}

const idOf = (value: unknown): string | null => idSchema.safeParse(value).data ?? null;

/** Only the catalogue is of no lead. */
const lacksLead = ({ type, lead_id }: SellfireEvent): boolean => !lead_id && type !== 'catalogue.changed';
