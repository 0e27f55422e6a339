// Sellfire's own rules for a phase and an owner that Salesforce has changed (M14, M15): whether the change is taken, and what a
// refusal leaves and reports.
import { OWNER_FIELD, PHASE_FIELD } from '../../model/mapping.ts';
import type { Lead } from '../../model/lead.ts';
import type { Phase } from '../../model/phase.ts';
import { towardsSalesforce, type MappedField } from '../mapping/rules.ts';
import { setState, stateOf, type Draft } from '../turn/draft.ts';
import { latestLead, leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import {
  advance,
  isBehind,
  replicaOf,
  requestDelivery,
  shownBy,
  withReplica,
  type Observation,
} from '../values/register.ts';
import { editOfLead } from './carriedEdit.ts';
import { ownerFromSalesforce, withOwnerDifference } from './owner.ts';
import { ownerRefusedEmail } from './ownerRefusedEmail.ts';
import { phaseFromSalesforce, type PhaseVerdict } from './phase.ts';

/**
 * M15: reports a refused phase, and writes Sellfire's phase back where the rule goes to Salesforce. One that Sellfire has already, whose event is
 * on its way, is not refused.
 */
export function acceptsPhase(draft: Draft, field: MappedField, seen: Observation): boolean {
  const lead = latestLead(draft);
  if (!lead) return false;
  const current = lead.fields[PHASE_FIELD] as Phase;
  const wanted = seen.value as string | null;
  const verdict: PhaseVerdict = phaseFromSalesforce(current, wanted);
  if (verdict.accepted) return true;
  if (wanted !== current) {
    const changes = [{ field: field.salesforce.name, before: current, after: seen.value }];
    const about = { occurredAt: setAt(seen), direction: 'ToSellfire', event: 'PhaseChange', changes } as const;
    reports.refused(draft, about, verdict.why);
  }
  keep(draft, field, seen, lead);
  const writesBack = draft.config.settings.updateInSalesforce && towardsSalesforce(field.mapping.rule);
  const { name } = field.sellfire;
  // What stands there already, or a write in flight has put there since, is not written.
  if (draft.link && writesBack) setState(draft, name, requestDelivery(stateOf(draft.link, name), field.replica));
  return false;
}

/** When the edit was made; of one that was read, the earliest moment, which is later than that of the edit before it. */
const setAt = ({ at, edit, isRead }: Observation): number => (isRead && edit ? edit.at : at);

/**
 * Records the value that Salesforce shows, and that of Sellfire, which is as old as it is in Sellfire: dated like the refused one, it would win
 * over Sellfire's next phase where the clock of Salesforce is ahead.
 */
function keep(draft: Draft, { sellfire: { name }, replica }: MappedField, seen: Observation, lead: Lead): void {
  if (!draft.link) return;
  const held = lead.fields[name] as Phase;
  const before = stateOf(draft.link, name);
  const known = replicaOf(before, replica);
  let state = isBehind(known, seen) ? before : withReplica(before, replica, shownBy(known, seen));
  if (!state.register || !sameValue(state.register.value, held)) {
    const edit = editOfLead(draft, lead, name, held);
    state = advance(state, { replica: 'sellfire', side: 'sellfire', value: held, at: edit.at, edit }, []);
    state = withReplica(state, 'sellfire', { at: Date.parse(lead.changed_at[name] ?? lead.created_at) });
  }
  setState(draft, name, state);
}

const ownerOf = ({ config }: Draft, { fields }: Lead): string | null =>
  canonical('rep', fields[OWNER_FIELD] ?? null, config.country) as string | null;

/**
 * M14: reports a refused owner and sends an alert. Neither side is overwritten, and the link records the difference.
 */
export function acceptsOwner(draft: Draft, field: MappedField, seen: Observation): boolean {
  const known = latestLead(draft);
  if (!known || !draft.link) return false;
  const wanted = seen.value as string | null;
  const rep = wanted === null ? null : lookups(draft).rep(wanted);
  const planned = lookups(draft).schedule(known.id);
  if (rep === undefined || planned === undefined) return false;
  // An event that is still to come may have given the lead to whoever has planned something with it.
  const isKept = planned.every(({ rep_id: planner }) => planner === ownerOf(draft, known));
  const lead = isKept ? known : leadNow(draft, known.id);
  if (!lead) return false;
  const current = ownerOf(draft, lead);
  const verdict = ownerFromSalesforce(wanted, rep, current, planned, seen.at);
  if (verdict.accepted) return true;
  const isBusy = verdict.events.length > 0;
  const keeper = isBusy && current !== null ? lookups(draft).rep(current) : null;
  if (keeper === undefined) return false;
  const state = stateOf(draft.link, OWNER_FIELD);
  const replica = replicaOf(state, field.replica);
  const { ownerDiffers } = draft.link;
  // A read found the same before its event arrived.
  const isReported =
    ownerDiffers?.salesforce === wanted &&
    ownerDiffers.sellfire === current &&
    sameValue(replica.lastKnown, seen.value);
  // A write of the bridge has replaced it since, so that the two sides do not differ.
  if (!isBehind(replica, seen)) {
    draft.link = withOwnerDifference(draft.link, { salesforce: wanted, sellfire: current, at: seen.at });
    setState(draft, OWNER_FIELD, withReplica(state, field.replica, shownBy(replica, seen)));
  }
  if (isReported) return false;
  const changes = [{ field: field.salesforce.name, before: current, after: seen.value }];
  const about = { occurredAt: setAt(seen), direction: 'ToSellfire', event: 'OwnerChange', changes } as const;
  reports.refused(draft, about, verdict.why);
  if (isBusy) {
    draft.writes.push({
      kind: 'alert',
      alert: 'owner_refused',
      key: `owner:${lead.id}:${seen.at}`,
      leadId: lead.id,
      ...ownerRefusedEmail(draft.config, {
        lead,
        record: draft.link.record,
        wanted: { id: wanted, rep },
        kept: { id: current, rep: keeper },
        events: verdict.events,
      }),
    });
  }
  return false;
}

/**
 * M14: whether an owner of Sellfire's, over whom the bridge wrote another before it heard of the edit, may be put back. Whoever has planned
 * something with the lead since keeps it, on both sides, and a row says so.
 */
export function restoresOwner(draft: Draft, seen: Observation): boolean {
  const { link, changes } = draft;
  const lead = latestLead(draft);
  if (!lead || !link) return false;
  const planned = lookups(draft).schedule(lead.id);
  if (planned === undefined) return false;
  const wanted = seen.value as string | null;
  const rep = wanted === null ? null : lookups(draft).rep(wanted);
  if (rep === undefined) return false;
  const current = ownerOf(draft, lead);
  const now = Math.max(seen.at, ...changes.filter(({ source }) => source === 'sellfire').map(({ at }) => at));
  const verdict = ownerFromSalesforce(wanted, rep, current, planned, now);
  if (verdict.accepted) return true;
  const changed = [{ field: OWNER_FIELD, before: current, after: seen.value }];
  const about = { occurredAt: seen.at, direction: 'ToSellfire', event: 'OwnerChange', changes: changed } as const;
  reports.refused(draft, about, verdict.why);
  return false;
}
