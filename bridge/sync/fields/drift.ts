// Detects whether a side of a pair holds a value that the link does not know (I20); only such a pair is compared. In
// doubt the pair is compared, since a comparison of equal sides changes nothing.
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { linkedObjects, stateOf } from '../turn/draft.ts';
import { lacksDelivered, replicaOf, undelivered } from '../values/register.ts';
import { readReplica } from '../mapping/asStored.ts';
import { leadCountry } from '../mapping/country.ts';
import { mappedFields } from '../mapping/rules.ts';

/** @param fields as a query returned them, by name; the Bulk API returns text */
export function recordHasDrift(
  config: SyncConfig,
  link: Link,
  object: FollowedObject,
  fields: SalesforceFields,
): boolean {
  return mappedFields(config, [object]).some((field) => {
    const raw = fields[field.salesforce.name];
    if (raw === undefined) return false;
    const state = stateOf(link, field.sellfire.name);
    const replica = replicaOf(state, field.replica);
    const value = readReplica(config, link, field, raw, fields);
    const { lastKnown } = replica;
    return lastKnown === undefined || !sameValue(lastKnown, value) || lacksDelivered(state, replica, value);
  });
}

export function leadHasDrift(config: SyncConfig, link: Link, lead: Lead | null): boolean {
  if (!lead || lead.deleted_at !== null) return true;
  return mappedFields(config, linkedObjects(link)).some(({ sellfire }) => {
    const raw = lead.fields[sellfire.name];
    if (raw === undefined) return false;
    const { lastKnown } = replicaOf(stateOf(link, sellfire.name), 'sellfire');
    return (
      lastKnown === undefined || !sameValue(lastKnown, canonical(sellfire.type, raw, leadCountry(config, lead.fields)))
    );
  });
}

/** Whether a delivery of the link is pending. */
export function hasUndelivered(link: Link): boolean {
  return Object.values(link.fields).some((state) => undelivered(state).length > 0);
}
