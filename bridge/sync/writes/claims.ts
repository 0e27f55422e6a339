// Lists the Leads and Contacts that a plan takes for a link, which are reserved in the store before anything is written.
import type { Link } from '../../model/link.ts';
import type { Plan, Write } from '../../model/plan.ts';
import type { FollowedObject, PersonObject } from '../../model/salesforce.ts';
import { isRelink } from '../sale/plan.ts';

/** The Leads and Contacts that the plan takes, and the lead that takes each; null: one that it creates. */
export function claimsOf(
  { link, writes }: Plan,
  before: Link | undefined,
): { recordId: string; leadId: string | null }[] {
  const had = before?.ended ? undefined : before?.record?.id;
  const taken = link?.record && !link.ended ? [{ recordId: link.record.id, leadId: link.leadId }] : [];
  return [...taken, ...writes.flatMap((write) => claimOf(write, link))].filter(({ recordId }) => recordId !== had);
}

function claimOf(write: Write, link: Link | undefined): { recordId: string; leadId: string | null }[] {
  if (write.kind === 'createInSellfire' && isPerson(write.object)) return [{ recordId: write.recordId, leadId: null }];
  if (write.kind !== 'saleTransaction') return [];
  const { contact, leadId } = write.transaction;
  const moves = contact && 'id' in contact && (!link || isRelink(link, write.transaction));
  return moves ? [{ recordId: contact.id, leadId }] : [];
}

const isPerson = (object: FollowedObject): object is PersonObject => object !== 'Account';
