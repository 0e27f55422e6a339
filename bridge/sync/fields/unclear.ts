// Fields of which the event of a write of the bridge does not say what stands in the record (F29): an automation of the org put the
// value back in the transaction, or blanked it in a creation, so that the event does not name it; or an attempt of unknown outcome
// may have written it. Nor does the event of an edit say by which country its number is read (M17). The record is read.
import type { SalesforceChange } from '../../model/change.ts';
import type { SyncConfig } from '../../model/config.ts';
import { countryFields } from '../../model/country.ts';
import type { Canonical, FieldState, InFlight, Link, Replica } from '../../model/link.ts';
import type { FieldMapping } from '../../model/mapping.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { readReplica } from '../mapping/asStored.ts';
import { mappedFields, type MappedField } from '../mapping/rules.ts';
import { sameValue } from '../values/canonical.ts';
import {
  followsRetry,
  isInFlight,
  isUncounted,
  NEEDS_NO_EVENT,
  revisionOf,
  turnOf,
  uncountedTurnOf,
  withoutUpTo,
} from '../values/inFlight.ts';
import { replicaOf, withReplica } from '../values/register.ts';
import { stateFieldName } from './stateFields.ts';

export interface Unclear {
  field: MappedField;
  /** Of the link: writes of this revision or an earlier one have arrived. */
  revision: number;
}

/** In place of a revision: no write is in flight. */
const NONE = -1;

/** Fields that the event of a write of the bridge leaves open, because it does not name them, or because it may be of another attempt. */
export function unclearFields(draft: Draft, change: SalesforceChange): Unclear[] {
  const { link, config } = draft;
  if (!link || !['create', 'update'].includes(change.kind) || change.user !== config.user) return [];
  const fields = linkedFields(draft).filter(({ mapping }) => mapping.salesforceObject === change.object);
  const named = fields.flatMap((field) => {
    const raw = change.fields[field.salesforce.name];
    if (raw === undefined) return [];
    const replica = replicaOf(stateOf(link, field.sellfire.name), field.replica);
    const value = readReplica(config, link, field, raw);
    const revision = revisionOf(replica, value) ?? uncountedTurnOf(replica, value);
    return revision === undefined ? [] : [{ revision, isSure: !isUncounted(replica, value) }];
  });
  if (change.fields[config.names.leadId] !== undefined) named.push(...turnsThatShowLead(link, fields));
  const isOfWrite = change.kind === 'update' && !isOfUncountedWrite(draft, link, fields, change);
  const revision = Math.max(NONE, ...named.map((one) => one.revision));
  const sure = named.filter(({ isSure }) => isSure).map((one) => one.revision);
  // A state that changes has a write of its own, and so have the fields of a demo or a sale: these are none of those in flight.
  const isOfState = change.fields[stateFieldName(config)] !== undefined;
  const isOfOther = isOfState || isOfDemoOrSale(config, fields, change) || isOfUnlisted(link, fields, change);
  const arrived = Math.max(isOfWrite && !isOfOther ? oldestRevision(link, fields) : NONE, ...sure);
  // An event that names no value that was written may be of any write.
  const latest = revision === NONE && isOfWrite ? NEEDS_NO_EVENT - 1 : revision;
  return fields
    .filter((field) => {
      const state = stateOf(link, field.sellfire.name);
      const replica = replicaOf(state, field.replica);
      const raw = change.fields[field.salesforce.name];
      if (raw === undefined)
        return replica.inFlight?.some((one) => turnOf(one) <= latest || isBlanked(change, one)) ?? false;
      const value = readReplica(config, link, field, raw);
      return isOfUnknownAttempt(state, replica, value) || isOfOneOfSeveral(state, replica, value);
    })
    .map((field) => ({ field, revision: arrived }));
}

/** Whether the event names a field that only a demo or a sale writes to the linked record (M4). */
function isOfDemoOrSale(
  { mappings }: SyncConfig,
  synced: readonly MappedField[],
  { object, fields }: SalesforceChange,
): boolean {
  const isOther = ({ salesforceObject, salesforceField: name }: FieldMapping): boolean =>
    salesforceObject === object && fields[name] !== undefined && !synced.some((one) => one.salesforce.name === name);
  return mappings.some((one) => isOther(one) && !one.triggers.includes('createUpdate'));
}

/** Whether the event names fields, and of none of them a write is in flight: a demo or a sale whose outcome is not recorded writes the phase. */
function isOfUnlisted(link: Link, synced: readonly MappedField[], { fields }: SalesforceChange): boolean {
  const named = synced.filter(({ salesforce }) => fields[salesforce.name] !== undefined);
  const isListed = ({ sellfire, replica }: MappedField): boolean =>
    (replicaOf(stateOf(link, sellfire.name), replica).inFlight?.length ?? 0) > 0;
  return named.length > 0 && !named.some(isListed);
}

/** The event of a creation names every field that has a value: an automation blanked one that was written and that it does not name. */
const isBlanked = ({ kind }: SalesforceChange, { value, revision }: InFlight): boolean =>
  kind === 'create' && value !== null && revision === NEEDS_NO_EVENT;

/**
 * Whether an attempt whose outcome is not recorded may have written the value before the write that is in flight: the record is read, since an
 * automation may have set it as well.
 */
function isOfUnknownAttempt({ register }: FieldState, replica: Replica, value: Canonical): boolean {
  if (!register || !followsRetry(replica) || isInFlight(replica, value)) return false;
  return replica.delivered === register.version && !sameValue(register.value, value);
}

/**
 * Whether an automation set the value in one of several writes of other values whose events have not arrived, as where that of the first did
 * not name the field: what stands in the record is that of the last.
 */
function isOfOneOfSeveral({ register }: FieldState, replica: Replica, value: Canonical): boolean {
  const [first, ...others] = (replica.inFlight ?? []).filter((write) => write.revision < NEEDS_NO_EVENT);
  if (!register || !first || isInFlight(replica, value) || sameValue(register.value, value)) return false;
  return others.some((write) => !sameValue(write.value, first.value));
}

/**
 * The turns of the writes that gave the record the lead's id along with their fields, and whose event has not arrived. Where an attempt was before,
 * that may have given it the id, and the event is its own.
 */
const turnsThatShowLead = (link: Link, fields: readonly MappedField[]): { revision: number; isSure: boolean }[] =>
  fields.flatMap(({ sellfire, replica }) =>
    (replicaOf(stateOf(link, sellfire.name), replica).inFlight ?? [])
      .filter((one) => one.showsLead && turnOf(one) < NEEDS_NO_EVENT)
      .map((one) => ({ revision: turnOf(one), isSure: one.afterRetry !== true })),
  );

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
    return inFlight.some((write) => turnOf(write) === NEEDS_NO_EVENT && sameValue(write.value, value));
  });
}

/** Events arrive in the order of the writes, so an event of the bridge's user is that of the oldest write at least. */
function oldestRevision(link: Link, fields: readonly MappedField[]): number {
  const revisions = fields.flatMap(({ sellfire, replica }) =>
    (replicaOf(stateOf(link, sellfire.name), replica).inFlight ?? [])
      .map((write) => write.revision)
      .filter((one) => one < NEEDS_NO_EVENT),
  );
  return revisions.length === 0 ? NONE : Math.min(...revisions);
}

/** The write has arrived, whatever became of it. */
export function settleUnclear(draft: Draft, unclear: readonly Unclear[]): void {
  for (const { field, revision } of unclear) {
    if (!draft.link) return;
    const state = stateOf(draft.link, field.sellfire.name);
    const replica = withoutUpTo(replicaOf(state, field.replica), revision);
    setState(draft, field.sellfire.name, withReplica(state, field.replica, replica));
  }
}

/** Of a record that was read, the fields that the event leaves open; the others are known from it. */
export function onlyUnclear(unclear: readonly Unclear[], fields: SalesforceFields): SalesforceFields {
  const names = unclear.map(({ field }) => field.salesforce.name);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

/**
 * Whether the event has a number as people write it, and nothing says in which country: the link was made without a look at the record, or that
 * named none.
 */
export function isOfUnknownCountry({ config, link }: Draft, { object, kind, fields }: SalesforceChange): boolean {
  const names = countryFields(config.objects, object);
  if (kind === 'create' || !link || link.countries?.[object] !== undefined || names.length === 0) return false;
  if (names.some((name) => name in fields)) return false;
  return mappedFields(config, [object]).some(({ sellfire, salesforce: { name } }) => {
    const raw = fields[name];
    return sellfire.type === 'phone' && typeof raw === 'string' && raw !== '' && !raw.startsWith('+');
  });
}
