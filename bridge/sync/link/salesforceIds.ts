// Names the ids by which a Sellfire lead refers to its Salesforce records, and writes the new ones to the lead.
import type { Link } from '../../model/link.ts';
import type { Write } from '../../model/plan.ts';
import type { Draft } from '../turn/draft.ts';
import type { Lead, SalesforceIds } from '../../model/lead.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { FollowedObject } from '../../model/salesforce.ts';

/** The Salesforce ids of a lead for this record. */
export function salesforceIds(object: FollowedObject, id: string): Partial<SalesforceIds> {
  return { Lead: { lead_id: id }, Contact: { contact_id: id }, Account: { account_id: id } }[object];
}

/** Whether the lead names its record in another form than that of 18 characters, as a file that was imported may do to a linked lead (M16). */
function isMisspelled(lead: Lead, { record, accountId }: Link): boolean {
  const read = recordIdsOf(lead);
  return (Object.keys(read) as (keyof SalesforceIds)[]).some(
    (name) =>
      read[name] !== null && [record?.id, accountId].includes(read[name]) && lead.salesforce[name] !== read[name],
  );
}

/** Adds the new Salesforce ids of the lead to its update in Sellfire. */
export function withIds(draft: Draft, before: Link | undefined, writes: Write[]): Write[] {
  const { link, lead } = draft;
  if (!link || !lead || link.ended) return writes;
  const isResumed = before?.ended !== undefined;
  const isSame = link.record?.id === before?.record?.id && link.accountId === before?.accountId;
  if (!isResumed && isSame && !draft.isMisnamed && !isMisspelled(lead, link)) return writes;
  const ids = {
    ...(link.record ? salesforceIds(link.record.object, link.record.id) : {}),
    ...(link.accountId ? salesforceIds('Account', link.accountId) : before?.accountId ? { account_id: null } : {}),
  };
  if (Object.entries(ids).every(([key, id]) => lead.salesforce[key as keyof typeof ids] === id)) return writes;
  const others = writes.filter((write) => write.kind !== 'updateInSellfire');
  const leadUpdate = writes.find((write) => write.kind === 'updateInSellfire');
  const base = leadUpdate ?? { kind: 'updateInSellfire' as const, leadId: lead.id, fields: {}, deliveries: [] };
  return [...others, { ...base, salesforce: ids }];
}
