// Creates a Sellfire lead for a Salesforce Lead, Contact or Account (M18).
import type { Canonical } from '../../model/link.ts';
import { newLink } from '../../model/link.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { Write } from '../../model/plan.ts';
import { deliver, oneForEach } from '../fields/deliver.ts';
import { mergeCreatedLead } from '../fields/merge.ts';
import { connect } from '../link/connect.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { replicaOf, withReplica } from '../values/register.ts';
import { dividedBy, initDelivered, refuseFields, reportWrite, type Subject } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';

type Creation = WriteOf<'createInSellfire'>;

const subjectOf = ({ object, recordId }: Creation): Subject => ({
  direction: 'ToSellfire',
  salesforceObject: object,
  salesforceRecordId: recordId,
});

export const createInSellfire: WriteKind<Creation> = {
  peer: 'sellfire',
  objectOf: () => 'lead',

  settled(draft, write, { lead }, at) {
    if (!lead) return;
    draft.lead = lead;
    const { object, recordId: id, deliveries } = write;
    draft.link ??= newLink(lead.id);
    connect(draft, lead.id, object, id, 'created');
    if (write.country) draft.link = { ...draft.link, countries: { [object]: write.country } };
    initDelivered(draft, deliveries, 'salesforce', write.heldAt, ({ sellfireField }) => {
      const mapping = draft.config.mappings.find(
        (one) => one.salesforceObject === object && one.sellfireField === sellfireField,
      );
      return mapping && `${object}.${mapping.salesforceField}`;
    });
    noteRecordValues(draft, write.recordValues, write.heldAt);
    reportWrite(draft, subjectOf(write), deliveries, { at, event: 'LeadCreated' });
    if (object === 'Account') return;
    const fields = { [draft.config.names.leadId]: lead.id };
    const named: Write = { kind: 'updateInSalesforce', object, id, fields, deliveries: [] };
    // After an attempt of unknown outcome, the answer may be that to the first request.
    if (!draft.maybeApplied) mergeCreatedLead(draft, lead);
    const due = deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id);
    draft.writes.push(...oneForEach([named, ...due]));
  },

  failed(draft, write, fault, at) {
    const { culprits, rest, isBlamed } = dividedBy(write, fault);
    if (isBlamed && rest.deliveries.length > 0 && !culprits.some((one) => one.field === PRIMARY_PHONE)) {
      // A new lead needs no field but its phone.
      refuseFields(draft, subjectOf(write), culprits, fault, at);
      draft.writes.push(rest);
    } else reportWrite(draft, subjectOf(write), write.deliveries, { at, event: 'LeadCreated' }, fault);
  },
};

/** Records the values of the record when its lead was created, so that a later read detects a change. */
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
