// The rep's desk: what a rep does with a lead, by the dialer's rules. Each action is one or more events in the feed.
import type { Activity } from '../../bridge/model/activity.ts';
import type { Actor } from '../../bridge/model/event.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import type { Rep } from '../../bridge/model/rep.ts';
import type { ScheduleItem } from '../../bridge/model/schedule.ts';
import type { Activities } from './activities.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { MakeId } from './ids.ts';
import { ownerOf, phaseOf, type Fields, type Leads, type SomeSalesforceIds } from './leads.ts';
import { isClosed, isCycleOver, isLongRest, isResting, nextPhase, type Disposition } from './phases.ts';
import { Refusal } from './problem.ts';
import type { Reps } from './reps.ts';
import { newSaleSchema, type NewSale, type Sales } from './sales.ts';
import type { Schedule } from './schedule.ts';

interface Parts {
  catalogue: Catalogue;
  leads: Leads;
  reps: Reps;
  schedule: Schedule;
  activities: Activities;
  sales: Sales;
  makeId: MakeId;
  clock: Clock;
}

/** Who acts (else the lead's owner, else the first rep) and what they note. */
export interface By {
  rep_id?: string | undefined;
  notes?: string | undefined;
}
/** Seconds of talk; with it the action happened on a call. */
export interface Talk extends By {
  conference_duration?: number | undefined;
}
export const CALL_OUTCOMES = ['no_answer', 'voicemail', 'gatekeeper', 'decision_maker'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];
export interface CallLog extends Talk {
  outcome: CallOutcome;
  channel?: 'outbound' | 'inbound' | undefined;
}
export interface Plan extends Talk {
  start_time: string;
}
export interface Callback extends Plan {
  kind?: 'callback' | 'decision_call' | undefined;
  specific_time?: boolean | undefined;
}

const OUTCOMES: Readonly<Record<CallOutcome, { disposition: Disposition; type: string }>> = {
  no_answer: { disposition: 'dialled', type: 'NoAnswer' },
  voicemail: { disposition: 'dialled', type: 'Voicemail' },
  gatekeeper: { disposition: 'gatekeeper', type: 'Gatekeeper' },
  decision_maker: { disposition: 'decision_maker', type: 'DecisionMaker' },
};

/** A demo may begin late; an hour after its time it was not held. */
const DEMO_GRACE_MS = 3_600_000;
/** A rest is one quarter, a long rest two. */
const DAY_MS = 24 * 3_600_000;
const REST_MS = 90 * DAY_MS;
const LONG_REST_MS = 180 * DAY_MS;

const SYSTEM: Actor = { kind: 'system', id: null, request_id: null };

type Logged = Pick<Activity, 'communication_type' | 'channel'> & {
  disposition?: string;
  item?: ScheduleItem;
};

export class Desk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  createLead(fields: Fields, by: By & { salesforce?: SomeSalesforceIds } = {}): Lead {
    const rep = this.#rep(null, by);
    const { phase, ...parsed } = this.#parts.catalogue.parse('lead', fields);
    if (phase !== undefined && phase !== 'ColdCallCold')
      throw new Refusal('phase_refused', 'A new lead begins in ColdCallCold.', { field: 'phase' });
    if (typeof parsed['owned_rep_id'] === 'string') this.#parts.reps.requireOwner(parsed['owned_rep_id']);
    return this.#parts.leads.create({ fields: parsed, salesforce: by.salesforce }, actorOf(rep));
  }

  /** The phase is moved by what a rep does, not by editing. */
  editLead(leadId: string, fields: Fields, by: By = {}): Lead {
    const lead = this.#parts.leads.get(leadId);
    const rep = this.#rep(lead, by);
    const parsed = this.#parts.catalogue.parse('lead', fields);
    if ('phase' in parsed && parsed['phase'] !== phaseOf(lead))
      throw new Refusal('phase_refused', 'A phase is changed by what is done with the lead, not by editing it.', {
        field: 'phase',
      });
    const owner = parsed['owned_rep_id'];
    if (typeof owner === 'string' && owner !== ownerOf(lead)) {
      this.#parts.reps.requireOwner(owner);
      if (isClosed(phaseOf(lead)))
        throw new Refusal('owner_refused', `A lead in ${phaseOf(lead)} is assigned to nobody.`, {
          field: 'owned_rep_id',
        });
    }
    return this.#parts.leads.change(leadId, { fields: parsed }, actorOf(rep));
  }

  deleteLead(leadId: string, by: By = {}): Lead {
    const lead = this.#parts.leads.get(leadId);
    return this.#parts.leads.remove(leadId, actorOf(this.#rep(lead, by)));
  }

  logCall(leadId: string, call: CallLog): Lead {
    const { disposition, type } = OUTCOMES[call.outcome];
    const [lead, rep] = this.#atWork(leadId, call);
    if (lead.fields['do_not_call'] === true)
      throw new Refusal('forbidden', 'The lead is marked Do Not Call.', { field: 'do_not_call' });
    const called = { last_called_at: new Date(this.#parts.clock()).toISOString() };
    const changed = this.#move(lead, disposition, rep, called);
    this.#log(changed, rep, call, {
      communication_type: 'call',
      channel: call.channel ?? 'outbound',
      disposition: type,
    });
    return changed;
  }

  logEmail(leadId: string, by: By = {}): Lead {
    const lead = this.#parts.leads.get(leadId);
    this.#log(lead, this.#rep(lead, by), by, { communication_type: 'email', channel: 'outbound' });
    return lead;
  }

  setDemo(leadId: string, demo: Plan): Lead {
    const [lead, rep] = this.#atWork(leadId, demo);
    if (this.#parts.schedule.plannedDemo(leadId))
      throw new Refusal('forbidden', 'A demo is planned already: move it or delete it first.');
    const item = this.#plan(lead, rep, 'demo', true, demo.start_time);
    const fields = this.#fieldsAfter(lead, 'demo_set', rep);
    const actor = actorOf(rep);
    const changed = this.#parts.leads.change(leadId, { fields }, actor, { type: 'demo.set', schedule_item: item });
    this.#log(changed, rep, demo, { ...mediumOf(demo), disposition: 'DemoSet', item });
    return changed;
  }

  holdDemo(leadId: string, talk: Talk = {}): Lead {
    return this.#closeDemo(leadId, talk, 'done');
  }

  missDemo(leadId: string, by: By = {}): Lead {
    return this.#closeDemo(leadId, by, 'missed');
  }

  /** A callback or a decision call. */
  plan(leadId: string, callback: Callback): ScheduleItem {
    const [lead, rep] = this.#atWork(leadId, callback);
    const kind = callback.kind ?? 'callback';
    const item = this.#plan(lead, rep, kind, callback.specific_time ?? true, callback.start_time);
    const actor = actorOf(rep);
    const changed = this.#parts.leads.change(leadId, { fields: this.#fieldsAfter(lead, null, rep) }, actor);
    this.#parts.leads.tell(leadId, actor, { type: 'schedule.changed', schedule_item: item });
    const disposition = kind === 'callback' ? 'CallbackSet' : 'DecisionCallSet';
    this.#log(changed, rep, callback, { ...mediumOf(callback), disposition, item });
    return item;
  }

  reschedule(itemId: string, plan: Plan): ScheduleItem {
    const item = this.#planned(itemId);
    const start_time = this.#future(plan.start_time);
    return this.#changeItem({ ...item, start_time }, plan, 'event_rescheduled');
  }

  /** Deleting the first demo of a cycle leaves it not held. */
  deleteEvent(itemId: string, by: By = {}): ScheduleItem {
    return this.#changeItem({ ...this.#planned(itemId), state: 'deleted' }, by, 'event_deleted');
  }

  /** Not interested: the lead rests, in the kind of rest that fits where it stood. */
  rest(leadId: string, talk: Talk = {}): Lead {
    return this.#dispose(leadId, talk, 'not_interested', 'NotInterested');
  }

  retire(leadId: string, talk: Talk = {}): Lead {
    const lead = this.#parts.leads.get(leadId);
    if (isClosed(phaseOf(lead))) throw new Refusal('forbidden', `The lead is in ${phaseOf(lead)} already.`);
    return this.#finish(lead, this.#rep(lead, talk), talk, 'retire', 'Retired');
  }

  /** Back to ColdCallCold, in a new cycle. */
  reopen(leadId: string, by: By = {}): Lead {
    const lead = this.#parts.leads.get(leadId);
    if (!isCycleOver(phaseOf(lead)))
      throw new Refusal('phase_refused', `The lead is in ${phaseOf(lead)}: its cycle has not ended.`);
    const actor = actorOf(this.#rep(lead, by));
    return this.#parts.leads.change(leadId, { fields: { phase: 'ColdCallCold' } }, actor);
  }

  sell(leadId: string, sale: NewSale & Talk): Lead {
    const { rep_id, notes, conference_duration, ...entered } = sale;
    const talk = { rep_id, notes, conference_duration };
    const [lead, rep] = this.#atWork(leadId, talk);
    const parsed = newSaleSchema.safeParse(entered);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new Refusal('invalid_value', issue?.message ?? 'The sale is not possible.', {
        field: issue?.path.join('.') ?? null,
      });
    }
    const made_at = new Date(this.#parts.clock()).toISOString();
    const drafted = this.#parts.sales.draft(parsed.data, {
      lead_id: leadId,
      rep_id: rep.id,
      cycle: lead.cycle,
      made_at,
    });
    const made = this.#parts.sales.add(drafted);
    const fields = this.#fieldsAfter(lead, 'sale', rep);
    const changed = this.#parts.leads.change(leadId, { fields }, actorOf(rep), { type: 'sale.made', sale: made });
    this.#log(changed, rep, talk, { ...mediumOf(talk), disposition: 'Sale' });
    return changed;
  }

  /** What time alone does: demos whose time has passed were not held, rests end. @returns how many leads moved. */
  passTime(): number {
    const { schedule, leads, clock } = this.#parts;
    const overdue = schedule.overdueDemos(clock() - DEMO_GRACE_MS);
    for (const demo of overdue) {
      const item = schedule.put({ ...demo, state: 'missed' });
      const phase = nextPhase(leads.standing(leads.get(item.lead_id)), 'demo_missed');
      leads.change(item.lead_id, { fields: { phase } }, SYSTEM, { type: 'demo.missed', schedule_item: item });
    }
    const rested = leads.resting().filter((lead) => {
      const since = Date.parse(lead.changed_at['phase'] ?? lead.created_at);
      return since + (isLongRest(phaseOf(lead)) ? LONG_REST_MS : REST_MS) < clock();
    });
    for (const lead of rested) leads.change(lead.id, { fields: { phase: 'ColdCallCold' } }, SYSTEM);
    return overdue.length + rested.length;
  }

  #closeDemo(leadId: string, by: Talk, state: 'done' | 'missed'): Lead {
    const [lead, rep] = this.#atWork(leadId, by);
    const demo = this.#parts.schedule.plannedDemo(leadId);
    if (!demo) throw new Refusal('forbidden', 'No demo is planned for this lead.');
    const held = state === 'done';
    const item = this.#parts.schedule.put({ ...demo, state });
    const fields = this.#fieldsAfter(lead, held ? 'demo_held' : 'demo_missed', rep);
    const type = held ? 'demo.held' : 'demo.missed';
    const changed = this.#parts.leads.change(leadId, { fields }, actorOf(rep), { type, schedule_item: item });
    this.#log(changed, rep, by, { ...mediumOf(by), disposition: held ? 'DemoHeld' : 'DemoNotHeld', item });
    return changed;
  }

  #dispose(leadId: string, talk: Talk, disposition: Disposition, type: string): Lead {
    const [lead, rep] = this.#atWork(leadId, talk);
    return this.#finish(lead, rep, talk, disposition, type);
  }

  #finish(lead: Lead, rep: Rep, talk: Talk, disposition: Disposition, type: string): Lead {
    const phase = nextPhase(this.#parts.leads.standing(lead), disposition);
    const changed = this.#parts.leads.change(lead.id, { fields: { phase } }, actorOf(rep));
    this.#log(changed, rep, talk, { ...mediumOf(talk), disposition: type });
    return changed;
  }

  #changeItem(item: ScheduleItem, by: Talk, communication_type: Activity['communication_type']): ScheduleItem {
    const { leads, schedule } = this.#parts;
    const lead = leads.get(item.lead_id);
    const rep = this.#rep(lead, by);
    schedule.put(item);
    const cancelled = item.kind === 'demo' && item.state === 'deleted';
    const phase = cancelled ? nextPhase(leads.standing(lead), 'demo_missed') : phaseOf(lead);
    const changed = leads.change(lead.id, { fields: { phase } }, actorOf(rep));
    leads.tell(lead.id, actorOf(rep), { type: 'schedule.changed', schedule_item: item });
    this.#log(changed, rep, by, { communication_type, channel: 'internal', item });
    return item;
  }

  /** The lead, whose cycle must be running, and the rep who acts. */
  #atWork(leadId: string, by: By): [Lead, Rep] {
    const lead = this.#parts.leads.get(leadId);
    const phase = phaseOf(lead);
    if (isClosed(phase))
      throw new Refusal('phase_refused', `A lead in ${phase} is not dialled or claimed: reopen it first.`);
    if (isResting(phase)) throw new Refusal('phase_refused', `The lead rests (${phase}): reopen it first.`);
    return [lead, this.#rep(lead, by)];
  }

  #rep(lead: Lead | null, by: By): Rep {
    const { reps } = this.#parts;
    const owner = lead ? reps.find(ownerOf(lead) ?? '') : undefined;
    const usual = owner?.state === 'active' ? owner : reps.list().find((rep) => rep.state === 'active');
    const id = by.rep_id ?? usual?.id;
    if (id === undefined) throw new Refusal('forbidden', 'There is no active rep.');
    const rep = reps.get(id);
    if (rep.state === 'deleted') throw new Refusal('forbidden', `${rep.name} has been deleted.`);
    return rep;
  }

  #move(lead: Lead, disposition: Disposition, rep: Rep, more: Fields): Lead {
    const fields = { ...this.#fieldsAfter(lead, disposition, rep), ...more };
    return this.#parts.leads.change(lead.id, { fields }, actorOf(rep));
  }

  /** The phase after a disposition; a rep who works an unowned lead claims it. */
  #fieldsAfter(lead: Lead, disposition: Disposition | null, rep: Rep): Fields {
    const fields: Fields = {};
    if (disposition !== null) fields['phase'] = nextPhase(this.#parts.leads.standing(lead), disposition);
    if (ownerOf(lead) === null && rep.role === 'rep') fields['owned_rep_id'] = rep.id;
    return fields;
  }

  #planned(itemId: string): ScheduleItem {
    const item = this.#parts.schedule.get(itemId);
    if (item.state !== 'planned') throw new Refusal('forbidden', `The event is ${item.state}, no longer planned.`);
    return item;
  }

  #plan(lead: Lead, rep: Rep, kind: ScheduleItem['kind'], specific_time: boolean, start: string): ScheduleItem {
    const start_time = this.#future(start);
    const id = this.#parts.makeId('event');
    return this.#parts.schedule.put({
      id,
      lead_id: lead.id,
      rep_id: rep.id,
      kind,
      specific_time,
      start_time,
      state: 'planned',
    });
  }

  #future(start: string): string {
    const time = Date.parse(start);
    if (Number.isNaN(time)) throw new Refusal('invalid_value', `"${start}" is no date-time.`, { field: 'start_time' });
    if (time <= this.#parts.clock())
      throw new Refusal('invalid_value', 'The time has passed already.', { field: 'start_time' });
    return new Date(time).toISOString();
  }

  #log(lead: Lead, rep: Rep, by: Talk, logged: Logged): void {
    const { activities, leads, makeId, clock } = this.#parts;
    const { item, disposition, ...kind } = logged;
    const activity = activities.add({
      id: makeId('act'),
      lead_id: lead.id,
      rep_id: rep.id,
      ...kind,
      created_at: new Date(clock()).toISOString(),
      notes: by.notes?.trim() ?? '',
      conference_duration: kind.communication_type === 'call' ? (by.conference_duration ?? 0) : null,
      disposition: disposition === undefined ? null : { type: disposition, start_time: item?.start_time ?? null },
      schedule_item: item ? { id: item.id, start_time: item.start_time } : null,
    });
    leads.tell(lead.id, actorOf(rep), { type: 'activity.logged', activity, schedule_item: item ?? null });
  }
}

const actorOf = (rep: Rep): Actor => ({ kind: rep.role, id: rep.id, request_id: null });

/** With talk it was said on a call; without, it is a disposition alone. */
function mediumOf(talk: Talk): Pick<Activity, 'communication_type' | 'channel'> {
  return talk.conference_duration === undefined
    ? { communication_type: 'disposition', channel: 'internal' }
    : { communication_type: 'call', channel: 'outbound' };
}
