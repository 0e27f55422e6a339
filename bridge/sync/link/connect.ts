// Connects a lead with a Salesforce record without a change to either.
import { newLink } from '../../model/link.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import type { Draft } from '../turn/draft.ts';
import { afterEvent, type Place } from './state.ts';

/** Links a record and a lead that are known to match, without a change to either. */
export function connect(
  draft: Draft,
  leadId: string,
  object: FollowedObject,
  id: string,
  kind: 'created' | 'connected' = 'connected',
): void {
  draft.link = afterEvent(draft.link ?? newLink(leadId), { kind, ...placeOf(object, id) });
}

/** The part of a link that refers to this record. */
export const placeOf = (object: FollowedObject, id: string): Place =>
  object === 'Account' ? { accountId: id } : { record: { object, id } };
