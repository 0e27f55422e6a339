// Decides for one lead: (changes, link, configuration, look-ups) → a plan. The same input gives the same plan. The
// decision returns needs until all look-ups are there, and does no I/O.
import { explain } from '../model/catalogue/catalogue.ts';
import type { Change, SalesforceChange, SellfireChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Link } from '../model/link.ts';
import { recordIdsOf } from '../model/recordId.ts';
import { PHASE_FIELD, PRIMARY_PHONE } from '../model/mapping.ts';
import type { Found, FoundRecord, Needs, Plan, Write } from '../model/plan.ts';
import { takenBy } from './link/claim.ts';
import { connectById } from './link/connectById.ts';
import { handleCommand } from './command/command.ts';
import type { Creations } from './turn/creations.ts';
import { deliver, oneForEach } from './fields/deliver.ts';
import { openDraft, type Draft } from './turn/draft.ts';
import { isOwn } from './fields/carriedEdit.ts';
import { mergeSalesforceEvent, mergeSalesforceRecord, mergeSellfireEvent } from './fields/merge.ts';
import {
  endLink,
  giveMissing,
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
import { unreportedFields } from './mapping/unreported.ts';
import { isPhoneAmong } from './mapping/phone.ts';
import { isPhoneMapped } from './mapping/rules.ts';
import { addTransactions, leavesRecord } from './sale/plan.ts';
import { resumeFromLead, resumeFromRecord } from './link/initRegisters.ts';
import { addReschedules, isReschedule } from './sale/reschedule.ts';
import { addTriggeredFields } from './sale/triggered.ts';
import { addTasks } from './task.ts';
import { createInSalesforce } from './link/createInSalesforce.ts';
import { createInSellfire } from './link/createInSellfire.ts';
import { connect, salesforceIds } from './link/connect.ts';
import { withoutResumption } from './link/state.ts';
import { skipped } from './turn/reports.ts';

export interface Situation {
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
  const creations: Creations = { demosAndSales: [], activities: [], reschedules: [] };
  for (const change of restoredFirst(situation.changes)) {
    if (change.source === 'sellfire') handleSellfire(draft, creations, change, maybeApplied);
    else if (change.source === 'salesforce') handleSalesforce(draft, creations, change);
    else handleCommand(draft, creations, change);
  }
  if (creations.sellfire) finishCreation(draft, creations.sellfire);
  const { contactMade } = addTransactions(draft, creations.demosAndSales);
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
    createInSalesforce(draft, lead, creations.salesforce.object, creations.salesforce.at);
  }
  addTriggeredFields(draft, creations.demosAndSales);
  addReschedules(draft, creations.reschedules);
  addTasks(draft, creations.activities, maybeApplied || situation.changes.some(({ source }) => source === 'request'));
  if (maybeApplied) {
    // The attempt may have changed the lifecycle of a record whose event has not arrived.
    onReread(draft, Math.max(...situation.changes.map(({ at }) => at)));
    verifyAfterRetry(draft);
  }
  if (!isSatisfied(draft.needs)) return { needs: draft.needs };
  // The record that a transaction leaves is not updated any more, unless the transaction fails.
  const left = draft.writes.some((write) => write.kind === 'saleTransaction' && leavesRecord(draft.link, write))
    ? draft.link?.record?.id
    : undefined;
  const pending = deliver(draft).filter((write) => left === undefined || !('id' in write) || write.id !== left);
  draft.writes.push(...withIds(draft, situation.link, pending));
  const { link: decided, reports, deferred, rerouted, reread } = draft;
  const writes = oneForEach(draft.writes);
  return { plan: { ...(decided ? { link: decided } : {}), writes, reports, deferred, rerouted, reread } };
}

/** A link that a lost store knew is there before anything is decided by it. */
const restoredFirst = (changes: readonly Change[]): Change[] =>
  changes.toSorted((a, b) => Number(isRestoration(b)) - Number(isRestoration(a)));

const isRestoration = (change: Change): boolean => change.source === 'request' && change.command.kind === 'restoreLink';

/** The columns of the report row of a lead's creation in Salesforce. */
const creationRow = (sellfireLeadId: string, occurredAt: number) =>
  ({ occurredAt, direction: 'ToSalesforce', event: 'LeadCreated', sellfireLeadId }) as const;

/** Who edits leads one by one, without supplying ids. */
const EDITORS: readonly string[] = ['rep', 'system'];

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
  // A sale that was imported from Salesforce exists there already (M26).
  const sold = event.sale && !event.sale.salesforce_opportunity_id;
  if (sold || (event.schedule_item?.kind === 'demo' && phase?.to === 'HeldPhase')) creations.demosAndSales.push(change);
  if (event.activity) creations.activities.push(change);
  if (isReschedule(change)) creations.reschedules.push(change);
  if (linkImported(draft, change, lead)) return;
  const own = isOwn(change);
  const isEdit = event.type !== 'lead.created' && EDITORS.includes(event.actor.kind);
  const isResumed = maybeApplied && creations.salesforce !== undefined;
  const named = connectById(draft, lead, {
    at: change.at,
    isOwn: own || isResumed,
    isMade: own && event.type === 'lead.created',
    isEdit,
  });
  if (named === 'unknown' || named === 'refused') return;
  // An interrupted attempt created the record, and the earlier changes of this turn requested that creation.
  if (maybeApplied && creations.salesforce && draft.link?.record) {
    delete creations.salesforce;
    resumeFromLead(draft, lead);
  }
  // The values that come with the ids are no change of a linked lead; those that a rep enters later are.
  if ((isEdit || named !== 'linked') && (draft.link?.record ?? draft.link?.accountId))
    mergeSellfireEvent(draft, change);
  if (draft.link?.record) return;
  const toContact = phase !== undefined && entersHeldPhase(phase.from, phase.to);
  const fromSalesforce = Object.values(lead.salesforce).some((id) => id !== null);
  const isNew = event.type === 'lead.created' && !fromSalesforce;
  // A phone that is corrected makes the record then, where another record has the earlier one.
  const isCorrected = event.changes[PRIMARY_PHONE] !== undefined && !fromSalesforce && !isOwn(change);
  if (!isNew && !isCorrected && !toContact && !draft.link?.waiting && !creations.salesforce) return;
  const object = toContact ? 'Contact' : (creations.salesforce?.object ?? 'Lead');
  creations.salesforce = { object, at: change.at, isNew: isNew || creations.salesforce?.isNew === true };
}

/** The change with what its event does not carry; undefined while that is read. */
function complete(draft: Draft, change: SalesforceChange): SalesforceChange | undefined {
  if (change.kind !== 'create' && change.kind !== 'update') return change;
  const names = unreportedFields(draft.config, [change.object]);
  if (names.length === 0) return change;
  const record = lookups(draft).record(change.object, change.recordId);
  if (record === undefined) return undefined;
  const read = names.flatMap((name) => (record?.fields[name] === undefined ? [] : [[name, record.fields[name]]]));
  return { ...change, fields: { ...(Object.fromEntries(read) as SalesforceChange['fields']), ...change.fields } };
}

function handleSalesforce(draft: Draft, creations: Creations, event: SalesforceChange): void {
  const change = complete(draft, event);
  if (!change) return;
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
    if (change.kind === 'undelete' || change.undeleted || (record && draft.link?.lostAccountId === change.recordId))
      onUndeleted(draft, change);
    if (record) mergeSalesforceRecord(draft, change.object, record);
    else if (change.kind === 'read') mergeSalesforceRecord(draft, change.object, change, false);
    else mergeSalesforceEvent(draft, backdate(draft, change));
    // The link may have moved to the record while it was deleted.
    if (
      record?.fields[draft.config.names.leadId] === null &&
      draft.link?.record?.id === change.recordId &&
      !draft.link.ended
    )
      giveMissing(draft, draft.link.record, record);
    const current = record?.fields ?? change.fields;
    if (isConverted(change.object, current)) onConverted(draft, change, current, change.kind === 'update');
    return;
  }
  const fields = record?.fields ?? change.fields;
  const carriedLeadId = fields[draft.config.names.leadId];
  const foreign = carriedLeadId === draft.link?.leadId ? false : belongsElsewhere(draft, change);
  if (foreign === undefined) return;
  if (foreign) {
    reroute(draft, change);
  } else if (creations.sellfire?.change.recordId === change.recordId) {
    creations.sellfire.edits.push({ ...change, fields });
    creations.sellfire.fields = { ...creations.sellfire.fields, ...fields };
  } else if (typeof carriedLeadId === 'string' && carriedLeadId !== '') {
    reconnect(draft, { ...change, fields }, carriedLeadId);
    if (isConverted(change.object, fields)) onConverted(draft, change, fields, change.kind === 'update');
  } else if (isCreation(change, record) && !isOwnRecord(draft, change)) {
    beginCreation(draft, creations, { ...change, fields });
  } else if (isPhoneEntered(draft, change) && !isOwnRecord(draft, change)) {
    const current = lookups(draft).record(change.object, change.recordId);
    if (current && isNobodys(draft, current)) beginCreation(draft, creations, { ...change, fields: current.fields });
  }
}

/** @param change with all fields of the record that are known */
function beginCreation(draft: Draft, creations: Creations, change: SalesforceChange): void {
  // The lead was made from the record, so that the record makes no other.
  if (draft.link?.left?.includes(change.recordId) && !draft.link.moved?.from.includes(change.recordId)) return;
  // The link has left the record: what becomes of it is not this lead's.
  if (draft.link?.record) {
    const current = lookups(draft).leadByRecord(change.recordId);
    if (current !== undefined && current?.id !== draft.link.leadId) reroute(draft, change);
    return;
  }
  creations.sellfire = { change, edits: [], fields: { ...change.fields } };
}

/** M18: whether a phone was entered or corrected of a record that may have no lead yet; it makes the lead then. */
function isPhoneEntered({ config }: Draft, { kind, object, fields }: SalesforceChange): boolean {
  return kind === 'update' && config.settings.createInSellfire && isPhoneAmong(config, object, fields);
}

/** Whether the record is of no lead: it names none, and no sale made it for one of its people. */
function isNobodys({ config: { names } }: Draft, { fields }: FoundRecord): boolean {
  return [names.leadId, names.contactKey].every((name) => (fields[name] ?? null) === null);
}

/**
 * Whether the event's record is keyed to this lead but belongs to another one or to none.
 * @returns undefined (and a need) while that is not known
 */
function belongsElsewhere(draft: Draft, { recordId }: SalesforceChange): boolean | undefined {
  const { link } = draft;
  if (!link || isLinked(link, recordId) || hasLeft(link, recordId)) return false;
  const current = lookups(draft).leadByRecord(recordId);
  return current === undefined ? undefined : current?.id !== link.leadId;
}

const hasLeft = ({ moved, left }: Link, recordId: string): boolean =>
  [...(moved?.from ?? []), ...(left ?? [])].includes(recordId);

function reroute(draft: Draft, { eventId, recordId }: SalesforceChange): void {
  const current = draft.found.sellfireByRecord.get(recordId);
  draft.rerouted.push({ eventId, key: takenBy(draft, recordId) ?? current?.id ?? recordId });
}

/**
 * Dates the creation event of an interrupted attempt back to the value that the link stores: the lead may have changed
 * before the record was created.
 */
function backdate(draft: Draft, change: SalesforceChange): SalesforceChange {
  const { link, config } = draft;
  if (link?.resumedAsOf === undefined || change.kind !== 'create' || change.user !== config.user) return change;
  draft.link = withoutResumption(link);
  return { ...change, at: link.resumedAsOf };
}

/**
 * M18: whether the record is new in Salesforce. An import connects the records that existed before, however late they
 * are read.
 */
function isCreation(change: SalesforceChange, record: FoundRecord | null | undefined): boolean {
  if (change.kind === 'gap')
    return record ? change.undeleted === true || record.createdAt >= change.at - TRANSACTION_MS : false;
  return change.kind === 'create' || change.kind === 'undelete';
}

/**
 * Whether the bridge created the record beside the lead's own (a sale's further Contacts), so that it makes no lead.
 * The user alone is no proof: an admin may have connected as themselves and work in the pages.
 */
function isOwnRecord({ config }: Draft, { user, origin }: SalesforceChange): boolean {
  return user === config.user && origin.startsWith('com/salesforce/api/rest/');
}

/** Resumes the link of a record with a lead id: the bridge created the record, and the attempt was interrupted. */
function reconnect(draft: Draft, change: SalesforceChange, leadId: string): void {
  if (draft.link?.record || (draft.link && draft.link.leadId !== leadId)) return;
  if (takenBy(draft, change.recordId) !== undefined) {
    reroute(draft, change);
    return;
  }
  const lead = lookups(draft).lead(leadId);
  if (!lead || lead.deleted_at) return;
  // The link has left this record; the lead names its current one.
  const ids = recordIdsOf(lead);
  const current = ids.contact_id ?? ids.lead_id;
  if (!draft.link && current !== null && current !== change.recordId) return;
  // An update added the lead id, so the lead was created from the record. A record that the bridge creates has the id
  // from the start.
  const origin = change.kind === 'update' ? lookups(draft).record(change.object, change.recordId) : undefined;
  if (change.kind === 'update' && !origin) return;
  draft.lead ??= lead;
  connect(draft, leadId, change.object, change.recordId);
  if (origin) {
    resumeFromRecord(draft, lead, origin, origin.createdAt);
    return;
  }
  resumeFromLead(draft, lead);
  // The created record's values are as old as the lead, so later changes of the lead overwrite them.
  mergeSalesforceEvent(draft, { ...change, at: Date.parse(lead.created_at) });
}

function finishCreation(draft: Draft, creation: NonNullable<Creations['sellfire']>): void {
  const { object, recordId } = creation.change;
  if (!draft.config.settings.createInSellfire || isLinked(draft.link, recordId)) return;
  // The store knows a link that Sellfire does not name yet.
  if (takenBy(draft, recordId) !== undefined) {
    for (const change of [creation.change, ...creation.edits]) reroute(draft, change);
    return;
  }
  // The target of a conversion belongs to the lead of the converted Lead.
  if (isConverted(object, creation.fields) || isConversionTarget(draft, creation.change)) return;
  // Events after the creation may have been keyed to the converted Lead.
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
  const last = creation.edits.at(-1) ?? creation.change;
  resumeFromRecord(draft, known, { fields: creation.fields, at: last.at }, creation.change.at, { edits: false });
  for (const change of [creation.change, ...creation.edits]) mergeSalesforceEvent(draft, change);
}

/** Adds the new Salesforce ids of the lead to its update in Sellfire. */
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
  const leadUpdate = writes.find((write) => write.kind === 'updateInSellfire');
  const base = leadUpdate ?? { kind: 'updateInSellfire' as const, leadId: lead.id, fields: {}, deliveries: [] };
  return [...others, { ...base, salesforce: ids }];
}
