// What a message of Sellfire says of the records that a lead names, beside what the link knows of them (M16, M20).
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { PersonObject } from '../../model/salesforce.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';

/** What is known of the message that names the ids. */
export interface Naming {
  /** ms. */
  at: number;
  /** A request of the bridge caused it. */
  isOwn: boolean;
  /** An interrupted attempt may have created the record that it names. */
  isResumed?: boolean;
  /** It is about an edit of a lead that named the ids before. */
  isEdit: boolean;
  /** The bridge created the lead from the record, so both sides held the same values at that moment. */
  isMade: boolean;
}

/**
 * `linked`: now, by an id that people supplied · `refused`: an id is none, and the lead has no record · `unknown`: a look-up
 * is missing · `unchanged`: whatever the lead names was known, or is the bridge's own.
 */
export type NamingOutcome = 'linked' | 'refused' | 'unknown' | 'unchanged';

export interface Named {
  record: { object: PersonObject; id: string } | undefined;
  accountId: string | undefined;
}

/** The records that the lead names, without those that the link has left. */
export function namedBy(lead: Lead, link: Link | undefined): Named {
  const idOf = (id: string | null): string | undefined =>
    id === null || link?.moved?.from.includes(id) ? undefined : id;
  const ids = recordIdsOf(lead);
  const [contactId, leadId, accountId] = [ids.contact_id, ids.lead_id, ids.account_id].map(idOf);
  // A lead that names a Contact has left its Lead, also where the link has left that Contact since.
  const ofLead = ids.contact_id === null && leadId ? ({ object: 'Lead', id: leadId } as const) : undefined;
  return { record: contactId ? { object: 'Contact', id: contactId } : ofLead, accountId };
}

/** Whether somebody supplies another record for a lead whose own is gone: it goes on with that. */
export const isReplaced = ({ ended, record }: Link, named: Named['record'], { isOwn, isEdit }: Naming): boolean =>
  ended?.by === 'salesforce' &&
  !isOwn &&
  !isEdit &&
  record !== undefined &&
  named !== undefined &&
  named.id !== record.id;

/**
 * Whether Sellfire names the record still. A message may be older: an interrupted attempt, or a turn that moved the link twice, wrote the
 * record's id and then that of another one.
 */
export function isStillNamed(draft: Draft, leadId: string, recordId: string): boolean | undefined {
  const current = leadNow(draft, leadId);
  if (current === undefined) return undefined;
  if (current === null) return false;
  // A lead that names a Contact has left its Lead, which it goes on naming.
  const { contact_id: contactId, lead_id: ownLeadId } = recordIdsOf(current);
  return (contactId ?? ownLeadId) === recordId;
}

/** Whether the lead names the records of its link, and no other. */
export function namesPlace(lead: Lead, { record, accountId }: Link): boolean {
  const ids = recordIdsOf(lead);
  const current = record?.object === 'Contact' ? ids.contact_id : ids.lead_id;
  return current === (record?.id ?? null) && ids.account_id === (accountId ?? null);
}
