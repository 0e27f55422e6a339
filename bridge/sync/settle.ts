// What became of a plan's writes: the link as it is now, the rows that tell it, and what is still to be written because of it.
// Only outcomes that are final come here; a fault that a later attempt may cure fails the whole job before.
import { explainFault } from '../model/catalogue/catalogue.ts';
import type { Canonical, FieldState, Link } from '../model/link.ts';
import { newLink } from '../model/link.ts';
import { OWNER_FIELD, PHASE_FIELD } from '../model/mapping.ts';
import type { Delivery, Outcome, Plan, Write } from '../model/plan.ts';
import { policyOf, type Fault } from '../model/fault.ts';
import { said, type Report } from '../model/report.ts';
import type { SyncConfig } from '../model/config.ts';
import { sameValue } from './values/canonical.ts';
import { linkedFields, openDraft, setState, stateOf, type Draft } from './turn/draft.ts';
import { nothingFound } from './turn/lookups.ts';
import * as reports from './turn/reports.ts';
import { advance, delivered, requestDelivery, refused, replicaOf, withReplica } from './values/register.ts';
import { transactionWritten, transactionFailed } from './sale/plan.ts';
import { deliver } from './fields/deliver.ts';
import { taskWritten, taskFailed } from './task.ts';
import { withCountry } from './mapping/country.ts';
import { withOwnerDifference } from './fields/owner.ts';
import { afterEvent } from './link/state.ts';
import { connect, salesforceIds } from './link/connect.ts';

export interface Settled {
  link: Link | undefined;
  reports: Report[];
  /** Follow-up writes: a field refused and the rest tried again, an id to be shown on the other side. */
  writes: Write[];
  reread: Plan['reread'];
}

/** @param at ms: when the change behind the plan happened; the moment that the report rows carry. */
export function settle(config: SyncConfig, link: Link | undefined, outcomes: readonly Outcome[], at: number): Settled {
  const draft = openDraft(config, nothingFound(), link && structuredClone(link));
  for (const outcome of outcomes) {
    if (outcome.ok) succeeded(draft, outcome, at);
    else failed(draft, outcome.write, outcome.fault, at);
  }
  return { link: draft.link, reports: draft.reports, writes: draft.writes, reread: draft.reread };
}

/** A write of single fields, each of which a replica waits for. */
type FieldWrite = Exclude<Write, { kind: 'saleTransaction' | 'task' | 'alert' }>;

type Success = Extract<Outcome, { ok: true }>;

function succeeded(draft: Draft, outcome: Success, at: number): void {
  const { write } = outcome;
  switch (write.kind) {
    case 'createInSalesforce': {
      if (!outcome.id) return;
      connect(draft, write.leadId, write.object, outcome.id, 'created');
      if (draft.link) draft.link = withCountry(draft.link, write.object, write.fields);
      created(draft, write.deliveries, 'sellfire', at);
      reportWrite(draft, write, at, 'LeadCreated');
      const salesforce = salesforceIds(write.object, outcome.id);
      draft.writes.push({ kind: 'updateInSellfire', leadId: write.leadId, fields: {}, salesforce, deliveries: [] });
      return;
    }
    case 'createInSellfire': {
      const { lead } = outcome;
      if (!lead) return;
      draft.link ??= newLink(lead.id);
      connect(draft, lead.id, write.object, write.recordId, 'created');
      if (write.country) draft.link = { ...draft.link, countries: { [write.object]: write.country } };
      created(draft, write.deliveries, 'salesforce', at, write.object);
      noteRecordValues(draft, write.recordValues, at);
      reportWrite(draft, write, at, 'LeadCreated');
      if (write.object === 'Account') return;
      const fields = { [draft.config.names.leadId]: lead.id };
      draft.writes.push({
        kind: 'updateInSalesforce',
        object: write.object,
        id: write.recordId,
        fields,
        deliveries: [],
      });
      return;
    }
    case 'alert':
      return;
    case 'task':
      taskWritten(draft, write, outcome.id, at);
      return;
    case 'saleTransaction':
      transactionWritten(draft, write, outcome.ids ?? {}, at);
      return;
    default:
      for (const one of write.deliveries) confirmDelivery(draft, one, outcome);
      if (write.deliveries.length > 0) reportWrite(draft, write, at, 'LeadUpdated');
  }
}

/** Sellfire's answer also tells when the field came to hold the value: then no event is needed to confirm it. */
function confirmDelivery(draft: Draft, one: Delivery, { lead }: Success): void {
  if (!draft.link) return;
  const state = delivered(stateOf(draft.link, one.sellfireField), one.replica, one.version, one.value);
  const changedAt = one.replica === 'sellfire' ? lead?.changed_at[one.sellfireField] : undefined;
  const confirmed = changedAt === undefined ? {} : { confirmed: one.version, at: Date.parse(changedAt) };
  setState(draft, one.sellfireField, withReplica(state, one.replica, confirmed));
}

/** Both sides hold what the creation carried: the first version of each field. */
function created(
  draft: Draft,
  deliveries: readonly Delivery[],
  by: 'salesforce' | 'sellfire',
  at: number,
  object?: string,
): void {
  for (const one of deliveries) {
    if (!draft.link) return;
    const state = stateOf(draft.link, one.sellfireField);
    if (state.register && !sameValue(state.register.value, one.value)) continue;
    const version = state.register?.version ?? 1;
    const known = { lastKnown: one.value, targetVersion: version, delivered: version };
    const mapping = draft.config.mappings.find(
      (candidate) => candidate.salesforceObject === object && candidate.sellfireField === one.sellfireField,
    );
    const origin = by === 'sellfire' ? 'sellfire' : mapping && `${mapping.salesforceObject}.${mapping.salesforceField}`;
    let next: FieldState = { ...state, register: state.register ?? { value: one.value, at, by, version } };
    next = withReplica(next, one.replica, known);
    if (origin) next = withReplica(next, origin, { ...known, confirmed: version, at });
    setState(draft, one.sellfireField, next);
  }
}

/** What the record held when its lead was made: a later reading tells a change from what was there. */
function noteRecordValues(draft: Draft, recordValues: Record<string, Canonical>, at: number): void {
  for (const { replica, sellfire } of linkedFields(draft)) {
    const value = recordValues[replica];
    if (!draft.link || value === undefined) continue;
    const state = stateOf(draft.link, sellfire.name);
    if (replicaOf(state, replica).lastKnown === undefined) {
      setState(draft, sellfire.name, withReplica(state, replica, { lastKnown: value, at }));
    }
  }
}

function failed(draft: Draft, write: Write, fault: Fault, at: number): void {
  if (write.kind === 'alert') {
    reportWrite(draft, write, at, 'OwnerChange', fault);
    return;
  }
  if (write.kind === 'task') {
    taskFailed(draft, write, fault, at);
    return;
  }
  if (write.kind === 'saleTransaction') {
    transactionFailed(draft, write.transaction, fault, at);
    return;
  }
  const isCreation = write.kind === 'createInSalesforce' || write.kind === 'createInSellfire';
  const culprits = write.deliveries.filter((one) => fault.fields.includes(one.field));
  const rest = write.deliveries.filter((one) => !culprits.includes(one));
  if (fault.class === 'gone' && draft.link && !isCreation) {
    if (write.kind === 'updateInSalesforce' && write.object === 'Account' && draft.link.record) {
      dropAccount(draft, write.id);
      reportWrite(draft, write, at, 'LeadUpdated', fault);
      return;
    }
    const by = write.kind === 'updateInSellfire' ? 'sellfire' : 'salesforce';
    draft.link = afterEvent(draft.link, { kind: 'deleted', by, at });
    reportWrite(draft, write, at, 'LeadDeleted', fault);
    return;
  }
  const fields = Object.fromEntries(Object.entries(write.fields).filter(([name]) => !fault.fields.includes(name)));
  const isLeft = rest.length > 0 || (!isCreation && (Object.keys(fields).length > 0 || showsIds(write)));
  if (policyOf(fault).blamesField && culprits.length > 0 && isLeft && mayDrop(draft, write, culprits)) {
    // The field fails alone; everything beside it goes on (M32).
    refuseFields(draft, write, culprits, fault, at);
    draft.writes.push({ ...write, fields, deliveries: rest } as Write);
    return;
  }
  if (write.kind === 'createInSalesforce' && draft.link) {
    draft.link = afterEvent(draft.link, { kind: 'refused', why: said(explainFault(fault)) });
  }
  if (isCreation || write.deliveries.length === 0)
    reportWrite(draft, write, at, isCreation ? 'LeadCreated' : 'LeadUpdated', fault);
  else {
    refuseFields(draft, write, write.deliveries, fault, at);
    if (showsIds(write)) draft.writes.push({ ...write, fields: {}, deliveries: [] } as Write);
  }
}

/** Where the lead stands in Salesforce is shown to Sellfire, whatever becomes of the fields that went along. */
const showsIds = (write: FieldWrite): boolean => write.kind === 'updateInSellfire' && write.salesforce !== undefined;

/** The lead goes on without an Account that was deleted; what became of that, its own event tells. */
function dropAccount(draft: Draft, id: string): void {
  if (draft.link?.accountId !== id) return;
  draft.link = afterEvent(draft.link, { kind: 'accountDeleted', accountId: id });
  const salesforce = { account_id: null };
  draft.writes.push({ kind: 'updateInSellfire', leadId: draft.link.leadId, fields: {}, salesforce, deliveries: [] });
}

/** A new record can do without a field unless the object requires it. */
function mayDrop(draft: Draft, write: Write, culprits: readonly Delivery[]): boolean {
  if (write.kind === 'createInSellfire') return !culprits.some((one) => one.field === 'primary_phone_number');
  if (write.kind !== 'createInSalesforce') return true;
  return culprits.every((one) => draft.config.objects[write.object]?.fields[one.field]?.nillable ?? false);
}

function refuseFields(
  draft: Draft,
  write: FieldWrite,
  deliveries: readonly Delivery[],
  fault: Fault,
  at: number,
): void {
  for (const one of deliveries) {
    if (!draft.link) break;
    setState(
      draft,
      one.sellfireField,
      refused(stateOf(draft.link, one.sellfireField), one.replica, one.version, fault.code),
    );
    if (one.replica === 'sellfire' && (one.sellfireField === PHASE_FIELD || one.sellfireField === OWNER_FIELD)) {
      revert(draft, one, at);
    }
  }
  const only = deliveries.length === 1 ? deliveries[0]?.sellfireField : undefined;
  const event = only === PHASE_FIELD ? 'PhaseChange' : only === OWNER_FIELD ? 'OwnerChange' : 'LeadUpdated';
  reportWrite(draft, { ...write, deliveries: [...deliveries] }, at, event, fault);
}

/** Sellfire has the last word on phases (M15) and owners (M14): its value stands, and a phase goes back to Salesforce. */
function revert(draft: Draft, one: Delivery, at: number): void {
  if (!draft.link || one.before === undefined) return;
  const { before: held } = one;
  if (one.sellfireField === OWNER_FIELD) {
    const text = (value: typeof held): string | null => (typeof value === 'string' ? value : null);
    draft.link = withOwnerDifference(draft.link, { salesforce: text(one.value), sellfire: text(held), at });
    return;
  }
  const state = stateOf(draft.link, one.sellfireField);
  let next = advance(
    state,
    { replica: 'sellfire', side: 'sellfire', value: held, at: Math.max(at, state.register?.at ?? 0) },
    [],
  );
  for (const key of Object.keys(state.replicas)) if (key !== 'sellfire') next = requestDelivery(next, key);
  setState(draft, one.sellfireField, next);
  draft.writes.push(...deliver(draft).filter((write) => write.kind === 'updateInSalesforce'));
}

/** Codes by which Sellfire says that its own rules forbid it, rather than that something is wrong. */
const RULE_CODES = ['PHASE_REFUSED', 'OWNER_REFUSED'];

function reportWrite(
  draft: Draft,
  write: FieldWrite | Extract<Write, { kind: 'alert' }>,
  at: number,
  event: Report['event'],
  fault?: Fault,
): void {
  const towardsSellfire =
    write.kind === 'createInSellfire' || write.kind === 'updateInSellfire' || write.kind === 'alert';
  const about: reports.About = {
    occurredAt: at,
    direction: towardsSellfire ? 'ToSellfire' : 'ToSalesforce',
    event,
    ...('recordId' in write ? { salesforceObject: write.object, salesforceRecordId: write.recordId } : {}),
    ...(write.kind === 'updateInSalesforce' ? { salesforceObject: write.object, salesforceRecordId: write.id } : {}),
    ...('leadId' in write ? { sellfireLeadId: write.leadId } : {}),
    changes:
      write.kind === 'alert'
        ? []
        : write.deliveries.map((one) => ({
            field: one.field,
            after: one.value,
            ...(one.before === undefined ? {} : { before: one.before }),
          })),
  };
  if (!fault) reports.succeeded(draft, about);
  else if (fault.class === 'exists') reports.skipped(draft, about, explainFault(fault));
  else if (RULE_CODES.includes(fault.code)) reports.refused(draft, about, explainFault(fault));
  else reports.failed(draft, about, explainFault(fault));
}
