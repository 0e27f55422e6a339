// Values of the bridge that an automation of the org put back in the transaction that wrote them (F29): the event of such a write
// does not name the field, since its value did not change. The record is read, and what it holds stands.
import type { SalesforceChange } from '../../model/change.ts';
import type { Canonical, Link } from '../../model/link.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { readReplica } from '../mapping/asStored.ts';
import type { MappedField } from '../mapping/rules.ts';
import { sameValue } from '../values/canonical.ts';
import { NEEDS_NO_EVENT, revisionOf, withoutUpTo } from '../values/inFlight.ts';
import { replicaOf, withReplica, type Edit } from '../values/register.ts';

export interface Reverted {
  field: MappedField;
  /** Of the link, when the write was made that the event belongs to. */
  revision: number;
}

/** The clocks of the two systems may differ so much before it is said (M1): an automation answers to the write, whatever they show. */
const CLOCKS_MS = 60_000;

/**
 * The revision of the write that an event of the bridge's own user belongs to, by the values that it shows; -1 where that is not
 * known.
 */
export function revisionOfEvent(draft: Draft, change: SalesforceChange): number {
  const { link, config } = draft;
  if (!link || change.kind !== 'update' || change.user !== config.user) return -1;
  const fields = linkedFields(draft).filter(({ mapping }) => mapping.salesforceObject === change.object);
  const written = fields.map((field) => {
    const raw = change.fields[field.salesforce.name];
    if (raw === undefined) return -1;
    const replica = replicaOf(stateOf(link, field.sellfire.name), field.replica);
    return revisionOf(replica, readReplica(config, link, field, raw)) ?? -1;
  });
  const only = isOfUncountedWrite(draft, link, fields, change) ? -1 : onlyRevision(link, fields);
  return Math.max(only, ...written);
}

/** Fields of the write behind an event of the bridge's own user that the event does not name. */
export function revertedFields(draft: Draft, change: SalesforceChange, revision: number): Reverted[] {
  const { link } = draft;
  if (!link || revision < 0) return [];
  return (
    linkedFields(draft)
      .filter(
        ({ mapping, salesforce }) =>
          mapping.salesforceObject === change.object && change.fields[salesforce.name] === undefined,
      )
      // An event from before the edit is of no write of that edit's value.
      .filter(({ sellfire }) => change.at + CLOCKS_MS >= (stateOf(link, sellfire.name).register?.at ?? 0))
      .filter(({ sellfire, replica }) =>
        replicaOf(stateOf(link, sellfire.name), replica).inFlight?.some((write) => write.revision <= revision),
      )
      .map((field) => ({ field, revision }))
  );
}

/**
 * The edit of an automation that set another value in the transaction in which the bridge wrote the present one. It answers to that
 * write, so it is no earlier than what was written, whatever the clocks of the two systems show.
 */
export function editOfAutomation(
  link: Link,
  { at }: SalesforceChange,
  { sellfire, replica }: MappedField,
  value: Canonical,
  revision: number,
): Edit | undefined {
  const { register, replicas } = stateOf(link, sellfire.name);
  const { inFlight = [] } = replicas[replica] ?? {};
  const write = register && inFlight.findLast((one) => sameValue(one.value, register.value));
  if (!write || write.revision > revision || sameValue(value, register.value)) return undefined;
  return { at: Math.max(at, register.at), by: 'salesforce' };
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
