// What is planned with a lead and what becomes of it: demos, callbacks, decision calls; and what time alone does.
import type { Activity } from '../../bridge/model/activity.ts';
import type { Actor } from '../../bridge/model/event.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import type { Rep } from '../../bridge/model/rep.ts';
import type { ScheduleItem } from '../../bridge/model/schedule.ts';
import { phaseOf } from './leads.ts';
import { isLongRest, nextPhase } from './phases.ts';
import { Refusal } from './problem.ts';
import { actorOf, mediumOf, Work, type By, type Talk } from './work.ts';

export interface Plan extends Talk {
  start_time: string;
}
export interface Callback extends Plan {
  kind?: 'callback' | 'decision_call' | undefined;
  specific_time?: boolean | undefined;
}

/** A demo may begin late; an hour after its time it was not held. */
const DEMO_GRACE_MS = 3_600_000;
/** A rest is one quarter, a long rest two. */
const DAY_MS = 24 * 3_600_000;
const REST_MS = 90 * DAY_MS;
const LONG_REST_MS = 180 * DAY_MS;

const SYSTEM: Actor = { kind: 'system', id: null, request_id: null };

export class Planner extends Work {
  setDemo(leadId: string, demo: Plan): Lead {
    const [lead, rep] = this.atWork(leadId, demo);
    if (this.parts.schedule.plannedDemo(leadId))
      throw new Refusal('forbidden', 'A demo is planned already: move it or delete it first.');
    const item = this.#plan(lead, rep, 'demo', true, demo.start_time);
    const fields = this.fieldsAfter(lead, 'demo_set', rep);
    const actor = actorOf(rep);
    const changed = this.parts.leads.change(leadId, { fields }, actor, { type: 'demo.set', schedule_item: item });
    this.logActivity(changed, rep, demo, { ...mediumOf(demo), disposition: 'DemoSet', item });
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
    const [lead, rep] = this.atWork(leadId, callback);
    const kind = callback.kind ?? 'callback';
    const item = this.#plan(lead, rep, kind, callback.specific_time ?? true, callback.start_time);
    const actor = actorOf(rep);
    const changed = this.parts.leads.change(leadId, { fields: this.fieldsAfter(lead, null, rep) }, actor);
    this.parts.leads.appendEvent(leadId, actor, { type: 'schedule.changed', schedule_item: item });
    const disposition = kind === 'callback' ? 'CallbackSet' : 'DecisionCallSet';
    this.logActivity(changed, rep, callback, { ...mediumOf(callback), disposition, item });
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

  /** What time alone does: demos whose time has passed were not held, rests end. @returns how many leads moved. */
  passTime(): number {
    const { schedule, leads, clock } = this.parts;
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
    const [lead, rep] = this.atWork(leadId, by);
    const demo = this.parts.schedule.plannedDemo(leadId);
    if (!demo) throw new Refusal('forbidden', 'No demo is planned for this lead.');
    const held = state === 'done';
    const item = this.parts.schedule.put({ ...demo, state });
    const fields = this.fieldsAfter(lead, held ? 'demo_held' : 'demo_missed', rep);
    const type = held ? 'demo.held' : 'demo.missed';
    const changed = this.parts.leads.change(leadId, { fields }, actorOf(rep), { type, schedule_item: item });
    this.logActivity(changed, rep, by, { ...mediumOf(by), disposition: held ? 'DemoHeld' : 'DemoNotHeld', item });
    return changed;
  }

  #changeItem(item: ScheduleItem, by: Talk, communication_type: Activity['communication_type']): ScheduleItem {
    const { leads, schedule } = this.parts;
    const lead = leads.get(item.lead_id);
    const rep = this.actor(lead, by);
    schedule.put(item);
    const cancelled = item.kind === 'demo' && item.state === 'deleted';
    const phase = cancelled ? nextPhase(leads.standing(lead), 'demo_missed') : phaseOf(lead);
    const changed = leads.change(lead.id, { fields: { phase } }, actorOf(rep));
    leads.appendEvent(lead.id, actorOf(rep), { type: 'schedule.changed', schedule_item: item });
    this.logActivity(changed, rep, by, { communication_type, channel: 'internal', item });
    return item;
  }

  #planned(itemId: string): ScheduleItem {
    const item = this.parts.schedule.get(itemId);
    if (item.state !== 'planned') throw new Refusal('forbidden', `The event is ${item.state}, no longer planned.`);
    return item;
  }

  #plan(lead: Lead, rep: Rep, kind: ScheduleItem['kind'], specific_time: boolean, start: string): ScheduleItem {
    const start_time = this.#future(start);
    const id = this.parts.makeId('event');
    return this.parts.schedule.put({
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
    if (time <= this.parts.clock())
      throw new Refusal('invalid_value', 'The time has passed already.', { field: 'start_time' });
    return new Date(time).toISOString();
  }
}
