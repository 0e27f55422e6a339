// The activity log of a lead: what reps did on it, oldest first.
import type { Activity } from '../../bridge/model/activity.ts';

export class Activities {
  readonly #byLead = new Map<string, Activity[]>();

  add(activity: Activity): Activity {
    const log = this.#byLead.get(activity.lead_id);
    if (log) log.push(activity);
    else this.#byLead.set(activity.lead_id, [activity]);
    return activity;
  }

  ofLead(leadId: string): Activity[] {
    return [...(this.#byLead.get(leadId) ?? [])];
  }
}
