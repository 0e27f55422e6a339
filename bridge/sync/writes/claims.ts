// Lists the records that a plan takes for a link, which are reserved in the store before anything is written: Leads and Contacts, and an Account
// that is the only record of its link.
import type { Link } from '../../model/link.ts';
import type { Plan, Write } from '../../model/plan.ts';
import type { FollowedObject, PersonObject } from '../../model/salesforce.ts';
import { isRelink } from '../sale/plan.ts';

/** The records that the plan takes, and the lead that takes each; null: one that it creates. */
export function claimsOf(
  { link, writes }: Plan,
  before: Link | undefined,
): { recordId: string; leadId: string | null }[] {
  const had = before?.ended ? undefined : placeOf(before);
  const place = placeOf(link);
  const taken = link && place !== undefined && !link.ended ? [{ recordId: place, leadId: link.leadId }] : [];
  return [...taken, ...writes.flatMap((write) => claimOf(write, link))].filter(({ recordId }) => recordId !== had);
}

/** The record that the link is about. */
const placeOf = (link: Link | undefined): string | undefined => link?.record?.id ?? link?.accountId;

function claimOf(write: Write, link: Link | undefined): { recordId: string; leadId: string | null }[] {
  if (write.kind === 'createInSellfire' && isPerson(write.object)) return [{ recordId: write.recordId, leadId: null }];
  if (write.kind !== 'saleTransaction') return [];
  const { contact, leadId } = write.transaction;
  const moves = contact && 'id' in contact && (!link || isRelink(link, write.transaction));
  return moves ? [{ recordId: contact.id, leadId }] : [];
}

const isPerson = (object: FollowedObject): object is PersonObject => object !== 'Account';
