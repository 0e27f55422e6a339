// Settles the deliveries of a write: confirms the fields that were written, and reports those that were refused (M32).
import { explainFault } from '../../model/catalogue/catalogue.ts';
import { policyOf, type Fault } from '../../model/fault.ts';
import type { Lead } from '../../model/lead.ts';
import type { FieldState } from '../../model/link.ts';
import { OWNER_FIELD, PHASE_FIELD } from '../../model/mapping.ts';
import type { Delivery, Write } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { textOrNull } from '../../model/text.ts';
import { deliver } from '../fields/deliver.ts';
import { withOwnerDifference } from '../fields/owner.ts';
import { inFlight, linkedFields, setState, stateOf, writableReplicas, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { leadCountry } from '../mapping/country.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { NEEDS_NO_EVENT } from '../values/inFlight.ts';
import { advance, refused, replicaOf, requestDelivery, sent, withReplica, written } from '../values/register.ts';
import type { Answer } from './kind.ts';

/** The columns of a write's report row. */
export type Subject = Pick<Report, 'direction'> &
  Partial<Pick<Report, 'sellfireLeadId' | 'salesforceObject' | 'salesforceRecordId'>>;

/** Codes of Sellfire for a refusal by its own rules, as opposed to a failure. */
const RULE_CODES = ['PHASE_REFUSED', 'OWNER_REFUSED'];

export function reportWrite(
  draft: Draft,
  subject: Subject,
  deliveries: readonly Delivery[],
  { at, event }: { at: number; event: Report['event'] },
  fault?: Fault,
): void {
  const changes = deliveries.map((one) => ({
    field: one.field,
    after: one.value,
    ...(one.before === undefined ? {} : { before: one.before }),
    ...editorOf(draft, one),
  }));
  const about: reports.About = { occurredAt: at, event, ...subject, changes };
  if (!fault) reports.succeeded(draft, about);
  else if (fault.class === 'exists') reports.skipped(draft, about, explainFault(fault));
  else if (RULE_CODES.includes(fault.code)) reports.refused(draft, about, explainFault(fault));
  else reports.failed(draft, about, explainFault(fault));
}

/** Who made the edit that was delivered, where that is known and no later one has followed. */
function editorOf({ link }: Draft, { sellfireField, version }: Delivery): Pick<Report['changes'][number], 'by'> {
  const register = link?.fields[sellfireField]?.register;
  if (register?.editor === undefined || register.version !== version) return {};
  return { by: { side: register.by, id: register.editor } };
}

/** Sellfire's answer includes when the field got the value, so no event is needed to confirm it. */
export function confirmDelivery(draft: Draft, one: Delivery, { lead }: Answer, showsLead = false): void {
  if (!draft.link) return;
  // Of a field that was not known before, the event may not name it, since it may have held the value.
  const isKnown = one.before !== undefined;
  const { revision } = draft.link;
  const uncounted = { revision: NEEDS_NO_EVENT, ...(draft.maybeApplied ? {} : { turn: revision }) };
  const write = {
    ...inFlight(draft, draft.link, one.value),
    version: one.version,
    ...(isKnown ? {} : uncounted),
    ...(showsLead ? { showsLead } : {}),
  };
  const state = written(stateOf(draft.link, one.sellfireField), one.replica, one.version, write);
  const changedAt =
    one.replica === 'sellfire' && lead && holds(draft, lead, one) ? lead.changed_at[one.sellfireField] : undefined;
  const confirmed = changedAt === undefined ? {} : { confirmed: one.version, at: Date.parse(changedAt) };
  setState(draft, one.sellfireField, withReplica(state, one.replica, confirmed));
}

/** Whether the lead shows what was written. Sellfire's rules may have changed the value; then its event decides. */
function holds({ config }: Draft, lead: Lead, { sellfireField, value }: Delivery): boolean {
  const field = config.catalogue.find(({ object, name }) => object === 'lead' && name === sellfireField);
  const raw = lead.fields[sellfireField];
  return !field || raw === undefined || sameValue(canonical(field.type, raw, leadCountry(config, lead.fields)), value);
}

/**
 * Initializes the registers of a creation: both sides hold the first version of each field.
 * @param at ms: when the values were seen
 * @param originOf the replica that the value came from
 */
export function initDelivered(
  draft: Draft,
  deliveries: readonly Delivery[],
  by: 'salesforce' | 'sellfire',
  at: number,
  originOf: (one: Delivery) => string | undefined,
): void {
  for (const one of deliveries) {
    if (!draft.link) return;
    const state = stateOf(draft.link, one.sellfireField);
    if (state.register && !sameValue(state.register.value, one.value)) continue;
    const version = state.register?.version ?? 1;
    const known = { lastKnown: one.value, targetVersion: version, delivered: version };
    const origin = originOf(one);
    const edit = one.edit ?? { at, by };
    let next: FieldState = { ...state, register: state.register ?? { value: one.value, ...edit, version } };
    next = withReplica(next, one.replica, known);
    if (origin !== one.replica)
      next = sent(next, one.replica, {
        ...inFlight(draft, draft.link, one.value),
        version,
        revision: NEEDS_NO_EVENT,
      });
    // Of the lead each field has its own time; a record was read as a whole, and held all its values by then.
    const seenAt = by === 'sellfire' && edit.by === by ? edit.at : at;
    if (origin) next = withReplica(next, origin, { ...known, confirmed: version, at: seenAt });
    setState(draft, one.sellfireField, next);
  }
}

/** Splits a write by its fault: the fields that caused it, and the write that may succeed without them. */
export function dividedBy<W extends Extract<Write, { deliveries: Delivery[] }>>(
  write: W,
  fault: Fault,
  blamed: readonly string[] = fault.fields,
): { culprits: Delivery[]; rest: W; isBlamed: boolean } {
  const culprits = write.deliveries.filter((one) => blamed.includes(one.field));
  const fields = Object.fromEntries(Object.entries(write.fields).filter(([name]) => !blamed.includes(name)));
  const rest = { ...write, fields, deliveries: write.deliveries.filter((one) => !culprits.includes(one)) };
  return { culprits, rest, isBlamed: policyOf(fault).blamesField && culprits.length > 0 };
}

/** What a creation from Sellfire left out is due on the record from now on. */
export function initPending(draft: Draft, deliveries: readonly Delivery[], at: number): void {
  for (const one of deliveries) {
    if (!draft.link) return;
    const state = stateOf(draft.link, one.sellfireField);
    const edit = one.edit ?? { at, by: 'sellfire' as const };
    const register = state.register ?? { value: one.value, ...edit, version: 1 };
    const { version } = register;
    const known = { lastKnown: one.value, targetVersion: version, delivered: version, confirmed: version };
    const origin = { ...known, at: edit.by === 'sellfire' ? edit.at : at };
    setState(
      draft,
      one.sellfireField,
      requestDelivery(withReplica({ ...state, register }, 'sellfire', origin), one.replica),
    );
  }
}

/** Reports the refused versions and marks them, so that they are not tried again. */
export function refuseFields(
  draft: Draft,
  subject: Subject,
  deliveries: readonly Delivery[],
  fault: Fault,
  at: number,
): void {
  for (const one of deliveries) {
    if (!draft.link) break;
    setState(
      draft,
      one.sellfireField,
      refused(stateOf(draft.link, one.sellfireField), one.replica, one.version, fault.code),
    );
    if (one.replica === 'sellfire' && (one.sellfireField === PHASE_FIELD || one.sellfireField === OWNER_FIELD)) {
      revert(draft, one, at);
    }
  }
  const only = deliveries.length === 1 ? deliveries[0]?.sellfireField : undefined;
  const event = only === PHASE_FIELD ? 'PhaseChange' : only === OWNER_FIELD ? 'OwnerChange' : 'LeadUpdated';
  reportWrite(draft, subject, deliveries, { at, event }, fault);
}

/**
 * Sellfire decides on phases (M15) and owners (M14): its value is kept, and a phase is written back where rule and settings allow it. It is as
 * old as it is known to be in Sellfire: dated like the refusal, it would win over the phase that Sellfire has refused for, whose event is on its way.
 */
function revert(draft: Draft, one: Delivery, at: number): void {
  if (!draft.link || one.before === undefined) return;
  const { before: held } = one;
  if (one.sellfireField === OWNER_FIELD) {
    draft.link = withOwnerDifference(draft.link, { salesforce: textOrNull(one.value), sellfire: textOrNull(held), at });
    return;
  }
  const state = stateOf(draft.link, one.sellfireField);
  const since = replicaOf(state, 'sellfire').at ?? Math.max(at, state.register?.at ?? 0);
  let next = advance(state, { replica: 'sellfire', side: 'sellfire', value: held, at: since }, []);
  const mapped = linkedFields(draft).filter(({ sellfire }) => sellfire.name === one.sellfireField);
  const writable = writableReplicas(draft.config, mapped, held);
  for (const key of Object.keys(state.replicas))
    if (key !== 'sellfire' && writable.includes(key)) next = requestDelivery(next, key);
  setState(draft, one.sellfireField, next);
  draft.writes.push(...deliver(draft).filter((write) => write.kind === 'updateInSalesforce'));
}
