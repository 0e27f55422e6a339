// The working state of one decision: the link so far, the look-ups still needed, the writes and the report rows. It
// lives within one call of `decide`.
import type { Change } from '../../model/change.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Canonical, FieldState, InFlight, Link } from '../../model/link.ts';
import type { Lead } from '../../model/lead.ts';
import type { Found, Needs, Plan, Write } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { newLink } from '../../model/link.ts';
import { noNeeds } from './lookups.ts';
import { emptyState } from '../values/register.ts';
import { mappedFields, towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';

export interface Draft {
  /** The lead or record under which the changes wait. */
  key: string | undefined;
  config: SyncConfig;
  found: Found;
  link: Link | undefined;
  /** Those of this turn, in the order of their receipt. */
  changes: readonly Change[];
  /** The latest snapshot of the Sellfire lead in this turn. */
  lead: Lead | undefined;
  needs: Needs;
  /** An earlier attempt of this turn may have written, and what it wrote is not recorded in the link. */
  maybeApplied: boolean;
  /** The lead names a record that became that of its link, whose id it is given. */
  isMisnamed: boolean;
  /** When the link went on as the Contact to which an interrupted attempt had moved the lead, ms. */
  wentOnAt: number | undefined;
  /** Replicas (`field replica`) that are not written in this turn: they hold an edit whose event has not arrived. */
  held: Set<string>;
  /** What replicas (`field replica`) were read to hold that an earlier attempt wrote: the next write replaces it. */
  shown: Map<string, Canonical>;
  writes: Write[];
  reports: Report[];
  deferred: string[];
  /** Events of the requests whose rows these are: the next turn writes those of one that is deferred. */
  rowsOf: Map<Report, string>;
  rerouted: Plan['rerouted'];
  reread: Plan['reread'];
}

export function openDraft(
  config: SyncConfig,
  found: Found,
  link: Link | undefined,
  changes: readonly Change[] = [],
): Draft {
  return {
    key: undefined,
    config,
    found,
    link,
    changes,
    lead: undefined,
    needs: noNeeds(),
    maybeApplied: false,
    isMisnamed: false,
    wentOnAt: undefined,
    held: new Set(),
    shown: new Map(),
    writes: [],
    reports: [],
    deferred: [],
    rowsOf: new Map(),
    rerouted: [],
    reread: [],
  };
}

/** Whether Salesforce has refused the lead's record already: what has waited for the record once does not wait for it again. */
export const isRecordRefused = ({ maybeApplied, link }: Draft): boolean =>
  maybeApplied && link?.waiting !== undefined && link.record === undefined;

export function ensureLink(draft: Draft, leadId: string): Link {
  draft.link ??= newLink(leadId);
  return draft.link;
}

/** Salesforce objects whose fields are replicas of this lead's fields. */
export function linkedObjects(link: Link | undefined): string[] {
  return [...(link?.record ? [link.record.object] : []), ...(link?.accountId ? ['Account'] : [])];
}

export function linkedFields(draft: Draft): readonly MappedField[] {
  return mappedFields(draft.config, linkedObjects(draft.link));
}

export function stateOf(link: Link, field: string): FieldState {
  return link.fields[field] ?? emptyState();
}

/** A write that is made in this turn. */
export function inFlight({ maybeApplied }: Draft, { revision }: Link, value: Canonical): InFlight {
  return { value, revision, ...(maybeApplied ? { afterRetry: true } : {}) };
}

export function setState(draft: Draft, field: string, state: FieldState): void {
  if (draft.link) draft.link = { ...draft.link, fields: { ...draft.link.fields, [field]: state } };
}

/**
 * The replicas among these mappings of one Sellfire field to which rules and settings allow this value to be written.
 */
export function writableReplicas(config: SyncConfig, mapped: readonly MappedField[], value: Canonical): string[] {
  const keys: string[] = [];
  if (config.settings.updateInSalesforce) {
    for (const field of mapped) {
      if (towardsSalesforce(field.mapping.rule) && field.salesforce.updateable) keys.push(field.replica);
    }
  }
  const intoSellfire = mapped.some((field) => towardsSellfire(field.mapping.rule, value) && !field.sellfire.read_only);
  if (config.settings.updateInSellfire && intoSellfire) keys.push('sellfire');
  return keys;
}
