// The report rows of a demo or a sale that was written (M31): what was made, what could not be, and what did not fit as it was (M22, M32).
import type { RecordRef, SaleTransaction } from '../../model/saleTransaction.ts';
import type { Report } from '../../model/report.ts';
import { withoutState } from '../fields/stateFields.ts';
import type { Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';

/** Ids of the records that the transaction created, by their refs. */
type CreatedIds = Readonly<Record<string, string>>;

/** The columns of a demo's or a sale's report row. */
export const transactionRow = (
  event: SaleTransaction['event'],
  { leadId, recordId }: { leadId: string; recordId: string | null },
  occurredAt: number,
): Pick<Report, 'occurredAt' | 'direction' | 'event' | 'sellfireLeadId' | 'sellfireRecordId'> => ({
  occurredAt,
  direction: 'ToSalesforce',
  event,
  sellfireLeadId: leadId,
  sellfireRecordId: recordId,
});

export const recordIdOf = (record: RecordRef | undefined, ids: CreatedIds): string | undefined =>
  record && ('id' in record ? record.id : ids[record.ref]);

/** @param ids what it created; nothing of what an interrupted attempt has made before */
export function reportTransaction(draft: Draft, transaction: SaleTransaction, ids: CreatedIds, at: number): void {
  const { event, account, opportunity, nodes } = transaction;
  const row = transactionRow(event, transaction, at);
  const about = {
    ...row,
    salesforceObject: opportunity ? 'Opportunity' : 'Account',
    salesforceRecordId: recordIdOf(opportunity, ids) ?? recordIdOf(account, ids) ?? null,
    changes: nodes.flatMap((node) =>
      Object.entries(withoutState(draft, node.fields)).map(([field, value]) => ({
        field: `${node.object}.${field}`,
        after:
          typeof value === 'object' && value !== null
            ? (ids[value.ref] ?? null)
            : value === null
              ? null
              : String(value),
      })),
    ),
  };
  reports.succeeded(draft, about, transaction.why);
  for (const why of transaction.heldUp) reports.failed(draft, row, why);
  for (const { object, field, value, why } of transaction.leftOut) {
    const rowOfField = {
      ...about,
      salesforceObject: object,
      salesforceRecordId: null,
      changes: [{ field: `${object}.${field}`, after: value }],
    };
    if (['VALUE_CUT', 'VALUE_ROUNDED'].includes(why.code)) reports.succeeded(draft, rowOfField, why);
    else reports.failed(draft, rowOfField, why);
  }
}
