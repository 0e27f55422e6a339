// Lists records as a mapping finds them and as it would leave them, for the pages to show before it is saved or applied
// (M9).
import type { Link } from '../model/link.ts';
import type { FieldMapping } from '../model/mapping.ts';
import type { Plan, Write } from '../model/plan.ts';
import type { RequestContext } from './request.ts';

/** The number of records in the list. */
export const MAX_ROWS = 5;

export interface MappingRow {
  recordId: string;
  name: string;
  sellfireNow: unknown;
  salesforceNow: unknown;
  after: unknown;
  side: 'salesforce' | 'sellfire' | 'none';
  note: string;
}

type FieldWrite = Extract<Write, { kind: 'updateInSalesforce' | 'updateInSellfire' }>;

/** The write by which the mapping changes a side. */
export function writeOf(
  plan: Plan,
  { sellfireField, salesforceObject, salesforceField }: FieldMapping,
): FieldWrite | undefined {
  return plan.writes.find(
    (write): write is FieldWrite =>
      (write.kind === 'updateInSellfire' && write.deliveries.some(({ field }) => field === sellfireField)) ||
      (write.kind === 'updateInSalesforce' &&
        write.object === salesforceObject &&
        write.deliveries.some(({ field }) => field === salesforceField)),
  );
}

export async function rowOf(
  link: Link,
  write: FieldWrite | undefined,
  { sellfireField, salesforceObject, salesforceField }: FieldMapping,
  { peers, sellfire }: Pick<RequestContext, 'peers' | 'sellfire'>,
): Promise<MappingRow> {
  const object = salesforceObject === 'Account' ? 'Account' : (link.record?.object ?? 'Lead');
  const recordId = (object === 'Account' ? link.accountId : link.record?.id) ?? '';
  const [lead, record] = await Promise.all([sellfire.leadById(link.leadId), peers.salesforce.read(object, recordId)]);
  const delivery = write?.deliveries.find(({ field }) => field === sellfireField || field === salesforceField);
  return {
    recordId,
    name: String(lead?.fields['business_name'] ?? link.leadId),
    sellfireNow: lead?.fields[sellfireField] ?? null,
    salesforceNow: record?.fields[salesforceField] ?? null,
    after: delivery?.value ?? null,
    side: write === undefined ? 'none' : write.kind === 'updateInSellfire' ? 'sellfire' : 'salesforce',
    note: '',
  };
}
