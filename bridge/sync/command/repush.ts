// Tells again what a report tells of – a demo, a sale, an activity – with the lead as it is now (M27). It goes the way that the
// event of old went, and what that has made is found there.
import type { Ask } from '../../model/command.ts';
import type { AskedChange, SellfireChange } from '../../model/change.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD } from '../../model/mapping.ts';
import type { Phase } from '../../model/phase.ts';
import { tellAsked } from './report.ts';
import type { Creations } from '../turn/creations.ts';
import type { Draft } from '../turn/draft.ts';

export function retell(
  draft: Draft,
  creations: Creations,
  change: AskedChange,
  lead: Lead,
  { event, occurredAt }: Pick<Extract<Ask, { kind: 'repush' }>, 'event' | 'occurredAt'>,
): void {
  if (event === 'DemoSet') retellDemo(draft, creations, change, lead);
  else if (event === 'Sale') retellSale(draft, creations, change, lead, occurredAt);
  else retellActivity(draft, creations, change, lead, occurredAt);
}

/** Phases of a cycle that has come to a demo (spec §6). */
const AFTER_DEMO: readonly Phase[] = ['HeldPhase', 'PostInitialHelPhaseDemoNotHeld', 'PostHoldPhase'];

function retellDemo(draft: Draft, creations: Creations, change: AskedChange, lead: Lead): void {
  const planned = draft.found.schedules.get(lead.id);
  if (!planned) {
    draft.needs.schedules.push(lead.id);
    return;
  }
  const demo = planned.findLast(({ kind }) => kind === 'demo') ?? null;
  if (!demo && !AFTER_DEMO.some((phase) => phase === lead.fields[PHASE_FIELD])) {
    tellAsked(
      draft,
      change,
      'NOTHING_TO_REPUSH',
      'The sales cycle of that demo is over, and the present one has had none.',
    );
    return;
  }
  creations.deals.push(retold(change, lead, 'demo.set', { schedule_item: demo }));
}

function retellSale(draft: Draft, creations: Creations, change: AskedChange, lead: Lead, at: number): void {
  const sales = draft.found.sales.get(lead.id);
  if (!sales) {
    draft.needs.sales.push(lead.id);
    return;
  }
  const sale = nearest(sales, ({ made_at }) => Date.parse(made_at), at);
  if (sale?.salesforce_opportunity_id)
    tellAsked(draft, change, 'NOTHING_TO_REPUSH', 'The sale was made in Salesforce, where it stands.');
  else if (sale) creations.deals.push(retold(change, lead, 'sale.made', { sale }));
  else
    tellAsked(
      draft,
      change,
      'NOTHING_TO_REPUSH',
      'The lead has no sale in Sellfire, so that there is nothing to do again.',
    );
}

function retellActivity(draft: Draft, creations: Creations, change: AskedChange, lead: Lead, at: number): void {
  const activities = draft.found.activities.get(lead.id);
  if (!activities) {
    draft.needs.activities.push(lead.id);
    return;
  }
  const activity = nearest(activities, ({ created_at }) => Date.parse(created_at), at);
  if (activity) creations.activities.push(retold(change, lead, 'activity.logged', { activity }));
  else
    tellAsked(
      draft,
      change,
      'NOTHING_TO_REPUSH',
      'The lead has no activity in Sellfire, so that there is nothing to do again.',
    );
}

/** A report carries the moment of what it tells, not its id. */
function nearest<T>(candidates: readonly T[], momentOf: (one: T) => number, at: number): T | undefined {
  return candidates.toSorted((a, b) => Math.abs(momentOf(a) - at) - Math.abs(momentOf(b) - at))[0];
}

type Told = Pick<SellfireChange['event'], 'sale' | 'schedule_item' | 'activity'>;

/** The event of old with the lead as it is now. */
function retold(
  { eventId, at }: AskedChange,
  lead: Lead,
  type: SellfireChange['event']['type'],
  told: Partial<Told>,
): SellfireChange {
  return {
    source: 'sellfire',
    eventId,
    at,
    event: {
      id: eventId,
      // Not in the feed.
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
      ...told,
    },
  };
}
