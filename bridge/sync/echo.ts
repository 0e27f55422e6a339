// Which changes are worth deciding about as they come: those that look as if they came to nothing but what the link notes. That is a hint, as
// all that a header says (I16): what a change comes to is said by its decision alone.
import type { Change, SalesforceChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import { isOwn } from './fields/carriedEdit.ts';
import { mappedFields } from './mapping/rules.ts';

/** Whether the change looks like the echo of an own write, or like one of fields that are not mapped. */
export function looksSettled(config: SyncConfig, change: Change): boolean {
  if (change.source === 'sellfire') return isOwn(change);
  if (change.source !== 'salesforce' || (change.kind !== 'update' && change.kind !== 'create')) return false;
  return change.user === config.user || (change.kind === 'update' && !namesMapped(config, change));
}

const namesMapped = (config: SyncConfig, { object, fields }: SalesforceChange): boolean =>
  mappedFields(config, [object]).some(({ salesforce }) => salesforce.name in fields);
