// Updates fields of a linked record in Salesforce (M10, M32).
import { isLinked } from '../link/lifecycle.ts';
import { afterEvent } from '../link/state.ts';
import { followed } from '../values/inFlight.ts';
import { withReplica } from '../values/register.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import type { Fault } from '../../model/fault.ts';
import type { Delivery, Trial } from '../../model/plan.ts';
import { FOLLOWED_OBJECTS, type SalesforceFields, type SalesforceValue } from '../../model/salesforce.ts';
import { explainFault } from '../../model/catalogue/catalogue.ts';
import * as reports from '../turn/reports.ts';
import { confirmDelivery, dividedBy, refuseFields, reportWrite, type Subject } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';
import { namesState, noteWritten } from '../fields/stateFields.ts';
import { isHopeless, mayBeOneField, mayBlame, MOST_TRIALS, fieldsToBlame } from './blame.ts';

type Update = WriteOf<'updateInSalesforce'>;

const subjectOf = ({ object, id }: Update): Subject => ({
  direction: 'ToSalesforce',
  salesforceObject: object,
  salesforceRecordId: id,
});

export const updateInSalesforce: WriteKind<Update> = {
  peer: 'salesforce',
  objectOf: ({ object }) => object,

  settled(draft, write, answer, at) {
    noteWritten(draft, write.id, write.state);
    const showsLead = draft.config.names.leadId in write.fields;
    for (const one of write.deliveries) confirmDelivery(draft, one, answer, showsLead);
    noteFollowed(draft, write);
    if (write.deliveries.length > 0)
      reportWrite(draft, subjectOf(write), write.deliveries, { at, event: 'LeadUpdated' });
    if (write.event) reports.succeeded(draft, { ...rowOf(write, at), changes: changesOf(write.fields) });
    if (write.trial) tryNext(draft, write, { ...write.trial, accepted: true });
    writeNext(draft, write);
  },

  failed(draft, { state, ...write }, fault, at) {
    const subject = subjectOf(write);
    writeNext(draft, write);
    if (fault.class === 'exists' && draft.link && draft.config.names.leadId in write.fields)
      draft.link = { ...draft.link, unnamedRecord: write.id };
    if (state && fault.class !== 'gone' && (Object.keys(write.fields).length === 0 || namesState(fault, state))) {
      // They are not worth a failure: the record is written without them.
      noteWritten(draft, write.id, state);
      if (Object.keys(write.fields).length > 0) draft.writes.push({ ...write, state: {} });
      return;
    }
    if (write.event && (fault.class !== 'gone' || !isFollowed(write.object))) {
      eventFieldsFailed(draft, write, fault, at);
      return;
    }
    if (fault.class === 'gone' && draft.link && isLinked(draft.link, write.id)) {
      const isAccount = write.object === 'Account' && draft.link.record !== undefined;
      if (isAccount) dropAccount(draft, write.id);
      else draft.link = afterEvent(draft.link, { kind: 'deleted', by: 'salesforce', at });
      reportWrite(draft, subject, write.deliveries, { at, event: isAccount ? 'LeadUpdated' : 'LeadDeleted' }, fault);
      return;
    }
    if (write.trial) {
      refusedInTrial(draft, write, { ...write.trial, refusals: [...write.trial.refusals, fault.message] }, fault, at);
      return;
    }
    const blamed = fieldsToBlame(fault, write.fields, draft.config.objects[write.object]);
    const { culprits, rest, isBlamed } = dividedBy(write, fault, blamed);
    const { length } = write.deliveries;
    if (isBlamed && Object.keys(rest.fields).length > 0) {
      // Only the refused field fails; the others are written again (M32).
      refuseFields(draft, subject, culprits, fault, at);
      draft.writes.push(rest);
      return;
    }
    // What else it was to write may be taken: the id of the lead.
    if (write.deliveries.length > 0 && mayBeOneField(fault)) writeOthers(draft, write, blamed);
    if (write.deliveries.length === 0) reportWrite(draft, subject, [], { at, event: 'LeadUpdated' }, fault);
    else if (!isBlamed && mayBeOneField(fault) && length > 1 && length <= MOST_TRIALS)
      tryNext(draft, write, {
        pending: write.deliveries.map((one) => [one, write.fields[one.field] ?? null]),
        refusals: [],
        accepted: false,
      });
    else refuseFields(draft, subject, write.deliveries, fault, at);
  },
};

/** Writes what a refused write has beside its deliveries, except what is to blame. */
function writeOthers(draft: Draft, { next: _, ...write }: Update, blamed: readonly string[]): void {
  const left = [...blamed, ...write.deliveries.map(({ field }) => field)];
  const others = Object.entries(write.fields).filter(([name]) => !left.includes(name));
  if (others.length > 0) draft.writes.push({ ...write, fields: Object.fromEntries(others), deliveries: [] });
}

/** What was written to the record before, and is on its way, is not the last that the bridge did to it. */
function noteFollowed(draft: Draft, { object, id, deliveries }: Update): void {
  if (!draft.link || !isLinked(draft.link, id)) return;
  for (const { sellfire, replica, mapping } of linkedFields(draft)) {
    const state = stateOf(draft.link, sellfire.name);
    const known = state.replicas[replica];
    if (mapping.salesforceObject !== object || !known?.inFlight?.length) continue;
    if (deliveries.some((one) => one.replica === replica && one.sellfireField === sellfire.name)) continue;
    setState(draft, sellfire.name, withReplica(state, replica, followed(known)));
  }
}

function writeNext(draft: Draft, { next }: Pick<Update, 'next'>): void {
  if (next) draft.writes.push({ kind: 'updateInSalesforce', ...next, deliveries: [] });
}

const isFollowed = (object: string): boolean => FOLLOWED_OBJECTS.some((one) => one === object);

const rowOf = (write: Update, at: number) => ({
  ...subjectOf(write),
  occurredAt: at,
  event: write.event ?? ('LeadUpdated' as const),
  ...(write.sellfireRecordId ? { sellfireRecordId: write.sellfireRecordId } : {}),
});

const changesOf = (fields: SalesforceFields): { field: string; after: string | null }[] =>
  Object.entries(fields).map(([field, value]) => ({ field, after: value === null ? null : String(value) }));

/** Fields of a demo or a sale: the one that is refused fails alone (M32). */
function eventFieldsFailed(draft: Draft, write: Update, fault: Fault, at: number): void {
  const blamed = mayBlame(fault) ? fieldsToBlame(fault, write.fields, draft.config.objects[write.object]) : [];
  const { length } = Object.keys(write.fields);
  if (blamed.length === 0 && mayBeOneField(fault) && length > 1 && length <= MOST_TRIALS) {
    for (const field of Object.entries(write.fields))
      draft.writes.push({ ...write, fields: Object.fromEntries([field]) });
    return;
  }
  const left = Object.entries(write.fields).filter(([name]) => blamed.length === 0 || blamed.includes(name));
  reports.failed(draft, { ...rowOf(write, at), changes: changesOf(Object.fromEntries(left)) }, explainFault(fault));
  const rest = Object.entries(write.fields).filter((entry) => !left.some(([name]) => name === entry[0]));
  if (rest.length > 0) draft.writes.push({ ...write, fields: Object.fromEntries(rest) });
}

type UpdateTrial = Trial<[Delivery, SalesforceValue]>;

/** Writes the next field alone, so that only those fields fail that a refusal without a field name is about. */
function tryNext(draft: Draft, write: Update, { pending, ...trial }: UpdateTrial): void {
  const [next, ...others] = pending;
  if (!next) return;
  const [delivery, value] = next;
  const fields = { [delivery.field]: value };
  draft.writes.push({ ...write, fields, deliveries: [delivery], trial: { ...trial, pending: others } });
}

function refusedInTrial(draft: Draft, write: Update, trial: UpdateTrial, fault: Fault, at: number): void {
  const rest = isHopeless(trial) ? trial.pending.map(([delivery]) => delivery) : [];
  refuseFields(draft, subjectOf(write), [...write.deliveries, ...rest], fault, at);
  if (!isHopeless(trial)) tryNext(draft, write, trial);
}

/** Removes a deleted Account from the link. The event of its deletion or merge decides what follows. */
function dropAccount(draft: Draft, id: string): void {
  if (draft.link?.accountId !== id) return;
  draft.link = afterEvent(draft.link, { kind: 'accountDeleted', accountId: id });
  const salesforce = { account_id: null };
  draft.writes.push({ kind: 'updateInSellfire', leadId: draft.link.leadId, fields: {}, salesforce, deliveries: [] });
}
