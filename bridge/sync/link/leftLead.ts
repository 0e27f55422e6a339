// The Lead that a link has left for a Contact: it names the Contact that its lead goes on with (M20).
import { stateFieldName } from '../fields/stateFields.ts';
import type { Draft } from '../turn/draft.ts';

/** @param old the id of the Lead */
export function nameContact({ config, writes }: Draft, old: string, contactId: string): void {
  const name = `${config.names.prefix}Sellfire_Sync_Detail__c`;
  if (!config.objects['Lead']?.fields[name]?.updateable) return;
  const address = config.orgUrl ? ` (${config.orgUrl}/${contactId})` : '';
  const state = stateFieldName(config);
  const fields = {
    [name]: `The lead of Sellfire goes on with the Contact ${contactId}${address}.`,
    // Blank: not linked.
    ...(config.objects['Lead'].fields[state]?.updateable ? { [state]: null } : {}),
  };
  writes.push({ kind: 'updateInSalesforce', object: 'Lead', id: old, fields, deliveries: [] });
}
