// The Lead that a link has left for a Contact: it names the Contact that its lead goes on with (M20).
import type { SalesforceChange } from '../../model/change.ts';
import { detailFieldName, MOVED, stateFieldName } from '../fields/stateFields.ts';
import type { Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import { isConverted } from './conversion.ts';
import { hasLeft } from './state.ts';

/** @param old the id of the Lead */
export function nameContact({ config, writes }: Draft, old: string, contactId: string): void {
  const name = detailFieldName(config);
  if (!config.objects['Lead']?.fields[name]?.updateable) return;
  const address = config.orgUrl ? ` (${config.orgUrl}/${contactId})` : '';
  const state = stateFieldName(config);
  const fields = {
    [name]: `${MOVED}${contactId} is the Contact that the lead of Sellfire goes on with${address}.`,
    // Blank: not linked.
    ...(config.objects['Lead'].fields[state]?.updateable ? { [state]: null } : {}),
  };
  writes.push({ kind: 'updateInSalesforce', object: 'Lead', id: old, fields, deliveries: [] });
}

/**
 * Names the Contact on a Lead that carries the id of a lead which goes on with that, though no link left the Lead for it: an interrupted attempt
 * made the Lead and the next one the Contact, or the Lead came back from the recycle bin and no event said so. It is written once.
 */
export function nameSuccessor(draft: Draft, { object, recordId }: LeftBehind, contactId: string): void {
  if (object !== 'Lead' || draft.link?.ended) return;
  const [record, contact] = [lookups(draft).record(object, recordId), lookups(draft).record('Contact', contactId)];
  if (!record || !contact || isConverted(object, record.fields)) return;
  const detail = record.fields[detailFieldName(draft.config)];
  if (typeof detail !== 'string' || !detail.startsWith(MOVED)) nameContact(draft, recordId, contactId);
}

type LeftBehind = Pick<SalesforceChange, 'object' | 'recordId'>;

/** Whether a Lead comes back that was deleted when the link left it for its Contact, so that nothing could be written on it. */
export function isLeftAndBack({ link }: Draft, { object, kind, undeleted, recordId }: SalesforceChange): boolean {
  if (object !== 'Lead' || (kind !== 'undelete' && !undeleted) || !link || link.ended) return false;
  return link.record?.object === 'Contact' && hasLeft(link, recordId);
}
