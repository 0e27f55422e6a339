// The change that a lead gets when another lead's link has left the record that the first one awaits: it claims the record.
import type { PersonObject } from '../model/salesforce.ts';
import type { InboxEntry } from './store.ts';

/**
 * @param by the link that left the record, at which revision
 * @param at ms since the epoch
 */
export function claimEntry(
  leadId: string,
  record: { object: PersonObject; id: string },
  by: { leadId: string; revision: number },
  at: number,
): InboxEntry {
  const eventId = `claim:${record.id}:${by.leadId}:${by.revision}`;
  const change = { source: 'request', eventId, at, leadId, record, command: { kind: 'claim' } } as const;
  return { source: 'request', eventId, recordId: leadId, leadId, change };
}
