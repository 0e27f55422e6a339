// The change that has a lead claim the record that it awaits, which another lead's link has left.
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
