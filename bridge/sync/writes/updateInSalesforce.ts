// Updates fields of a linked record in Salesforce (M10, M32).
import { afterEvent } from '../link/state.ts';
import type { Draft } from '../turn/draft.ts';
import { confirmDelivery, dividedBy, refuseFields, reportWrite, type Subject } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';

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
    for (const one of write.deliveries) confirmDelivery(draft, one, answer);
    if (write.deliveries.length > 0)
      reportWrite(draft, subjectOf(write), write.deliveries, { at, event: 'LeadUpdated' });
  },

  failed(draft, write, fault, at) {
    const subject = subjectOf(write);
    if (fault.class === 'gone' && draft.link) {
      const isAccount = write.object === 'Account' && draft.link.record !== undefined;
      if (isAccount) dropAccount(draft, write.id);
      else draft.link = afterEvent(draft.link, { kind: 'deleted', by: 'salesforce', at });
      reportWrite(draft, subject, write.deliveries, { at, event: isAccount ? 'LeadUpdated' : 'LeadDeleted' }, fault);
      return;
    }
    const { culprits, rest, isBlamed } = dividedBy(write, fault);
    if (isBlamed && Object.keys(rest.fields).length > 0) {
      // Only the refused field fails; the others are written again (M32).
      refuseFields(draft, subject, culprits, fault, at);
      draft.writes.push(rest);
    } else if (write.deliveries.length === 0) reportWrite(draft, subject, [], { at, event: 'LeadUpdated' }, fault);
    else refuseFields(draft, subject, write.deliveries, fault, at);
  },
};

/** Removes a deleted Account from the link. The event of its deletion or merge decides what follows. */
function dropAccount(draft: Draft, id: string): void {
  if (draft.link?.accountId !== id) return;
  draft.link = afterEvent(draft.link, { kind: 'accountDeleted', accountId: id });
  const salesforce = { account_id: null };
  draft.writes.push({ kind: 'updateInSellfire', leadId: draft.link.leadId, fields: {}, salesforce, deliveries: [] });
}
