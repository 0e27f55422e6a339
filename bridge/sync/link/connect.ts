// Connects a lead with a Salesforce record, changing neither; and the ids by which a Sellfire lead names its records.
import type { SalesforceIds } from '../../model/lead.ts';
import { newLink } from '../../model/link.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import type { Draft } from '../turn/draft.ts';

/** The part of a Sellfire lead that names this record. */
export function salesforceIds(object: FollowedObject, id: string): Partial<SalesforceIds> {
  return { Lead: { lead_id: id }, Contact: { contact_id: id }, Account: { account_id: id } }[object];
}

/** Links a record and a lead that are known to be one, changing neither. */
export function connect(draft: Draft, leadId: string, object: FollowedObject, id: string): void {
  const link = draft.link ?? newLink(leadId);
  const { waiting, ...rest } = link;
  draft.link = object === 'Account' ? { ...rest, accountId: id } : { ...rest, record: { object, id } };
}
