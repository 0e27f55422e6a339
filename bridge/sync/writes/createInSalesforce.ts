// Creates a Salesforce Lead or Contact for a lead (M17).
import { explainFault } from '../../model/catalogue/catalogue.ts';
import { said } from '../../model/report.ts';
import { connect, salesforceIds } from '../link/connect.ts';
import { afterEvent } from '../link/state.ts';
import { withCountry } from '../mapping/country.ts';
import { dividedBy, initDelivered, refuseFields, reportWrite, type Subject } from './fields.ts';
import type { WriteKind, WriteOf } from './kind.ts';

type Creation = WriteOf<'createInSalesforce'>;

const subjectOf = ({ leadId }: Creation): Subject => ({ direction: 'ToSalesforce', sellfireLeadId: leadId });

export const createInSalesforce: WriteKind<Creation> = {
  peer: 'salesforce',
  objectOf: ({ object }) => object,

  settled(draft, write, { id }, at) {
    if (!id) return;
    const { leadId, object, fields, deliveries } = write;
    connect(draft, leadId, object, id, 'created');
    if (draft.link) draft.link = withCountry(draft.link, object, fields);
    initDelivered(draft, deliveries, 'sellfire', at, () => 'sellfire');
    reportWrite(draft, subjectOf(write), deliveries, { at, event: 'LeadCreated' });
    const salesforce = salesforceIds(object, id);
    draft.writes.push({ kind: 'updateInSellfire', leadId, fields: {}, salesforce, deliveries: [] });
  },

  failed(draft, write, fault, at) {
    const { culprits, rest, isBlamed } = dividedBy(write, fault);
    // A new record does not need a field unless the object requires it.
    const described = draft.config.objects[write.object]?.fields;
    const mayDrop = culprits.every((one) => described?.[one.field]?.nillable ?? false);
    if (isBlamed && mayDrop && rest.deliveries.length > 0) {
      refuseFields(draft, subjectOf(write), culprits, fault, at);
      draft.writes.push(rest);
      return;
    }
    if (draft.link) draft.link = afterEvent(draft.link, { kind: 'refused', why: said(explainFault(fault)) });
    reportWrite(draft, subjectOf(write), write.deliveries, { at, event: 'LeadCreated' }, fault);
  },
};
