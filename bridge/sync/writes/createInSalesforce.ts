// Creates a Salesforce Lead or Contact for a lead (M17).
import { explain, explainFault } from '../../model/catalogue/catalogue.ts';
import type { Fault } from '../../model/fault.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import { asMessage } from '../../model/message.ts';
import type { Delivery } from '../../model/plan.ts';
import { objectOf, readRecordId } from '../../model/recordId.ts';
import { RECORD_TYPE_FIELD } from '../../model/recordType.ts';
import { causeOf } from '../../model/report.ts';
import { deliver } from '../fields/deliver.ts';
import { connect } from '../link/connect.ts';
import { salesforceIds } from '../link/salesforceIds.ts';
import { wordsOf } from '../link/creationRefusals.ts';
import { afterEvent } from '../link/state.ts';
import { withCountry } from '../mapping/country.ts';
import { mappedFields } from '../mapping/rules.ts';
import { setState, stateOf, type Draft } from '../turn/draft.ts';
import { replicaOf, withReplica } from '../values/register.ts';
import * as reports from '../turn/reports.ts';
import { dividedBy, initDelivered, initPending, refuseFields, reportWrite, type Subject } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';
import { namesState, noteWritten } from '../fields/stateFields.ts';
import { mayBeOneField, mayBlame, fieldsToBlame } from './blame.ts';

type Creation = WriteOf<'createInSalesforce'>;

/** The record that a duplicate rule has found: the report names it, so that the two can be linked. */
function inTheWay({ holder }: Fault): Pick<Subject, 'salesforceObject' | 'salesforceRecordId'> {
  const id = readRecordId(holder ?? '');
  const object = id === null ? undefined : objectOf(id);
  return object ? { salesforceObject: object, salesforceRecordId: id } : {};
}

const subjectOf = ({ leadId }: Creation): Subject => ({ direction: 'ToSalesforce', sellfireLeadId: leadId });

export const createInSalesforce: WriteKind<Creation> = {
  peer: 'salesforce',
  objectOf: ({ object }) => object,

  settled(draft, write, { id }, at) {
    if (!id) return;
    const { leadId, object, fields, deliveries, state, later = [] } = write;
    connect(draft, leadId, object, id, 'created');
    if (draft.link) draft.link = withCountry(draft.link, object, fields);
    noteWritten(draft, id, state);
    initDelivered(draft, deliveries, 'sellfire', at, () => 'sellfire');
    noteBlanks(draft, object);
    noteLeadValues(draft, write.leadValues);
    reportWrite(draft, subjectOf(write), deliveries, { at, event: 'LeadCreated' });
    const salesforce = salesforceIds(object, id);
    draft.writes.push({ kind: 'updateInSellfire', leadId, fields: {}, salesforce, deliveries: [] });
    if (later.length === 0) return;
    initPending(draft, later, at);
    draft.writes.push(...deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id));
  },

  failed(draft, { state, ...write }, fault, at) {
    if (state && namesState(fault, state)) {
      draft.writes.push({ ...write, state: {} });
      return;
    }
    if (RECORD_TYPE_FIELD in write.fields && fault.fields.includes(RECORD_TYPE_FIELD)) {
      // The configuration is read again, and says so for the object.
      const why = explain('RECORD_TYPE_UNAVAILABLE.refused', { object: write.object });
      if (draft.link) draft.link = afterEvent(draft.link, { kind: 'refused', why: causeOf(why) });
      reports.failed(draft, { ...subjectOf(write), occurredAt: at, event: 'LeadCreated' }, why);
      return;
    }
    const blamed = fieldsToBlame(fault, write.fields, draft.config.objects[write.object]);
    const { culprits, rest } = dividedBy(write, fault, blamed);
    const isBlamed = mayBlame(fault) && culprits.length > 0;
    const optional = write.deliveries.filter((one) => isOptional(draft, write, one));
    const mayDrop = culprits.every((one) => optional.includes(one));
    if (!isBlamed && mayBeOneField(fault) && optional.length > 0) {
      // The record is created with what it must have; the rest is written to it afterwards.
      const names = optional.map(({ field }) => field);
      draft.writes.push({ ...dividedBy(write, fault, names).rest, later: [...(write.later ?? []), ...optional] });
      return;
    }
    if (isBlamed && mayDrop && rest.deliveries.length > 0) {
      refuseFields(draft, subjectOf(write), culprits, fault, at);
      draft.writes.push(rest);
      return;
    }
    const paused = draft.config.creationRefusals?.[write.object];
    if (draft.link && paused?.words === wordsOf(fault)) {
      // It has been said for the object, and the lead goes on waiting.
      const why = explain('CREATION_PAUSED', { object: write.object, why: asMessage(paused.why) });
      draft.link = afterEvent(draft.link, { kind: 'refused', why: causeOf(why) });
      return;
    }
    if (draft.link) draft.link = afterEvent(draft.link, { kind: 'refused', why: causeOf(explainFault(fault)) });
    reportWrite(
      draft,
      { ...subjectOf(write), ...inTheWay(fault) },
      write.deliveries,
      { at, event: 'LeadCreated' },
      fault,
    );
  },
};

/** What the creation did not name was blank, so that a value that is read later was entered since, also where the event of the creation is lost. */
function noteBlanks(draft: Draft, object: string): void {
  for (const { sellfire, replica } of mappedFields(draft.config, [object])) {
    const state = draft.link && stateOf(draft.link, sellfire.name);
    if (state && replicaOf(state, replica).lastKnown === undefined)
      setState(draft, sellfire.name, withReplica(state, replica, { lastKnown: null }));
  }
}

/** What the lead held, so that a value of the record that is the same is not written to it. */
function noteLeadValues(draft: Draft, leadValues: Creation['leadValues'] = {}): void {
  for (const [name, known] of Object.entries(leadValues)) {
    const state = draft.link && stateOf(draft.link, name);
    if (state && replicaOf(state, 'sellfire').lastKnown === undefined)
      setState(draft, name, withReplica(state, 'sellfire', known));
  }
}

/** A new record can be created without a field unless the object requires it, or the lead is found by it. */
const isOptional = (draft: Draft, { object }: Creation, { field, sellfireField }: Delivery): boolean =>
  sellfireField !== PRIMARY_PHONE && (draft.config.objects[object]?.fields[field]?.nillable ?? false);
