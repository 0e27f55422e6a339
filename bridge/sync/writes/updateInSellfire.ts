// Updates fields of a lead and its Salesforce ids in Sellfire (M10, M32).
import { afterEvent } from '../link/state.ts';
import { confirmDelivery, dividedBy, refuseFields, reportWrite, type Subject } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';

type Update = WriteOf<'updateInSellfire'>;

const subjectOf = ({ leadId }: Update): Subject => ({ direction: 'ToSellfire', sellfireLeadId: leadId });

/** Whether the write carries the lead's Salesforce ids, which are written even where its fields are refused. */
const showsIds = ({ salesforce }: Update): boolean => salesforce !== undefined;

export const updateInSellfire: WriteKind<Update> = {
  peer: 'sellfire',
  objectOf: () => 'lead',

  settled(draft, write, answer, at) {
    for (const one of write.deliveries) confirmDelivery(draft, one, answer);
    if (write.deliveries.length > 0)
      reportWrite(draft, subjectOf(write), write.deliveries, { at, event: 'LeadUpdated' });
  },

  failed(draft, write, fault, at) {
    const subject = subjectOf(write);
    if (fault.class === 'gone' && draft.link) {
      // Another write of the turn has met it, and a row says so.
      if (draft.link.ended && write.deliveries.length === 0) return;
      draft.link = afterEvent(draft.link, { kind: 'deleted', by: 'sellfire', at });
      reportWrite(draft, subject, write.deliveries, { at, event: 'LeadDeleted' }, fault);
      return;
    }
    const { culprits, rest, isBlamed } = dividedBy(write, fault);
    if (isBlamed && (Object.keys(rest.fields).length > 0 || showsIds(write))) {
      // Only the refused field fails; the others are written again (M32).
      refuseFields(draft, subject, culprits, fault, at);
      draft.writes.push(rest);
    } else if (write.deliveries.length === 0) reportWrite(draft, subject, [], { at, event: 'LeadUpdated' }, fault);
    else {
      refuseFields(draft, subject, write.deliveries, fault, at);
      if (showsIds(write)) draft.writes.push({ ...write, fields: {}, deliveries: [] });
    }
  },
};
