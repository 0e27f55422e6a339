// Handles the commands of an admin for one lead or record. They use the same registers and the same creations as any
// change, so a repeated or needless command changes nothing.
import type { Command } from '../../model/command.ts';
import type { CommandChange, SalesforceChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Lead } from '../../model/lead.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { FoundRecord } from '../../model/plan.ts';
import { connectById } from '../link/connectById.ts';
import { applyMapping } from './applyMapping.ts';
import { reportCommand } from './report.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import type { Creations } from '../turn/creations.ts';
import { linkedFields, setState, writableReplicas, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { confirmDeliveries } from '../fields/deliver.ts';
import { mergeSalesforceRecord, mergeSellfireLead } from '../fields/merge.ts';
import { noteShown } from '../fields/stateFields.ts';
import { onReread } from '../link/lifecycle.ts';
import { isConverted } from '../link/conversion.ts';
import { creationOf } from '../link/leadCreation.ts';
import { linkExisting } from './linkExisting.ts';
import { replayEvent } from './repush.ts';
import { reread } from './reread.ts';
import { restoreLink } from './restoreLink.ts';
import type { Sides } from './sides.ts';
import { takenBy } from '../link/claim.ts';
import { otherLead } from '../link/ending.ts';
import { nameSuccessor } from '../link/leftLead.ts';
import { relink } from '../link/relink.ts';
import { onFoundAgain } from '../link/resumption.ts';
import { withoutAwaits } from '../link/state.ts';

export function handleCommand(draft: Draft, creations: Creations, change: CommandChange): void {
  const { command } = change;
  if (command.kind === 'reread') {
    reread(draft, creations, change, command, (create, since) => compare(draft, creations, change, create, since));
    return;
  }
  if (command.kind === 'claim') {
    claimAwaited(draft, change);
    return;
  }
  if (draft.link?.ended) {
    const isAlive = onFoundAgain(draft);
    // The next turn does it, once the link and both sides are as the resumption leaves them.
    if (isAlive) draft.deferred.push(change.eventId);
    else if (isAlive === false) reportCommand(draft, change, explain('LINK_ENDED.command'));
    return;
  }
  switch (command.kind) {
    case 'compare':
      compare(draft, creations, change, command.create);
      return;
    case 'apply': {
      const sides = readBoth(draft, change);
      if (sides) applyMapping(draft, sides, change.at, command);
      return;
    }
    case 'repush':
      repush(draft, creations, change, command);
      return;
    case 'link':
      linkExisting(draft, change);
      return;
    case 'restoreLink':
      restoreLink(draft, change, command.since);
  }
}

/** @returns undefined while they are not read, or where one is gone, which is reported */
function readBoth(draft: Draft, change: CommandChange): Sides | undefined {
  const { link } = draft;
  if (!link) return undefined;
  const lead = leadNow(draft, link.leadId);
  const wanted = [
    ...(link.record ? [link.record] : []),
    ...(link.accountId ? [{ object: 'Account' as const, id: link.accountId }] : []),
  ];
  const read = wanted.map((one) => ({ ...one, record: lookups(draft).record(one.object, one.id) }));
  if (lead === undefined || read.some(({ record }) => record === undefined)) return undefined;
  if (!lead || lead.deleted_at !== null) {
    reportCommand(draft, change, explain('LEAD_GONE'));
    return undefined;
  }
  const hidden = read.find(({ record }) => record === null);
  if (hidden) {
    const { object, id } = hidden;
    reportCommand(draft, change, explain('RECORD_NOT_VISIBLE', { object, id }));
    return undefined;
  }
  return { lead, records: read.flatMap(({ object, id, record }) => (record ? [{ object, id, record }] : [])) };
}

/**
 * Compares both sides and merges the changes whose events were missed.
 * @param create whether what exists on one side only is created on the other
 * @param since when Sellfire is known to have changed something, ms since the epoch
 */
function compare(draft: Draft, creations: Creations, change: CommandChange, create: boolean, since?: number): void {
  const { link } = draft;
  if (link?.record ?? link?.accountId) {
    if (onReread(draft, change.at)) {
      // What the link has moved to is compared by the next turn.
      const { record, accountId, ended } = draft.link ?? {};
      const isMoved = record?.id !== link?.record?.id || accountId !== link?.accountId;
      if (isMoved && !ended) draft.deferred.push(change.eventId);
      return;
    }
    const sides = readBoth(draft, change);
    if (!sides) return;
    confirmDeliveries(draft, () => true);
    mergeSellfireLead(draft, sides.lead, since);
    for (const { object, id, record } of sides.records) {
      mergeSalesforceRecord(draft, object, record);
      noteShown(draft, id, record.fields);
    }
    showLead(draft, sides);
    return;
  }
  if (!create) return;
  const leadId = link?.leadId ?? change.leadId;
  if (leadId !== null) {
    const lead = connectLead(draft, change, leadId);
    if (!lead) return;
    if (!draft.link?.record) creations.salesforce ??= { object: 'Lead', at: change.at };
    return;
  }
  if (change.record) createFromRecord(draft, creations, change, change.record);
}

/**
 * Writes the lead's id to a Lead or Contact that has none, or that of a lead that is gone, as where a rule of the org refused it when the two
 * were linked.
 */
function showLead(draft: Draft, { lead, records }: Sides): void {
  const { leadId: field } = draft.config.names;
  for (const { object, record } of records) {
    const linked = draft.link?.record;
    const shown = record.fields[field];
    if (object === 'Account' || linked?.object !== object || shown === undefined || shown === lead.id) continue;
    const named = namedLead(draft, record);
    if (named === undefined || (named !== null && named.deleted_at === null)) continue;
    draft.writes.push({ kind: 'updateInSalesforce', ...linked, fields: { [field]: lead.id }, deliveries: [] });
  }
}

function createFromRecord(
  draft: Draft,
  creations: Creations,
  change: CommandChange,
  { object, id }: NonNullable<CommandChange['record']>,
): void {
  const record = lookups(draft).record(object, id);
  if (record === undefined) return;
  if (record === null) {
    reportCommand(draft, change, explain('RECORD_NOT_VISIBLE', { object, id }));
    return;
  }
  const named = namedLead(draft, record);
  // What a demo or a sale made for its lead makes no other one, though that lead is linked to its Lead.
  if (named === undefined) return;
  if (named?.deleted_at === null) {
    const { contact_id: contactId } = recordIdsOf(named);
    if (contactId !== null) nameSuccessor(draft, { object, recordId: id }, contactId);
    return;
  }
  // Of a lead that was deleted a link is left, which knows whether the record was its own.
  if (named && draft.key !== named.id) {
    draft.rerouted.push({ eventId: change.eventId, key: named.id });
    return;
  }
  const creation: SalesforceChange = {
    source: 'salesforce',
    eventId: change.eventId,
    at: record.at,
    object,
    recordId: id,
    kind: 'create',
    fields: record.fields,
    user: record.user,
    origin: '',
  };
  creations.sellfire ??= creationOf(creation);
}

/** The lead whose id the record shows; undefined while it is looked up. */
function namedLead(draft: Draft, { fields }: FoundRecord): Lead | null | undefined {
  const id = fields[draft.config.names.leadId];
  return typeof id === 'string' && id !== '' ? lookups(draft).lead(id) : null;
}

/**
 * M27: does again what a report row is about, with the lead's current data. A demo, a sale or an activity is replayed;
 * for any other event, refused values are tried again and both sides are compared.
 */
function repush(
  draft: Draft,
  creations: Creations,
  change: CommandChange,
  { event, occurredAt, recordId }: Extract<Command, { kind: 'repush' }>,
): void {
  const leadId = draft.link?.leadId ?? change.leadId;
  if (leadId === null || !['DemoSet', 'Sale', 'Activity'].includes(event)) {
    forgetRefusals(draft);
    compare(draft, creations, change, true);
    if (creations.salesforce) creations.salesforce.isNew = true;
    return;
  }
  const lead = connectLead(draft, change, leadId);
  if (!lead) return;
  replayEvent(draft, creations, change, lead, { event, occurredAt, recordId });
}

/**
 * Links the lead to the record that it awaits. Neither side is changed, but where the record is blank. A record that another lead still
 * names stays that lead's: its link may have ended with a deletion that is undone, and the undeletion resumes it.
 */
function claimAwaited(draft: Draft, { at }: CommandChange): void {
  const { link } = draft;
  if (!link?.awaits) return;
  const { awaits } = link;
  const lead = leadNow(draft, link.leadId);
  const record = lookups(draft).record(awaits.object, awaits.id);
  const other = otherLead(draft, awaits.id, record);
  if (lead === undefined || record === undefined || other === undefined) return;
  const holder = takenBy(draft, awaits.id);
  // Another lead was faster: the link goes on waiting.
  if (holder !== undefined) return;
  draft.link = withoutAwaits(link);
  if (other) return;
  // A Lead that was converted went on as the Contact of the lead that left it.
  if (!lead || lead.deleted_at !== null || !record || isConverted(awaits.object, record.fields)) return;
  const left = link.record && link.record.id !== awaits.id ? [link.record.id] : [];
  const how = { kind: 'relinked', left, at: link.moved?.at ?? 0, fromEvent: false, isDeliberate: () => false } as const;
  relink(draft, lead, [{ ...awaits, record }], how);
  const about = { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked' } as const;
  reports.succeeded(draft, { ...about, salesforceObject: awaits.object, salesforceRecordId: awaits.id });
}

/** Connects the lead of a command. @returns nothing while it is looked up, and where it is gone, which is reported */
function connectLead(draft: Draft, change: CommandChange, leadId: string) {
  const lead = leadNow(draft, leadId);
  if (!lead) return undefined;
  if (lead.deleted_at !== null) {
    reportCommand(draft, change, explain('LEAD_GONE'));
    return undefined;
  }
  draft.lead ??= lead;
  const named = connectById(draft, lead, { at: change.at, isOwn: false, isMade: false, isEdit: false });
  // What keeps the lead from its record is reported.
  return named === 'unknown' || named === 'refused' ? undefined : lead;
}

/** Lets refused versions be tried once more, where the rules and the settings of now let them go that way. */
function forgetRefusals(draft: Draft): void {
  for (const [name, state] of Object.entries(draft.link?.fields ?? {})) {
    const mapped = linkedFields(draft).filter(({ sellfire }) => sellfire.name === name);
    const writable = writableReplicas(draft.config, mapped, state.register?.value ?? null);
    const replicas = Object.entries(state.replicas).map(([key, { refused, ...replica }]) => [
      key,
      refused && !writable.includes(key) ? { ...replica, refused } : replica,
    ]);
    setState(draft, name, { ...state, replicas: Object.fromEntries(replicas) });
  }
}
