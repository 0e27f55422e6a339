// Replays the demo, sale or activity of a report row with the lead's current data (M27). It takes the same path as the
// original event, which finds the records that the original created.
import type { Command } from '../../model/command.ts';
import type { CommandChange, SellfireChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD } from '../../model/mapping.ts';
import type { Phase } from '../../model/phase.ts';
import { reportCommand } from './report.ts';
import type { Creations } from '../turn/creations.ts';
import type { Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';

export function replayEvent(
  draft: Draft,
  creations: Creations,
  change: CommandChange,
  lead: Lead,
  subject: Pick<Extract<Command, { kind: 'repush' }>, 'event' | 'occurredAt' | 'recordId'>,
): void {
  if (subject.event === 'DemoSet') replayDemo(draft, creations, change, lead, subject);
  else if (subject.event === 'Sale') replaySale(draft, creations, change, lead, subject);
  else replayActivity(draft, creations, change, lead, subject);
}

/** Replays the demo, sale or activity with this id, where the lead has it. @param type of the event that was about it */
export function replaySubject(
  draft: Draft,
  creations: Creations,
  change: CommandChange,
  lead: Lead,
  type: string,
  id: string,
): void {
  if (type === 'sale.made') {
    const sale = lookups(draft)
      .sales(lead.id)
      ?.find((one) => one.id === id);
    if (sale && !sale.salesforce_opportunity_id)
      creations.demosAndSales.push(asSellfireChange(change, lead, type, { sale }));
  } else if (type === 'activity.logged') {
    const activity = lookups(draft)
      .activities(lead.id)
      ?.find((one) => one.id === id);
    if (activity) creations.activities.push(asSellfireChange(change, lead, type, { activity }));
  } else if (type === 'demo.set') {
    const demo = lookups(draft)
      .schedule(lead.id)
      ?.find((one) => one.id === id);
    if (demo) creations.demosAndSales.push(asSellfireChange(change, lead, type, { schedule_item: demo }));
  }
}

/** Phases of a cycle after its demo (spec §6). */
const AFTER_DEMO: readonly Phase[] = ['HeldPhase', 'PostInitialHelPhaseDemoNotHeld', 'PostHoldPhase'];

function replayDemo(
  draft: Draft,
  creations: Creations,
  change: CommandChange,
  lead: Lead,
  { recordId }: Subject,
): void {
  const planned = lookups(draft).schedule(lead.id);
  if (!planned) return;
  const demos = planned.filter(({ kind }) => kind === 'demo');
  const demo = (recordId ? demos.find(({ id }) => id === recordId) : demos.at(-1)) ?? null;
  // A demo that is over is the one of this cycle, unless another is planned.
  if (!demo && (demos.length > 0 || !AFTER_DEMO.some((phase) => phase === lead.fields[PHASE_FIELD]))) {
    reportCommand(draft, change, explain('NOTHING_TO_REPUSH.demo'));
    return;
  }
  creations.demosAndSales.push(asSellfireChange(change, lead, 'demo.set', { schedule_item: demo }));
}

function replaySale(draft: Draft, creations: Creations, change: CommandChange, lead: Lead, subject: Subject): void {
  const sales = lookups(draft).sales(lead.id);
  if (!sales) return;
  const sale = subjectOf(sales, ({ made_at }) => Date.parse(made_at), subject);
  if (sale?.salesforce_opportunity_id) reportCommand(draft, change, explain('NOTHING_TO_REPUSH.saleOfSalesforce'));
  else if (sale) creations.demosAndSales.push(asSellfireChange(change, lead, 'sale.made', { sale }));
  else reportCommand(draft, change, explain('NOTHING_TO_REPUSH.sale'));
}

function replayActivity(draft: Draft, creations: Creations, change: CommandChange, lead: Lead, subject: Subject): void {
  const activities = lookups(draft).activities(lead.id);
  if (!activities) return;
  const activity = subjectOf(activities, ({ created_at }) => Date.parse(created_at), subject);
  if (activity) creations.activities.push(asSellfireChange(change, lead, 'activity.logged', { activity }));
  else reportCommand(draft, change, explain('NOTHING_TO_REPUSH.activity'));
}

type Subject = Pick<Extract<Command, { kind: 'repush' }>, 'occurredAt' | 'recordId'>;

/** The one that the row names, and no other. A row of before it kept the id names a moment: then the nearest to that. */
function subjectOf<T extends { id: string }>(
  candidates: readonly T[],
  momentOf: (one: T) => number,
  { recordId, occurredAt }: Subject,
): T | undefined {
  if (recordId) return candidates.find(({ id }) => id === recordId);
  return candidates.toSorted((a, b) => Math.abs(momentOf(a) - occurredAt) - Math.abs(momentOf(b) - occurredAt))[0];
}

type EventContent = Pick<SellfireChange['event'], 'sale' | 'schedule_item' | 'activity'>;

/** The original event with the current lead. */
function asSellfireChange(
  { eventId, at }: CommandChange,
  lead: Lead,
  type: SellfireChange['event']['type'],
  fromEvent: Partial<EventContent>,
): SellfireChange {
  return {
    source: 'sellfire',
    eventId,
    at,
    event: {
      id: eventId,
      // The replayed event is not in the feed.
      sequence: 1,
      type,
      occurred_at: new Date(at).toISOString(),
      actor: { kind: 'system', id: null, request_id: null },
      lead_id: lead.id,
      lead,
      changes: {},
      schedule_item: null,
      activity: null,
      sale: null,
      ...fromEvent,
    },
  };
}
