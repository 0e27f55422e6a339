// The core's decision for one lead: (changes, link, configuration, what was looked up) → a plan. Same input, same plan.
// It asks for look-ups until it has what it needs, and never does anything itself.
import type { Change, SalesforceChange, SellfireChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Link } from '../model/link.ts';
import { PHASE_FIELD } from '../model/mapping.ts';
import type { Found, FoundRecord, Needs, Plan, Write } from '../model/plan.ts';
import { connectById } from './link/connectById.ts';
import { handleCommand } from './command/command.ts';
import type { Creations } from './turn/creations.ts';
import { writeLeadId } from './link/relink.ts';
import { deliver, oneForEach } from './fields/deliver.ts';
import { openDraft, type Draft } from './turn/draft.ts';
import { mergeSalesforceEvent, mergeSalesforceRecord, mergeSellfireEvent, isOwn } from './fields/merge.ts';
import {
  endLink,
  onConverted,
  onDeleted,
  onReread,
  onRestored,
  onUndeleted,
  isConverted,
  isConversionTarget,
  isLinked,
  isCoveredByRelink,
  TRANSACTION_MS,
} from './link/lifecycle.ts';
import { linkImported } from './link/imported.ts';
import { verifyAfterRetry } from './fields/verify.ts';
import { isSatisfied, lookups } from './turn/lookups.ts';
import { entersHeldPhase } from './fields/phase.ts';
import { isPhoneMapped } from './mapping/rules.ts';
import { addTransactions, leavesRecord } from './sale/plan.ts';
import { resumeFromLead, resumeFromRecord } from './link/initRegisters.ts';
import { addTasks } from './task.ts';
import { createInSalesforce } from './link/createInSalesforce.ts';
import { createInSellfire } from './link/createInSellfire.ts';
import { connect, salesforceIds } from './link/connect.ts';
import { withoutResumption } from './link/state.ts';

export interface Situation {
  /** In the order of their receipt. */
  changes: readonly Change[];
  link: Link | undefined;
  config: SyncConfig;
  found: Found;
  /** An earlier attempt may have written: both sides are read before anything is written again. */
  maybeApplied: boolean;
}

export type Decision = { needs: Needs } | { plan: Plan };

export function decide(situation: Situation): Decision {
  const { config, found, maybeApplied } = situation;
  // M6: nothing syncs until the primary phone is mapped.
  const before = situation.link ? { link: situation.link } : {};
  if (!isPhoneMapped(config))
    return { plan: { ...before, writes: [], reports: [], deferred: [], rerouted: [], reread: [] } };
  const draft = openDraft(config, found, situation.link && structuredClone(situation.link));
  const creations: Creations = { demosAndSales: [], activities: [] };
  for (const change of situation.changes) {
    if (change.source === 'sellfire') handleSellfire(draft, creations, change, maybeApplied);
    else if (change.source === 'salesforce') handleSalesforce(draft, creations, change);
    else handleCommand(draft, creations, change);
  }
  if (creations.sellfire) finishCreation(draft, creations.sellfire);
  const { contactMade } = addTransactions(draft, creations.demosAndSales);
  const { link, lead } = draft;
  if (
    creations.salesforce &&
    !contactMade &&
    lead &&
    !link?.record &&
    !link?.ended &&
    config.settings.createInSalesforce
  ) {
    createInSalesforce(draft, lead, creations.salesforce.object, creations.salesforce.at);
  }
  addTasks(draft, creations.activities, maybeApplied || situation.changes.some(({ source }) => source === 'request'));
  if (maybeApplied) {
    // What an attempt of ours ran into, and whose event has not come.
    onReread(draft, Math.max(...situation.changes.map(({ at }) => at)));
    verifyAfterRetry(draft);
  }
  if (!isSatisfied(draft.needs)) return { needs: draft.needs };
  // The record that a deal is about to leave is not written any more, unless the deal fails.
  const left = draft.writes.some((write) => write.kind === 'saleTransaction' && leavesRecord(draft.link, write))
    ? draft.link?.record?.id
    : undefined;
  const due = deliver(draft).filter((write) => left === undefined || !('id' in write) || write.id !== left);
  draft.writes.push(...withIds(draft, situation.link, due));
  const { link: decided, reports, deferred, rerouted, reread } = draft;
  const writes = oneForEach(draft.writes);
  return { plan: { ...(decided ? { link: decided } : {}), writes, reports, deferred, rerouted, reread } };
}

function handleSellfire(draft: Draft, creations: Creations, change: SellfireChange, maybeApplied: boolean): void {
  const { event } = change;
  const { lead } = event;
  if (!lead || event.type === 'catalogue.changed') return;
  if (!draft.lead || lead.version >= draft.lead.version) draft.lead = lead;
  if (event.type === 'lead.deleted') {
    endLink(draft, 'sellfire', change.at);
    return;
  }
  onRestored(draft, lead, change.at);
  const phase = event.changes[PHASE_FIELD];
  // A sale that was imported from Salesforce stands there already (M26).
  const sold = event.sale && !event.sale.salesforce_opportunity_id;
  if (sold || (event.schedule_item?.kind === 'demo' && phase?.to === 'HeldPhase')) creations.demosAndSales.push(change);
  if (event.activity) creations.activities.push(change);
  if (linkImported(draft, change, lead)) return;
  connectById(draft, lead, event.type === 'lead.created' && isOwn(change));
  // An attempt that was cut off made the record, and the changes before this one were for its creation.
  if (maybeApplied && creations.salesforce && draft.link?.record) {
    delete creations.salesforce;
    resumeFromLead(draft, lead);
  }
  if (draft.link?.record ?? draft.link?.accountId) mergeSellfireEvent(draft, change);
  if (draft.link?.record) return;
  const toContact = phase !== undefined && entersHeldPhase(phase.from, phase.to);
  const fromSalesforce = Object.values(lead.salesforce).some((id) => id !== null);
  const isNew = event.type === 'lead.created' && !fromSalesforce;
  if (!isNew && !toContact && !draft.link?.waiting && !creations.salesforce) return;
  const object = toContact ? 'Contact' : (creations.salesforce?.object ?? 'Lead');
  creations.salesforce = { object, at: change.at };
}

function handleSalesforce(draft: Draft, creations: Creations, change: SalesforceChange): void {
  const linked = isLinked(draft.link, change.recordId);
  if (change.kind === 'delete') {
    if (linked) onDeleted(draft, change, true);
    else if (belongsElsewhere(draft, change)) reroute(draft, change);
    if (creations.sellfire?.change.recordId === change.recordId) delete creations.sellfire;
    return;
  }
  const read = change.kind === 'gap' || (change.kind === 'undelete' && linked);
  const record = read ? lookups(draft).record(change.object, change.recordId) : undefined;
  if (read && record === undefined) return;
  if (read && !record) {
    if (linked && change.kind === 'gap') onDeleted(draft, change, false);
    return;
  }
  if (linked) {
    if (draft.link && isCoveredByRelink(draft.link, change)) return;
    if (change.kind === 'undelete' || (record && draft.link?.lostAccountId === change.recordId))
      onUndeleted(draft, change);
    if (record) mergeSalesforceRecord(draft, change.object, record);
    else if (change.kind === 'read') mergeSalesforceRecord(draft, change.object, change);
    else mergeSalesforceEvent(draft, backdate(draft, change));
    // A move may have come to it while it was deleted.
    if (
      record?.fields[draft.config.names.leadId] === null &&
      draft.link?.record?.id === change.recordId &&
      !draft.link.ended
    )
      writeLeadId(draft, { object: change.object, id: change.recordId }, record, draft.link.leadId);
    const current = record?.fields ?? change.fields;
    if (isConverted(change.object, current)) onConverted(draft, change, current, change.kind === 'update');
    return;
  }
  const fields = record?.fields ?? change.fields;
  const mine = fields[draft.config.names.leadId];
  const foreign = mine === draft.link?.leadId ? false : belongsElsewhere(draft, change);
  if (foreign === undefined) return;
  if (foreign) {
    reroute(draft, change);
  } else if (creations.sellfire?.change.recordId === change.recordId) {
    creations.sellfire.edits.push({ ...change, fields });
    creations.sellfire.fields = { ...creations.sellfire.fields, ...fields };
  } else if (typeof mine === 'string' && mine !== '') {
    reconnect(draft, { ...change, fields }, mine);
    if (isConverted(change.object, fields)) onConverted(draft, change, fields, change.kind === 'update');
  } else if (isCreation(change, record) && !isOwnRecord(draft, change)) {
    creations.sellfire = { change: { ...change, fields }, edits: [], fields: { ...fields } };
  }
}

/**
 * Whether it is about a record that waits behind a lead which it was thought to belong to, and that is not that lead's.
 * @returns undefined (and a need) while that is not known
 */
function belongsElsewhere(draft: Draft, { recordId }: SalesforceChange): boolean | undefined {
  const { link } = draft;
  if (!link || isLinked(link, recordId) || link.moved?.from.includes(recordId)) return false;
  const current = lookups(draft).leadByRecord(recordId);
  return current === undefined ? undefined : current?.id !== link.leadId;
}

function reroute(draft: Draft, { eventId, recordId }: SalesforceChange): void {
  const current = draft.found.sellfireByRecord.get(recordId);
  draft.rerouted.push({ eventId, key: current?.id ?? recordId });
}

/** The creation by an attempt of ours that was cut off: the lead may have moved on before it was even made. */
function backdate(draft: Draft, change: SalesforceChange): SalesforceChange {
  const { link, config } = draft;
  if (link?.resumedAsOf === undefined || change.kind !== 'create' || change.user !== config.user) return change;
  draft.link = withoutResumption(link);
  return { ...change, at: link.resumedAsOf };
}

/** M18: what is new in Salesforce. What was there before is connected by an import, whenever it is read. */
function isCreation(change: SalesforceChange, record: FoundRecord | null | undefined): boolean {
  if (change.kind === 'gap') return record ? record.createdAt >= change.at - TRANSACTION_MS : false;
  return change.kind === 'create' || change.kind === 'undelete';
}

/**
 * A record that the bridge itself made besides the lead's own (a sale's further Contacts) is no news to Sellfire. The user
 * alone does not tell: an admin may have connected as himself, and works in the pages.
 */
function isOwnRecord({ config }: Draft, { user, origin }: SalesforceChange): boolean {
  return user === config.user && origin.startsWith('com/salesforce/api/rest/');
}

/** A record that carries a lead's id was made by us: the link is taken up again where an interrupted attempt left it. */
function reconnect(draft: Draft, change: SalesforceChange, leadId: string): void {
  if (draft.link?.record || (draft.link && draft.link.leadId !== leadId)) return;
  const lead = lookups(draft).lead(leadId);
  if (!lead || lead.deleted_at) return;
  // Its link has left this record: the lead shows where it is now.
  const current = lead.salesforce.contact_id ?? lead.salesforce.lead_id;
  if (!draft.link && current !== null && current !== change.recordId) return;
  // Given its lead's id after it was made: the lead was made out of it. What we make has the id from the beginning.
  const origin = change.kind === 'update' ? lookups(draft).record(change.object, change.recordId) : undefined;
  if (change.kind === 'update' && !origin) return;
  draft.lead ??= lead;
  connect(draft, leadId, change.object, change.recordId);
  if (origin) {
    resumeFromRecord(draft, lead, origin.fields, origin.createdAt);
    return;
  }
  resumeFromLead(draft, lead);
  // What we made it with is as old as the lead: what the lead has become since goes over it.
  mergeSalesforceEvent(draft, { ...change, at: Date.parse(lead.created_at) });
}

function finishCreation(draft: Draft, creation: NonNullable<Creations['sellfire']>): void {
  const { object, recordId } = creation.change;
  if (!draft.config.settings.createInSellfire || isLinked(draft.link, recordId)) return;
  // What a Lead was converted into is that Lead's business: its lead goes on with it.
  if (isConverted(object, creation.fields) || isConversionTarget(draft, creation.change)) return;
  // What followed its creation may have been told under the Lead that it was converted from.
  if (draft.found.conversions.get(recordId)) {
    const current = lookups(draft).record(object, recordId);
    if (!current) return;
    Object.assign(creation, { edits: [], fields: { ...current.fields } });
    creation.change = { ...creation.change, fields: current.fields };
  }
  createInSellfire(draft, creation.change, creation.fields);
  const known = draft.found.sellfireByRecord.get(creation.change.recordId);
  if (!known || !isLinked(draft.link, creation.change.recordId)) return;
  draft.lead ??= known;
  resumeFromRecord(draft, known, creation.fields, creation.change.at);
  for (const change of [creation.change, ...creation.edits]) mergeSalesforceEvent(draft, change);
}

/** Sellfire shows where its lead stands in Salesforce: a connection made here goes along with what is written to it. */
function withIds(draft: Draft, before: Link | undefined, writes: Write[]): Write[] {
  const { link, lead } = draft;
  if (!link || !lead || link.ended) return writes;
  const isResumed = before?.ended !== undefined;
  if (!isResumed && link.record?.id === before?.record?.id && link.accountId === before?.accountId) return writes;
  const ids = {
    ...(link.record ? salesforceIds(link.record.object, link.record.id) : {}),
    ...(link.accountId ? salesforceIds('Account', link.accountId) : before?.accountId ? { account_id: null } : {}),
  };
  if (Object.entries(ids).every(([key, id]) => lead.salesforce[key as keyof typeof ids] === id)) return writes;
  const others = writes.filter((write) => write.kind !== 'updateInSellfire');
  const given = writes.find((write) => write.kind === 'updateInSellfire');
  const base = given ?? { kind: 'updateInSellfire' as const, leadId: lead.id, fields: {}, deliveries: [] };
  return [...others, { ...base, salesforce: ids }];
}
