// The dialer's parts, put together: one account in memory.
import type { Actor } from '../../bridge/model/event.ts';
import type { SellfireField } from '../../bridge/model/field.ts';
import { Activities } from './activities.ts';
import { Alerts } from './alerts.ts';
import { Catalogue, type NewField } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { Desk } from './desk.ts';
import { Feed } from './feed.ts';
import { Idempotency } from './idempotency.ts';
import { createIds } from './ids.ts';
import { Imports } from './imports.ts';
import { LeadRequests } from './lead-requests.ts';
import { Leads } from './leads.ts';
import { Reps } from './reps.ts';
import { SaleImports } from './sale-imports.ts';
import { Sales } from './sales.ts';
import { Schedule } from './schedule.ts';

export type Dialer = ReturnType<typeof createDialer>;

/** @param run distinguishes this run's ids from another's; drawn unless given */
export function createDialer(clock: Clock, run?: string) {
  const makeId = createIds(run);
  const feed = new Feed(makeId);
  const catalogue = new Catalogue(feed, clock);
  const schedule = new Schedule();
  const reps = new Reps();
  const activities = new Activities();
  const sales = new Sales(catalogue, makeId);
  const leads = new Leads({ catalogue, schedule, feed, makeId, clock });
  const requests = new LeadRequests({ catalogue, leads, reps, schedule, clock });
  const desk = new Desk({ catalogue, leads, reps, schedule, activities, sales, makeId, clock });
  return {
    account: { id: 'acct_local', name: 'Local Sellfire' },
    clock,
    feed,
    catalogue,
    schedule,
    reps,
    activities,
    sales,
    leads,
    requests,
    desk,
    alerts: new Alerts(reps, makeId, clock),
    imports: new Imports(catalogue, leads, requests),
    saleImports: new SaleImports({ catalogue, leads, reps, sales }),
    idempotency: new Idempotency(clock),
    /** The Field Manager's way to a new field: every lead has it at once, empty. */
    addField(field: NewField, actor: Actor): SellfireField {
      const added = catalogue.addField(field, actor);
      if (field.object === 'lead') leads.fillBlanks();
      return added;
    },
  };
}
