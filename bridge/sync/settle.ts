// What became of a plan's writes: the link as it is now, the rows that tell it, and what is still to be written because of it.
// Only outcomes that are final come here; a fault that a later attempt may cure fails the whole job before.
import type { SyncConfig } from '../model/config.ts';
import type { Link } from '../model/link.ts';
import type { Outcome, Plan, Write } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { openDraft } from './turn/draft.ts';
import { nothingFound } from './turn/lookups.ts';
import { failed, settled } from './writes/writes.ts';

export interface Settled {
  link: Link | undefined;
  reports: Report[];
  /** Follow-up writes: a field refused and the rest tried again, an id to be shown on the other side. */
  writes: Write[];
  reread: Plan['reread'];
}

/** @param at ms: when the change behind the plan happened; the moment that the report rows carry. */
export function settle(config: SyncConfig, link: Link | undefined, outcomes: readonly Outcome[], at: number): Settled {
  const draft = openDraft(config, nothingFound(), link && structuredClone(link));
  for (const outcome of outcomes) {
    if (outcome.ok) settled(draft, outcome.write, outcome, at);
    else failed(draft, outcome.write, outcome.fault, at);
  }
  return { link: draft.link, reports: draft.reports, writes: draft.writes, reread: draft.reread };
}
