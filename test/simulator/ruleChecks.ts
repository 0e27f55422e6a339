// What triggers and switches let be made, and what a repush may add: nothing that they do not say.
import { ORG_ID } from './configuration.ts';
import { BRIDGE_USER } from './peers.ts';
import type { SimRecord } from './salesforce.ts';
import type { Simulation } from './simulation.ts';

/** Whether the lead sold something, in this cycle or in any. */
function hasSold(simulation: Simulation, leadId: unknown, cycle?: number): boolean {
  return simulation.dialer.feed
    .after(0, Infinity)
    .some(({ sale }) => sale?.lead_id === leadId && (cycle === undefined || sale?.cycle === cycle));
}

/** M4: the Account's Name is mapped to demos and sales, so that nothing but their transactions writes it. */
export function triggersOf(simulation: Simulation): string[] {
  const written = simulation.org.stream.filter(({ changes }) =>
    changes.some(
      ({ object, kind, user, fields }) =>
        object === 'Account' && kind === 'update' && user === BRIDGE_USER && fields['Name'] !== undefined,
    ),
  ).length;
  const deals = simulation.calls.get('salesforce.writeDeal') ?? 0;
  return written > deals ? [`M4: ${written} Account names were written, with ${deals} demos and sales.`] : [];
}

/** M19: what is off is not made. */
export function switchesOf(simulation: Simulation): string[] {
  const { activitySync, opportunityAtDemo, accountAtDemo, connectionUpdate } = simulation.config.settings;
  const problems: string[] = [];
  for (const { id, object, fields } of simulation.org.live()) {
    if (object === 'Task' && !activitySync) problems.push(`M19: Task ${id} was made, and activities are off.`);
    if (object === 'Opportunity' && !opportunityAtDemo) {
      const [leadId, cycle] = String(fields['Sellfire_Opportunity_Key__c']).split(':');
      if (!hasSold(simulation, leadId, Number(cycle)))
        problems.push(`M19: Opportunity ${id} was made at a demo, and that is off.`);
    }
    const nothingAtDemo = !opportunityAtDemo && !accountAtDemo && !connectionUpdate;
    if (object === 'Account' && nothingAtDemo && typeof fields['Sellfire_Account_Key__c'] === 'string') {
      if (!hasSold(simulation, fields['Sellfire_Lead_Id__c']))
        problems.push(`M19: Account ${id} was made at a demo, and that is off.`);
    }
  }
  return problems;
}

/** M21: where that is on, each cycle that came to a demo has its Opportunity, or the admin was told why not. */
export function demosOf(simulation: Simulation): string[] {
  if (!simulation.config.settings.opportunityAtDemo) return [];
  const reports = simulation.store.allReports(ORG_ID);
  const links = simulation.store.allLinks(ORG_ID);
  return simulation.dialer.feed.after(0, Infinity).flatMap(({ type, lead, lead_id: leadId, changes }) => {
    if (type !== 'demo.set' || changes['phase']?.to !== 'HeldPhase' || !lead || leadId === null) return [];
    const key = `${leadId}:${lead.cycle}`;
    if (simulation.org.byKey('Opportunity', 'Sellfire_Opportunity_Key__c', key)) return [];
    const told = reports.some(
      (one) => one.sellfireLeadId === leadId && ['DemoSet', 'Sale'].includes(one.event) && one.outcome !== 'Success',
    );
    const isOver = simulation.dialer.leads.find(leadId)?.deleted_at !== null;
    const isEnded = links.find((link) => link.leadId === leadId)?.ended !== undefined;
    return told || isOver || isEnded ? [] : [`M21: the demo of ${key} made no Opportunity, and nobody was told.`];
  });
}

/** The day of a moment in a zone, found another way than the bridge's. */
const dayOf = (moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(moment));

/** M21, M29: dates are days in the org's time zone. */
export function daysOf(simulation: Simulation): string[] {
  const { timeZone } = simulation;
  const events = simulation.dialer.feed.after(0, Infinity);
  const problems: string[] = [];
  for (const { id, object, fields } of simulation.org.live()) {
    const moments = events.flatMap(({ activity, lead_id: leadId, schedule_item: item, sale, occurred_at: at }) => {
      if (object === 'Task')
        return activity && activity.id === fields['Sellfire_Activity_Id__c'] ? [activity.created_at] : [];
      const isOwn = object === 'Opportunity' && String(fields['Sellfire_Opportunity_Key__c']).split(':')[0] === leadId;
      return isOwn ? [item?.start_time ?? sale?.made_at ?? at] : [];
    });
    const day = fields[object === 'Task' ? 'ActivityDate' : 'CloseDate'];
    if (moments.length === 0 || moments.some((moment) => dayOf(moment, timeZone) === day)) continue;
    const rule = object === 'Task' ? 'M29' : 'M21';
    problems.push(`${rule}: ${object} ${id} is of ${String(day)}, which is no day of it in ${timeZone}.`);
  }
  return problems;
}

/** A Contact is found by what people may change (M24); everything else has a key of the sale or the activity. */
const KEYED = ['Account', 'Opportunity', 'OpportunityLineItem', 'Task'];
const REPUSHED = ['DemoSet', 'Sale', 'Activity'];

/**
 * M27: everything that went well is repushed; what is there already is not made again.
 * @param settle works all of it off
 */
export async function repushes(simulation: Simulation, settle: () => Promise<void>): Promise<string[]> {
  const before = countsOf(simulation.org.live());
  const passedOver = simulation.store
    .allReports(ORG_ID)
    .some(({ code, event }) => code === 'LINK_ENDED' && event !== 'LeadDeleted');
  // What was passed over while a record was gone is made now: that is what a repush is for.
  if (passedOver) return [];
  const rows = simulation.store
    .allReports(ORG_ID)
    .filter(({ event, outcome }) => outcome === 'Success' && REPUSHED.includes(event));
  await simulation.store.append(
    ORG_ID,
    rows.map(({ event, occurredAt, sellfireLeadId: leadId }, index) => {
      const eventId = `repush:${index}`;
      const command = { kind: 'repush' as const, event, occurredAt };
      const change = { source: 'request' as const, eventId, at: simulation.now, leadId, record: null, command };
      return { source: 'request' as const, eventId, recordId: '', leadId, change };
    }),
  );
  await settle();
  // What people have deleted since may come again.
  const gone = countsOf([...simulation.org.records.values()].filter(({ deleted }) => deleted));
  const after = countsOf(simulation.org.live());
  return KEYED.filter((object) => (after[object] ?? 0) > (before[object] ?? 0) + (gone[object] ?? 0)).map(
    (object) => `M27: ${before[object] ?? 0} ${object} records became ${after[object] ?? 0} by repushing.`,
  );
}

function countsOf(records: readonly SimRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { object } of records) counts[object] = (counts[object] ?? 0) + 1;
  return counts;
}
