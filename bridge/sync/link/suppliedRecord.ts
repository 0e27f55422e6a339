// Finds the record that a lead names by an id that people supplied (M16, M17): the record itself, its master after a merge,
// its Contact after a conversion. Where there is none, it says why.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import { say } from '../../model/message.ts';
import type { FoundRecord } from '../../model/plan.ts';
import { objectOf, recordIdsOf, unreadIdsOf } from '../../model/recordId.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import type { Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';

export interface SuppliedRecord {
  object: FollowedObject;
  id: string;
  record: FoundRecord;
}

/** Why what the lead carries as ids are none of their objects. */
export const unreadIds = (lead: Lead): Explanation[] =>
  unreadIdsOf(lead).map(({ object, text, id }) => {
    const other = id === null ? undefined : objectOf(id);
    if (id === null) return explain('RECORD_ID_INVALID.notAnId', { object, text });
    return explain('RECORD_ID_INVALID.otherObject', { object, id, other: other ?? say('anotherObject') });
  });

/** @returns undefined (and a need) while that is not known */
export function suppliedRecord(
  draft: Draft,
  lead: Lead,
  { object, id }: { object: FollowedObject; id: string },
): SuppliedRecord | Explanation | undefined {
  const record = lookups(draft).record(object, id);
  if (record === undefined) return undefined;
  if (record === null) {
    const known = lookups(draft).recordState(object, id);
    if (!known) return undefined;
    if (known.state === 'merged') return suppliedRecord(draft, lead, { object, id: known.into });
    return known.state === 'deleted'
      ? explain('RECORD_ID_INVALID.deleted', { object, id })
      : explain('RECORD_ID_INVALID.notThere', { object, id });
  }
  const contactId = convertedTo(object, record.fields);
  if (contactId !== undefined) return suppliedRecord(draft, lead, { object: 'Contact', id: contactId });
  const claim = otherClaim(draft, lead, id, record);
  if (claim === undefined) return undefined;
  return claim ?? { object, id, record };
}

/** The Contact into which a Lead was converted. */
function convertedTo(object: FollowedObject, fields: SalesforceFields): string | undefined {
  const contactId = fields['ConvertedContactId'];
  return object === 'Lead' && typeof contactId === 'string' && contactId !== '' ? contactId : undefined;
}

/** Why the record is that of another lead; null where it is not. An Account may be that of several. */
function otherClaim(draft: Draft, lead: Lead, id: string, { fields }: FoundRecord): Explanation | null | undefined {
  const holder = fields[draft.config.names.leadId];
  if (objectOf(id) === 'Account' || typeof holder !== 'string' || holder === '' || holder === lead.id) return null;
  const other = lookups(draft).lead(holder);
  if (other === undefined) return undefined;
  const isLiving = other !== null && other.deleted_at === null && Object.values(recordIdsOf(other)).includes(id);
  return isLiving ? explain('RECORD_CLAIMED', { id, lead: lead.id, holder }) : null;
}
