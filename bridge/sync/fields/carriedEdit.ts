// The edit behind a value that the bridge wrote in an attempt whose outcome is not recorded: when somebody set it, and on which side. Taken
// for an edit of its own moment, the write would win over what people did in between (I12).
import type { SalesforceChange, SellfireChange } from '../../model/change.ts';
import type { SellfireFieldType } from '../../model/field.ts';
import type { Lead } from '../../model/lead.ts';
import type { Canonical, Register } from '../../model/link.ts';
import { REQUEST_PREFIX } from '../../model/plan.ts';
import { namedEdit } from '../../model/updateKey.ts';
import { readReplica } from '../mapping/asStored.ts';
import { leadCountry } from '../mapping/country.ts';
import type { MappedField } from '../mapping/rules.ts';
import { linkedFields, stateOf, type Draft } from '../turn/draft.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import type { Edit } from '../values/register.ts';

/** Whether a request of the bridge caused the event. */
export function isOwn({ event }: SellfireChange): boolean {
  return event.actor.request_id?.startsWith(REQUEST_PREFIX) ?? false;
}

/** Whether nobody has set the field: it has been blank, or what it is by default, since the lead was created. */
export function isUnset({ changed_at: times, created_at: createdAt }: Lead, name: string, value: Canonical): boolean {
  const changedAt = times[name];
  return changedAt === undefined || (value === null && Date.parse(changedAt) === Date.parse(createdAt));
}

/** Earlier than any edit, by whatever clock. */
export const NEVER: Edit = { at: 0, by: 'sellfire' };

/**
 * The edit that a value of an interrupted creation carries. A field of the lead without a register had nothing that somebody set, so what the
 * record was created with is its default.
 */
export function editOfCreation({ link }: Draft, carried: Edit | undefined, name: string): Edit | undefined {
  return carried && link && !stateOf(link, name).register ? { ...carried, at: NEVER.at } : carried;
}

/** The edit behind the value of a field as the lead was read, as far as the changes of this turn show. */
export function editOfLead(draft: Draft, lead: Lead, name: string, value: Canonical): Edit {
  if (isUnset(lead, name, value)) return NEVER;
  const changedAt = Date.parse(lead.changed_at[name] ?? lead.created_at);
  const write = changesOf(draft, name).find((change) => change.at === changedAt && isOwn(change));
  if (!write && !draft.maybeApplied) return { at: changedAt, by: 'sellfire' };
  const named = write && namedEdit(write.event.actor.request_id, name);
  if (named) return named;
  const carried = carriedEdit(draft, name, value, changedAt);
  if (carried) return carried;
  if (write) return earliestEdit(draft, lead, name, changedAt);
  const isSeen = changesOf(draft, name).some(({ at }) => at === changedAt);
  return { at: isSeen ? changedAt : earliestSince(draft, name, changedAt), by: 'sellfire' };
}

/**
 * When a value was set whose event has not arrived, so that an interrupted attempt may have carried an edit of Salesforce there: the earliest
 * moment after the register, so that it overwrites nothing later, whatever the clocks say. Its event has the exact time.
 */
function earliestSince({ link }: Draft, name: string, changedAt: number): number {
  const register = link && stateOf(link, name).register;
  return register ? Math.min(register.at + 1, changedAt) : changedAt;
}

/**
 * The edit behind a value that the event of a write of the bridge reports: the one that its request names, or that of an attempt whose outcome
 * is not recorded, whose event may come after the turn that was made again. Undefined where the event is the edit.
 */
export function editOfWrite(draft: Draft, change: SellfireChange, name: string, value: Canonical): Edit | undefined {
  const { lead } = change.event;
  if (!lead || !isOwn(change)) return undefined;
  const named = namedEdit(change.event.actor.request_id, name);
  if (named) return { ...named, isNamed: true };
  if (!draft.maybeApplied) return undefined;
  const carried = [carriedEdit(draft, name, value, change.at), restoredEdit(draft, lead, name, value, change.at)];
  const last = carried.reduce((one, other) => ((other?.at ?? -1) > (one?.at ?? -1) ? other : one));
  if (last) return last;
  const earliest = earliestEdit(draft, lead, name, change.at);
  const register = replaced(draft, lead, change, name);
  return register ? { ...earliest, at: Math.max(earliest.at, register.at) } : earliest;
}

/** The value that somebody last set in Sellfire before a write; undefined where nobody has. */
function lastSet(draft: Draft, lead: Lead, name: string, until: number): { at: number; value: Canonical } | undefined {
  const type = linkedFields(draft).find(({ sellfire }) => sellfire.name === name)?.sellfire.type;
  const last = changesOf(draft, name)
    .filter((change) => change.at < until && !isOwn(change))
    .reduce<SellfireChange | undefined>((one, other) => (one && one.at > other.at ? one : other), undefined);
  if (!last || !type) return undefined;
  const value = canonical(type, last.event.changes[name]?.to ?? null, leadCountry(draft.config, lead.fields));
  return { at: last.at, value };
}

/** The last edit in Sellfire before the write, where it has the same value: an attempt that did not know of a later edit put it back. */
function restoredEdit(draft: Draft, lead: Lead, name: string, value: Canonical, until: number): Edit | undefined {
  const last = lastSet(draft, lead, name, until);
  return last && sameValue(last.value, value) ? { at: last.at, by: 'sellfire' } : undefined;
}

/** The register, where it holds what the write replaced: the attempt decided that the edit was no earlier. */
function replaced(draft: Draft, lead: Lead, change: SellfireChange, name: string): Register | undefined {
  const register = draft.link && stateOf(draft.link, name).register;
  const before = valueBefore(draft, lead, change, name);
  return register && before !== undefined && sameValue(before, register.value) ? register : undefined;
}

/** What the lead held before the write; undefined where the field is not mapped. */
function valueBefore(draft: Draft, lead: Lead, { event }: SellfireChange, name: string): Canonical | undefined {
  const field = linkedFields(draft).find(({ sellfire }) => sellfire.name === name);
  return (
    field && canonical(field.sellfire.type, event.changes[name]?.from ?? null, leadCountry(draft.config, lead.fields))
  );
}

/**
 * The edit in Sellfire behind a value that the event of a write of the bridge reports, as `editOfWrite`. Undefined where no change of this turn
 * has that value: an automation of the org set it then.
 */
export function editOfRecordWrite(
  draft: Draft,
  change: SalesforceChange,
  { sellfire: { name, type } }: MappedField,
  value: Canonical,
): Edit | undefined {
  if (!draft.maybeApplied || change.user !== draft.config.user) return undefined;
  const edits = changesOf(draft, name)
    .filter((edit) => sameValue(setTo(draft, edit, name, type), value))
    .flatMap((other): Edit[] => {
      // An attempt writes one value to both systems, so what its request to Sellfire says holds for the record.
      const named = namedEdit(other.event.actor.request_id, name);
      if (named) return [named];
      if (isOwn(other)) return [];
      return other.at < change.at ? [{ at: other.at, by: 'sellfire' }] : [];
    });
  return edits.reduce<Edit | undefined>((one, other) => (one && one.at >= other.at ? one : other), undefined);
}

const changesOf = ({ changes }: Draft, name: string): SellfireChange[] =>
  changes.filter((change) => change.source === 'sellfire').filter((change) => change.event.changes[name] !== undefined);

/** Whether an edit on the other side, among the changes of this turn, has the value: an earlier attempt may have written it to the replica. */
export function isCarried(
  draft: Draft,
  { sellfire: { name, type } }: MappedField,
  replica: string,
  value: Canonical,
): boolean {
  if (replica === 'sellfire') return carriedEdit(draft, name, value, Infinity) !== undefined;
  return changesOf(draft, name).some((change) => !isOwn(change) && sameValue(setTo(draft, change, name, type), value));
}

/** What the event says that the field was set to. */
const setTo = (draft: Draft, { event }: SellfireChange, name: string, type: SellfireFieldType): Canonical =>
  canonical(type, event.changes[name]?.to ?? null, leadCountry(draft.config, event.lead?.fields ?? {}));

/** The edit in Salesforce, among the changes of this turn, that an earlier attempt may have carried to the lead. */
function carriedEdit(draft: Draft, name: string, value: Canonical, until: number): Edit | undefined {
  const { link, config } = draft;
  if (!link) return undefined;
  const fields = linkedFields(draft).filter(({ sellfire }) => sellfire.name === name);
  const times = draft.changes
    .filter((change): change is SalesforceChange => change.source === 'salesforce' && change.user !== config.user)
    .filter((change) =>
      fields.some((field) => {
        const raw = change.object === field.mapping.salesforceObject ? change.fields[field.salesforce.name] : undefined;
        return raw !== undefined && sameValue(readReplica(config, link, field, raw), value);
      }),
    )
    .map(({ at }) => at)
    .filter((at) => at < until);
  return times.length === 0 ? undefined : { at: Math.max(...times), by: 'salesforce' };
}

/** The write replaced what Sellfire held before it, so its edit was no earlier; of that moment, so that it overwrites nothing later. */
function earliestEdit(draft: Draft, lead: Lead, name: string, until: number): Edit {
  const before = changesOf(draft, name).filter((change) => change.at < until && !isOwn(change));
  return { at: Math.max(Date.parse(lead.created_at), ...before.map(({ at }) => at)), by: 'salesforce' };
}
