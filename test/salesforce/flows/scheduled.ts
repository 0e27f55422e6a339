// The scheduled paths of record-triggered flows: each record that meets the flow's conditions has its time, which moves with the field
// that it is counted from, and is given up when the record meets them no longer.
// Source: Salesforce Help, "Scheduled Paths", "Scheduled Path Considerations".
import type { Row } from '../model.ts';
import type { EventsOrg } from '../pubsub/org.ts';
import type { Flow, RecordTrigger, ScheduledPath } from './model.ts';

export interface Pending {
  flow: string;
  path: ScheduledPath;
  object: string;
  id: string;
  /** Who last changed the record. */
  user: string;
  /** ms since the epoch. */
  at: number;
}

const MINUTE_MS = 60_000;
/** A timer is set for no longer, so that a clock that is moved is noticed. */
const LONGEST_MS = MINUTE_MS;

export class ScheduledPaths {
  private readonly pending = new Map<string, Pending>();
  private readonly org: EventsOrg;
  private readonly run: (pending: Pending) => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(org: EventsOrg, run: (pending: Pending) => void) {
    this.org = org;
    this.run = run;
    org.listen({
      committed: () => {},
      closed: () => {
        this.pending.clear();
        clearTimeout(this.timer);
      },
    });
  }

  /** @param isMet whether the record meets the conditions of the flow */
  saved(flow: Flow & { trigger: RecordTrigger }, record: Row, user: string, isMet: boolean): void {
    for (const path of flow.trigger.scheduled) {
      const id = String(record['Id']);
      const key = `${flow.name} ${path.name} ${id}`;
      const object = flow.trigger.object;
      const name = this.org.schema.field(this.org.schema.object(object), path.field)?.name ?? path.field;
      const at = Date.parse(String(record[name] ?? '')) + path.minutes * MINUTE_MS;
      // A time that has passed already is not scheduled: the path would run at once for ever.
      if (isMet && at > this.org.clock()) this.pending.set(key, { flow: flow.name, path, object, id, user, at });
      else this.pending.delete(key);
    }
    this.wait();
  }

  runDue(): void {
    const now = this.org.clock();
    for (const [key, pending] of this.pending) {
      if (pending.at > now) continue;
      this.pending.delete(key);
      this.run(pending);
    }
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.pending.size === 0) return;
    const soonest = Math.min(...[...this.pending.values()].map(({ at }) => at));
    const ms = Math.min(LONGEST_MS, Math.max(0, soonest - this.org.clock()));
    this.timer = setTimeout(() => this.runDue(), ms).unref();
  }
}
