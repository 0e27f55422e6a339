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
  const writes = withStateFields(draft, withoutOvertaken(draft), at);
  // The state is known when nothing is left to write.
  draft.writes = writes.length > 0 ? writes : changedState(draft, at);
  return { link: draft.link, reports: draft.reports, writes: draft.writes, reread: draft.reread };
}

/** A refusal that is settled after a success may put back an earlier value: what the success was to be followed by is not written then. */
function withoutOvertaken({ link, writes }: Draft): Write[] {
  const isOvertaken = ({ sellfireField, version }: Delivery): boolean =>
    (link?.fields[sellfireField]?.register?.version ?? 0) > version;
  return writes.flatMap((write) => {
    if (write.kind !== 'updateInSalesforce' || !write.deliveries.some(isOvertaken)) return [write];
    const overtaken = write.deliveries.filter(isOvertaken).map(({ field }) => field);
    const fields = Object.fromEntries(Object.entries(write.fields).filter(([name]) => !overtaken.includes(name)));
    const deliveries = write.deliveries.filter((one) => !isOvertaken(one));
    return Object.keys(fields).length > 0 ? [{ ...write, fields, deliveries }] : [];
  });
}
