// Values of the bridge that an automation of the org put back in the transaction that wrote them (F29): the event of such a write
// does not name the field, since its value did not change. The record is read, and what it holds stands.
import type { SalesforceChange } from '../../model/change.ts';
import type { Link } from '../../model/link.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { readReplica } from '../mapping/asStored.ts';
import type { MappedField } from '../mapping/rules.ts';
import { sameValue } from '../values/canonical.ts';
import { NEEDS_NO_EVENT, revisionOf, withoutUpTo } from '../values/inFlight.ts';
import { replicaOf, withReplica } from '../values/register.ts';

export interface Reverted {
  field: MappedField;
  /** Of the link, when the write was made that the event belongs to. */
  revision: number;
}

/** Fields of the write behind an event of the bridge's own user that the event does not name. */
export function revertedFields(draft: Draft, change: SalesforceChange): Reverted[] {
  const { link, config } = draft;
  if (!link || change.kind !== 'update' || change.user !== config.user) return [];
  const fields = linkedFields(draft).filter(({ mapping }) => mapping.salesforceObject === change.object);
  const written = fields.map((field) => {
    const raw = change.fields[field.salesforce.name];
    if (raw === undefined) return -1;
    const replica = replicaOf(stateOf(link, field.sellfire.name), field.replica);
    return revisionOf(replica, readReplica(config, link, field, raw)) ?? -1;
  });
  const only = isOfUncountedWrite(draft, link, fields, change) ? -1 : onlyRevision(link, fields);
  const revision = Math.max(only, ...written);
  return (
    fields
      .filter(({ salesforce }) => change.fields[salesforce.name] === undefined)
      // An event from before the edit is of no write of that edit's value.
      .filter(({ sellfire }) => change.at >= (stateOf(link, sellfire.name).register?.at ?? 0))
      .filter(({ sellfire, replica }) =>
        replicaOf(stateOf(link, sellfire.name), replica).inFlight?.some((write) => write.revision <= revision),
      )
      .map((field) => ({ field, revision }))
  );
}

/** Whether the event is that of a write whose event need not name its fields: of the lead id, or of a field that was not known before. */
function isOfUncountedWrite(
  { config }: Draft,
  link: Link,
  fields: readonly MappedField[],
  { fields: named }: SalesforceChange,
): boolean {
  if (named[config.names.leadId] !== undefined) return true;
  return fields.some((field) => {
    const raw = named[field.salesforce.name];
    if (raw === undefined) return false;
    const value = readReplica(config, link, field, raw);
    const { inFlight = [] } = replicaOf(stateOf(link, field.sellfire.name), field.replica);
    return inFlight.some((write) => write.revision === NEEDS_NO_EVENT && sameValue(write.value, value));
  });
}

/** Where one write alone is in flight, an event of the bridge's user is that write's, whatever it names. -1: none, or several. */
function onlyRevision(link: Link, fields: readonly MappedField[]): number {
  const revisions = new Set(
    fields.flatMap(({ sellfire, replica }) =>
      (replicaOf(stateOf(link, sellfire.name), replica).inFlight ?? [])
        .map((write) => write.revision)
        .filter((one) => one < NEEDS_NO_EVENT),
    ),
  );
  return revisions.size === 1 ? Math.max(...revisions) : -1;
}

/** The write has arrived, whatever became of it. */
export function settleReverted(draft: Draft, reverted: readonly Reverted[]): void {
  for (const { field, revision } of reverted) {
    if (!draft.link) return;
    const state = stateOf(draft.link, field.sellfire.name);
    const replica = withoutUpTo(replicaOf(state, field.replica), revision);
    setState(draft, field.sellfire.name, withReplica(state, field.replica, replica));
  }
}

/** Of a record that was read, the fields that were put back; the others are known from their own events. */
export function onlyReverted(reverted: readonly Reverted[], fields: SalesforceFields): SalesforceFields {
  const names = reverted.map(({ field }) => field.salesforce.name);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
