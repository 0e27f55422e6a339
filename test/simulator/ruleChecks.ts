// Checks what triggers and settings permit to be created, and that a repush creates nothing twice.
import type { OutboxReport } from '../../bridge/store/store.ts';
import { ORG_ID } from './configuration.ts';
import { audited, auditedAfterApplying } from './auditor.ts';
import { wasAlwaysOn, wasEverOn } from './eras.ts';
import { apply } from './features/mappings.ts';
import { idsOf, isRefusal, REFUSED_BY_RULES, UNREADABLE } from './idChecks.ts';
import { BRIDGE_USER } from './peers.ts';
import type { SimRecord } from './saves.ts';
import type { Simulation } from './simulation.ts';
import { ZONES } from './zones.ts';

/** Whether the lead has a sale, in this cycle or in any. */
function hasSold(simulation: Simulation, leadId: unknown, cycle?: number): boolean {
  return simulation.dialer.feed
    .after(0, Infinity)
    .some(({ sale }) => sale?.lead_id === leadId && (cycle === undefined || sale?.cycle === cycle));
}

/** M4: the Account's Name is mapped to demos and sales, so that nothing but a demo or a sale writes it: in its transaction, or as a field of the linked Account. */
export function triggersOf(simulation: Simulation): string[] {
  // Where it is mapped to updates as well, an edit of the lead writes it.
  const isSynced = simulation.config.mappings.some(
    (one) => one.salesforceObject === 'Account' && one.triggers.includes('createUpdate'),
  );
  if (isSynced) return [];
  const written = simulation.org.stream.filter(({ changes }) =>
    changes.some(
      ({ object, kind, user, fields }) =>
        object === 'Account' && kind === 'update' && user === BRIDGE_USER && fields['Name'] !== undefined,
    ),
  ).length;
  const transactions = simulation.calls.get('salesforce.writeTransaction') ?? 0;
  const events = simulation.dialer.feed
    .after(0, Infinity)
    .filter(({ type, changes }) => type === 'sale.made' || changes['phase']?.to === 'HeldPhase').length;
  // A call that failed, or whose answer was lost, is made again; and so is a demo or a sale that an admin has done again (M27).
  const most = simulation.calm ? transactions + events + simulation.replays : events === 0 ? 0 : Infinity;
  return written > most ? [`M4: ${written} Account names were written, with ${events} demos and sales.`] : [];
}

/** M19: nothing is created whose setting is off. */
export function switchesOf(simulation: Simulation): string[] {
  const [activitySync, opportunityAtDemo, accountAtDemo, connectionUpdate] = (
    ['activitySync', 'opportunityAtDemo', 'accountAtDemo', 'connectionUpdate'] as const
  ).map((name) => wasEverOn(simulation, name));
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

/** M21: where that is on, each cycle with a demo has its Opportunity, or a report row says why not. */
export function demosOf(simulation: Simulation): string[] {
  if (!wasAlwaysOn(simulation, 'opportunityAtDemo')) return [];
  const reports = simulation.store.allReports(ORG_ID);
  const links = simulation.store.allLinks(ORG_ID);
  return simulation.dialer.feed.after(0, Infinity).flatMap(({ type, lead, lead_id: leadId, changes, sequence }) => {
    if (type !== 'demo.set' || changes['phase']?.to !== 'HeldPhase' || !lead || leadId === null) return [];
    const key = `${leadId}:${lead.cycle}`;
    if (simulation.org.byKey('Opportunity', 'Sellfire_Opportunity_Key__c', key)) return [];
    const isReported = reports.some(
      (one) =>
        one.sellfireLeadId === leadId &&
        ['DemoSet', 'Sale'].includes(one.event) &&
        (isRefusal(one) || (one.code === UNREADABLE && one.reason.startsWith(`Event ${sequence} `))),
    );
    const isOver = simulation.dialer.leads.find(leadId)?.deleted_at !== null;
    const isEnded = links.find((link) => link.leadId === leadId)?.ended !== undefined;
    return isReported || isOver || isEnded
      ? []
      : [`M21: the demo of ${key} made no Opportunity, and nothing was reported.`];
  });
}

/** M20, M23: where that is on, a lead with a demo is connected to an Account, or a report row says why not. */
export function accountsOf(simulation: Simulation): string[] {
  if (!wasAlwaysOn(simulation, 'accountAtDemo')) return [];
  const { store, dialer } = simulation;
  const links = store.allLinks(ORG_ID);
  const withDemo = dialer.feed.after(0, Infinity).flatMap(({ type, lead_id: id }) => (type === 'demo.set' ? [id] : []));
  return [...new Set(withDemo)].flatMap((leadId) => {
    const link = links.find((one) => one.leadId === leadId);
    const isOver = dialer.leads.find(leadId ?? '')?.deleted_at !== null || link?.ended !== undefined;
    const isConnected = link?.accountId !== undefined || link?.lostAccountId !== undefined;
    const isReported = store
      .allReports(ORG_ID)
      .some((one) => one.sellfireLeadId === leadId && (isRefusal(one) || one.code === UNREADABLE));
    return isOver || isConnected || isReported
      ? []
      : [`M23: the demo of ${String(leadId)} connected no Account, and nothing was reported.`];
  });
}

/** By time zone: a formatter costs a hundred times what it formats. */
const days = new Map<string, Intl.DateTimeFormat>();

/** The date of a moment in a time zone, computed independently of the bridge. */
function dayOf(moment: string, timeZone: string): string {
  const known = days.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  days.set(timeZone, known);
  return known.format(new Date(moment));
}

/** M21, M29: dates are those of the org's time zone. */
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
    // A Task's days are those of its rep's own user, also where the org objects to that user as its owner.
    const activity = events.find((one) => one.activity?.id === fields['Sellfire_Activity_Id__c'])?.activity;
    const rep = simulation.dialer.reps.list().find((one) => one.id === activity?.rep_id);
    const zone = object === 'Task' ? (ZONES[rep?.sf_owner_id ?? ''] ?? timeZone) : timeZone;
    if (moments.length === 0 || moments.some((moment) => dayOf(moment, zone) === day)) continue;
    const rule = object === 'Task' ? 'M29' : 'M21';
    problems.push(`${rule}: ${object} ${id} is of ${String(day)}, which is no day of it in ${zone}.`);
  }
  return problems;
}

/**
 * People may change the fields by which a Contact is found (M24); the others have a key of the sale or the activity.
 */
const KEYED = ['Account', 'Opportunity', 'OpportunityLineItem', 'Task'];
const REPUSHED = ['DemoSet', 'Sale', 'Activity'];
/** What keeps a demo or a sale from being made, until somebody fills it in, maps it or makes it. */
const HOLDS_UP = ['REQUIRED_EMPTY', 'REQUIRED_UNMAPPED', 'PRODUCT_MISSING', 'PRODUCT_INACTIVE', 'CURRENCY_MISSING'];

/**
 * M27: every successful row is repushed, and nothing that exists is created again.
 * @param settle does all work
 */
export async function repushes(simulation: Simulation, settle: () => Promise<void>): Promise<string[]> {
  const before = countsOf(simulation.org.live());
  const skipped = simulation.store
    .allReports(ORG_ID)
    .some(({ code, event }) => code === 'LINK_ENDED' && event !== 'LeadDeleted');
  // The repush creates what was skipped while a record was deleted; that is its purpose.
  // So does that of what a setting held back which is on by now.
  const isSwitched = (['opportunityAtDemo', 'accountAtDemo', 'connectionUpdate', 'activitySync'] as const).some(
    (name) => wasEverOn(simulation, name) && !wasAlwaysOn(simulation, name),
  );
  if (skipped || isSwitched) return [];
  const rows = simulation.store
    .allReports(ORG_ID)
    .filter(({ event, outcome }) => outcome === 'Success' && REPUSHED.includes(event))
    .filter((row) => !isHeldUp(simulation, row));
  const told = new Set(simulation.store.allReports(ORG_ID).map(({ id }) => id));
  await simulation.command(
    ...rows.map(({ event, occurredAt, sellfireLeadId: leadId, sellfireRecordId: recordId }) => {
      return {
        leadId,
        record: null,
        command: { kind: 'repush' as const, event, occurredAt, recordId },
      };
    }),
  );
  await settle();
  // Records that people deleted may be created again.
  const gone = countsOf([...simulation.org.records.values()].filter(({ deleted }) => deleted));
  const after = countsOf(simulation.org.live());
  const answers = simulation.store.allReports(ORG_ID).filter(({ id }) => !told.has(id));
  return [
    ...KEYED.filter((object) => (after[object] ?? 0) > (before[object] ?? 0) + (gone[object] ?? 0)).map(
      (object) => `M27: ${before[object] ?? 0} ${object} records became ${after[object] ?? 0} by repushing.`,
    ),
    ...rows
      .filter((row) => row.event === 'Activity' && !answers.some((one) => answersTo(one, row)))
      .map(({ sellfireRecordId: id }) => `M27: the repush of the activity ${String(id)} has no row.`),
  ];
}

/** What is asked for is said, whatever there was; of a lead whose link has ended, that it has. */
const answersTo = (one: OutboxReport, { sellfireLeadId, sellfireRecordId }: OutboxReport): boolean =>
  one.sellfireLeadId === sellfireLeadId && (one.sellfireRecordId === sellfireRecordId || one.code === 'LINK_ENDED');

/**
 * Whether the demo or sale of the row lacked something, and was not made since: its fields were written all the same (M4). Its repush makes it,
 * if it lacks nothing by now.
 */
const isHeldUp = ({ store }: Simulation, { event, sellfireLeadId, sellfireRecordId }: OutboxReport): boolean => {
  const rows = store
    .allReports(ORG_ID)
    .filter((one) => one.event === event && one.sellfireLeadId === sellfireLeadId)
    .filter((one) => one.sellfireRecordId === sellfireRecordId);
  const isMade = rows.some(
    ({ outcome, salesforceObject: object }) => outcome === 'Success' && object === 'Opportunity',
  );
  return event !== 'Activity' && !isMade && rows.some(({ code }) => HOLDS_UP.includes(code));
};

/**
 * M27, M32: what the customer's rules refused is mended by a repush once they allow it.
 * @param settle does all work
 */
export async function heals(simulation: Simulation, settle: () => Promise<void>): Promise<string[]> {
  const rows = simulation.store.allReports(ORG_ID).filter(({ code }) => REFUSED_BY_RULES.includes(code));
  if (rows.length === 0) return [];
  simulation.org.rules.clear();
  for (const row of rows) await simulation.repush(row);
  await settle();
  return simulation.store
    .allLinks(ORG_ID)
    .flatMap((link) => idsOf(simulation, link, { excusesRules: false }))
    .map((problem) => `M27: after a repush, ${problem}`);
}

/**
 * M9: every mapping is applied to what there is.
 * @param settle does all work
 */
export async function applied(simulation: Simulation, settle: () => Promise<void>): Promise<string[]> {
  for (const mapping of simulation.config.mappings) {
    if (mapping.sellfireObject !== 'lead' || !mapping.triggers.includes('createUpdate')) continue;
    await apply(simulation, mapping);
    await settle();
  }
  return [...auditedAfterApplying(simulation), ...audited(simulation)];
}

function countsOf(records: readonly SimRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { object } of records) counts[object] = (counts[object] ?? 0) + 1;
  return counts;
}
