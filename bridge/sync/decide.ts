// Decides for one lead: (changes, link, configuration, look-ups) → a plan. The same input gives the same plan. The
// decision returns needs until all look-ups are there, and does no I/O.
import { explain } from '../model/catalogue/catalogue.ts';
import type { Change } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Link } from '../model/link.ts';
import type { Found, Needs, Plan } from '../model/plan.ts';
import { handleCommand } from './command/command.ts';
import type { Creations } from './turn/creations.ts';
import { deliver, oneForEach, withdrawn } from './fields/deliver.ts';
import { openDraft } from './turn/draft.ts';
import { followSupplied } from './link/connectById.ts';
import { onReread } from './link/lifecycle.ts';
import { reportWentOn } from './link/movedOn.ts';
import { verifyAfterRetry } from './fields/verify.ts';
import { afterWaiting } from './turn/lead.ts';
import { isSatisfied } from './turn/lookups.ts';
import { isPhoneMapped } from './mapping/rules.ts';
import { addTransactions, isRelink } from './sale/plan.ts';
import { addReschedules } from './sale/reschedule.ts';
import { addTriggeredFields } from './sale/triggered.ts';
import { addTasks } from './task.ts';
import { createInSalesforce, resumeEarlierCreation } from './link/recordCreation.ts';
import { readSchedule } from './fields/plans.ts';
import { showState } from './fields/stateFields.ts';
import { skipped } from './turn/reports.ts';
import { finishCreation } from './link/leadCreation.ts';
import { withIds } from './link/salesforceIds.ts';
import { handleSalesforce } from './events/salesforce.ts';
import { handleSellfire } from './events/sellfire.ts';

export interface Situation {
  /** The lead or record under which the changes wait; absent where none does. */
  key?: string;
  /** In the order of their receipt. */
  changes: readonly Change[];
  link: Link | undefined;
  config: SyncConfig;
  found: Found;
  /** An earlier attempt may have written: both sides are verified before anything is written again. */
  maybeApplied: boolean;
}

export type Decision = { needs: Needs } | { plan: Plan };

export function decide(situation: Situation): Decision {
  const { config, found, maybeApplied } = situation;
  // M6: nothing syncs until the primary phone is mapped.
  const before = situation.link ? { link: situation.link } : {};
  if (!isPhoneMapped(config))
    return { plan: { ...before, writes: [], reports: [], deferred: [], rerouted: [], reread: [] } };
  const draft = openDraft(config, found, situation.link, situation.changes);
  draft.maybeApplied = maybeApplied;
  draft.key = situation.key;
  const creations: Creations = { demosAndSales: [], activities: [], reschedules: [] };
  for (const change of deletionFirst(restoredFirst(situation.changes), situation.link)) {
    if (change.source === 'sellfire') handleSellfire(draft, creations, change, maybeApplied);
    else if (change.source === 'salesforce') handleSalesforce(draft, creations, change);
    else handleCommand(draft, creations, change);
  }
  // People may have changed the lifecycle of a record, whose event has not arrived: an ended link makes nothing more.
  if (maybeApplied) onReread(draft, Math.max(...situation.changes.map(({ at }) => at)));
  if (creations.sellfire) finishCreation(draft, creations.sellfire);
  if (creations.salesforce && creations.demosAndSales.length > 0 && draft.lead)
    resumeEarlierCreation(draft, draft.lead);
  const { contactMade } = addTransactions(draft, creations.demosAndSales);
  reportWentOn(draft);
  const { link, lead } = draft;
  if (creations.salesforce?.isNew && !config.settings.createInSalesforce && lead && !link?.record && !link?.ended)
    skipped(draft, creationRow(lead.id, creations.salesforce.at), explain('CREATION_OFF'));
  if (
    creations.salesforce &&
    !contactMade &&
    lead &&
    !link?.record &&
    !link?.ended &&
    config.settings.createInSalesforce
  ) {
    const now = afterWaiting(draft, lead);
    if (now) createInSalesforce(draft, now, creations.salesforce.object, creations.salesforce.at);
  }
  if (maybeApplied && !situation.link?.record)
    followSupplied(draft, Math.max(...situation.changes.map(({ at }) => at)));
  addTriggeredFields(draft, creations.demosAndSales);
  addReschedules(draft, creations.reschedules);
  addTasks(draft, creations.activities, maybeApplied || situation.changes.some(({ source }) => source === 'request'));
  if (maybeApplied) verifyAfterRetry(draft);
  readSchedule(draft, situation.link);
  if (!isSatisfied(draft.needs)) return { needs: draft.needs };
  // The record that a transaction leaves is not updated any more, unless the transaction fails; and the Contact to which it moves the link is
  // then, though this turn has found the link there.
  const left = draft.writes.some(
    (write) => write.kind === 'saleTransaction' && draft.link && isRelink(draft.link, write.transaction),
  )
    ? draft.link?.record?.id
    : undefined;
  const pending = deliver(withdrawn(draft)).filter(
    (write) => left === undefined || !('id' in write) || write.id !== left,
  );
  draft.writes.push(...withIds(draft, situation.link, pending));
  const writes = showState(draft, oneForEach(draft.writes));
  const { link: decided, deferred, rerouted, reread } = draft;
  const reports = draft.reports.filter((row) => !deferred.includes(draft.rowsOf.get(row) ?? ''));
  const kept = decided && (situation.link || !isOfNothing(decided)) ? { link: decided } : {};
  return { plan: { ...kept, writes, reports, deferred, rerouted, reread } };
}

/** A link that a lost store knew is there before anything is decided by it. */
const restoredFirst = (changes: readonly Change[]): Change[] =>
  changes.toSorted((a, b) => Number(isRestoration(b)) - Number(isRestoration(a)));

const isRestoration = (change: Change): boolean => change.source === 'request' && change.command.kind === 'restoreLink';

/** A lead that was deleted before it was linked is linked to nothing, whatever came before its deletion. */
function deletionFirst(changes: readonly Change[], link: Link | undefined): readonly Change[] {
  const last = changes.filter((change) => change.source === 'sellfire').at(-1);
  if (last?.event.type !== 'lead.deleted' || link?.record || link?.accountId) return changes;
  return [last, ...changes.filter((change) => change !== last)];
}

/** A lead that was deleted before it was linked: there is no link to keep. */
const isOfNothing = ({ ended, record, accountId }: Link): boolean => ended !== undefined && !record && !accountId;

/** The columns of the report row of a lead's creation in Salesforce. */
const creationRow = (sellfireLeadId: string, occurredAt: number) =>
  ({ occurredAt, direction: 'ToSalesforce', event: 'LeadCreated', sellfireLeadId }) as const;
