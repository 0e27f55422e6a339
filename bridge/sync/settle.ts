// Applies the outcomes of a plan's writes to the link and returns its report rows and the follow-up writes. Outcomes
// are final here; a retryable fault fails the whole job before.
import type { SyncConfig } from '../model/config.ts';
import type { Link } from '../model/link.ts';
import type { Delivery, Outcome, Plan, Write } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { openDraft, type Draft } from './turn/draft.ts';
import { nothingFound } from './turn/lookups.ts';
import { changedState, noteProblem, withStateFields } from './fields/stateFields.ts';
import { failed, settled } from './writes/writes.ts';

export interface Settled {
  link: Link | undefined;
  reports: Report[];
  /** Follow-up writes: the rest of a write without its refused field, or an id for the other side. */
  writes: Write[];
  reread: Plan['reread'];
}

/** Nothing is looked up any more. */
const NOTHING = nothingFound();

/**
 * @param at ms: when the change that led to the plan happened; the time of the report rows
 * @param maybeApplied an earlier attempt may have written
 */
export function settle(
  config: SyncConfig,
  link: Link | undefined,
  outcomes: readonly Outcome[],
  at: number,
  maybeApplied = false,
): Settled {
  const draft = openDraft(config, NOTHING, link);
  draft.maybeApplied = maybeApplied;
  for (const outcome of outcomes) {
    if (outcome.ok) settled(draft, outcome.write, outcome, at);
    else failed(draft, outcome.write, outcome.fault, at);
  }
  noteProblem(draft);
  const writes = withStateFields(draft, oncePerValue(withoutOvertaken(draft)), at);
  // The state is known when nothing is left to write.
  draft.writes = writes.length > 0 ? writes : changedState(draft, at);
  return { link: draft.link, reports: draft.reports, writes: draft.writes, reread: draft.reread };
}

/** A refusal that is settled after a success may put back an earlier value: what the success was to be followed by is not written then. */
function withoutOvertaken({ link, writes }: Draft): Write[] {
  const isOvertaken = ({ sellfireField, version }: Delivery): boolean =>
    (link?.fields[sellfireField]?.register?.version ?? 0) > version;
  return writes.flatMap((write) => without(write, isOvertaken));
}

/** Two outcomes may be followed by the delivery of one value, which is written once. */
function oncePerValue(writes: readonly Write[]): Write[] {
  const known = new Set<string>();
  return writes.flatMap((write) => {
    if (write.kind !== 'updateInSalesforce' || write.trial) return [write];
    const keyOf = ({ field, version }: Delivery): string => `${write.id} ${field} ${version}`;
    const kept = without(write, (one) => known.has(keyOf(one)));
    for (const one of write.deliveries) known.add(keyOf(one));
    return kept;
  });
}

/** The write without these deliveries; none where nothing is left of it. */
function without(write: Write, isLeftOut: (one: Delivery) => boolean): Write[] {
  if (write.kind !== 'updateInSalesforce' || !write.deliveries.some(isLeftOut)) return [write];
  const names = write.deliveries.filter(isLeftOut).map(({ field }) => field);
  const fields = Object.fromEntries(Object.entries(write.fields).filter(([name]) => !names.includes(name)));
  const deliveries = write.deliveries.filter((one) => !isLeftOut(one));
  return Object.keys(fields).length > 0 ? [{ ...write, fields, deliveries }] : [];
}
