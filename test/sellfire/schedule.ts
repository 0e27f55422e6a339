// What is planned for a lead: callbacks, demos, decision calls. A specific-time one keeps the lead with its owner (M14).
import type { ScheduleItem } from '../../bridge/model/schedule.ts';
import { Refusal } from './problem.ts';

const byTime = (one: ScheduleItem, other: ScheduleItem): number => one.start_time.localeCompare(other.start_time);

export class Schedule {
  readonly #byId = new Map<string, ScheduleItem>();
  readonly #byLead = new Map<string, Set<string>>();
  /** Ids of planned items only, so that what is due is found without looking at all there ever were. */
  readonly #planned = new Set<string>();

  put(item: ScheduleItem): ScheduleItem {
    this.#byId.set(item.id, item);
    const ofLead = this.#byLead.get(item.lead_id) ?? new Set();
    this.#byLead.set(item.lead_id, ofLead.add(item.id));
    if (item.state === 'planned') this.#planned.add(item.id);
    else this.#planned.delete(item.id);
    return item;
  }

  /** @throws Refusal not_found. */
  get(id: string): ScheduleItem {
    const item = this.#byId.get(id);
    if (!item) throw new Refusal('not_found', `There is no event ${id}.`);
    return item;
  }

  /** Everything that was ever planned for a lead, earliest first. */
  history(leadId: string): ScheduleItem[] {
    return [...(this.#byLead.get(leadId) ?? [])].map((id) => this.get(id)).sort(byTime);
  }

  planned(leadId: string): ScheduleItem[] {
    return this.history(leadId).filter((item) => item.state === 'planned');
  }

  /** When the next planned item begins; null when there is none. */
  next(leadId: string): string | null {
    return this.#byLead.has(leadId) ? (this.planned(leadId)[0]?.start_time ?? null) : null;
  }

  plannedDemo(leadId: string): ScheduleItem | undefined {
    return this.planned(leadId).find((item) => item.kind === 'demo');
  }

  /** Future specific-time items of a rep on a lead: what holds the owner in place. */
  holding(leadId: string, repId: string, now: number): ScheduleItem[] {
    return this.planned(leadId).filter(
      (item) => item.specific_time && item.rep_id === repId && Date.parse(item.start_time) > now,
    );
  }

  /** Planned demos whose time is before the given one. */
  overdueDemos(before: number): ScheduleItem[] {
    return [...this.#planned]
      .map((id) => this.get(id))
      .filter((item) => item.kind === 'demo' && Date.parse(item.start_time) < before)
      .sort(byTime);
  }
}
