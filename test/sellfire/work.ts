// What all work on a lead has in common: who acts, whether the lead can be worked at all, who claims it, and the activity log.
import type { Activity } from '../../bridge/model/activity.ts';
import type { Actor } from '../../bridge/model/event.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import type { Rep } from '../../bridge/model/rep.ts';
import type { ScheduleItem } from '../../bridge/model/schedule.ts';
import type { Activities } from './activities.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { MakeId } from './ids.ts';
import { ownerOf, phaseOf, type Fields, type Leads } from './leads.ts';
import { isClosed, isResting, nextPhase, type Disposition } from './phases.ts';
import { Refusal } from './problem.ts';
import type { Reps } from './reps.ts';
import type { Sales } from './sales.ts';
import type { Schedule } from './schedule.ts';

export interface WorkParts {
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
type Logged = Pick<Activity, 'communication_type' | 'channel'> & {
  disposition?: string;
  item?: ScheduleItem;
};

export class Work {
  protected readonly parts: WorkParts;

  constructor(parts: WorkParts) {
    this.parts = parts;
  }

  /** The lead, whose cycle must be running, and the rep who acts. */
  protected atWork(leadId: string, by: By): [Lead, Rep] {
    const lead = this.parts.leads.get(leadId);
    const phase = phaseOf(lead);
    if (isClosed(phase))
      throw new Refusal('phase_refused', `A lead in ${phase} is not dialled or claimed: reopen it first.`);
    if (isResting(phase)) throw new Refusal('phase_refused', `The lead rests (${phase}): reopen it first.`);
    return [lead, this.actor(lead, by)];
  }

  protected actor(lead: Lead | null, by: By): Rep {
    const { reps } = this.parts;
    const owner = lead ? reps.find(ownerOf(lead) ?? '') : undefined;
    const usual = owner?.state === 'active' ? owner : reps.list().find((rep) => rep.state === 'active');
    const id = by.rep_id ?? usual?.id;
    if (id === undefined) throw new Refusal('forbidden', 'There is no active rep.');
    const rep = reps.get(id);
    if (rep.state === 'deleted') throw new Refusal('forbidden', `${rep.name} has been deleted.`);
    return rep;
  }

  /** The phase after a disposition; a rep who works an unowned lead claims it. */
  protected fieldsAfter(lead: Lead, disposition: Disposition | null, rep: Rep): Fields {
    const fields: Fields = {};
    if (disposition !== null) fields['phase'] = nextPhase(this.parts.leads.standing(lead), disposition);
    if (ownerOf(lead) === null && rep.role === 'rep') fields['owned_rep_id'] = rep.id;
    return fields;
  }

  protected logActivity(lead: Lead, rep: Rep, by: Talk, logged: Logged): void {
    const { activities, leads, makeId, clock } = this.parts;
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
    leads.appendEvent(lead.id, actorOf(rep), { type: 'activity.logged', activity, schedule_item: item ?? null });
  }
}

export const actorOf = (rep: Rep): Actor => ({ kind: rep.role, id: rep.id, request_id: null });

/** With talk it was said on a call; without, it is a disposition alone. */
export function mediumOf(talk: Talk): Pick<Activity, 'communication_type' | 'channel'> {
  return talk.conference_duration === undefined
    ? { communication_type: 'disposition', channel: 'internal' }
    : { communication_type: 'call', channel: 'outbound' };
}
