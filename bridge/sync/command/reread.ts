// Takes in what an event of Sellfire was about that was set aside: the lead is compared as it is now, and the sale, demo or
// activity is replayed where it can be read by now. The event itself stands in the report.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Command } from '../../model/command.ts';
import type { CommandChange } from '../../model/change.ts';
import type { Report } from '../../model/report.ts';
import type { Creations } from '../turn/creations.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import * as reports from '../turn/reports.ts';
import { mergeSellfireLead } from '../fields/merge.ts';
import { endLink } from '../link/ending.ts';
import { replaySubject } from './repush.ts';

type Reread = Extract<Command, { kind: 'reread' }>;

const ABOUT: Readonly<Record<string, Report['event']>> = {
  'lead.created': 'LeadCreated',
  'lead.deleted': 'LeadDeleted',
  'demo.set': 'DemoSet',
  'activity.logged': 'Activity',
  'sale.made': 'Sale',
  'catalogue.changed': 'Configuration',
};

/** The lead's own times and that of the event are of one moment, and not always of one millisecond. */
const SAME_MOMENT_MS = 1_000;

/** @param compare reads both sides and merges; creates what is new where `create` is true */
export function reread(
  draft: Draft,
  creations: Creations,
  change: CommandChange,
  command: Reread,
  compare: (create: boolean, since: number) => void,
): void {
  const { type, subject } = command;
  const leadId = draft.link?.leadId ?? change.leadId;
  const lead = leadId === null ? null : leadNow(draft, leadId);
  if (lead === undefined) return;
  if (lead !== null && lead.deleted_at === null) {
    draft.lead ??= lead;
    const since = change.at - SAME_MOMENT_MS;
    if (!draft.link?.ended) compare(type === 'lead.created', since);
    // The next turn does it, where the link has moved to by then.
    if (draft.deferred.includes(change.eventId)) return;
    // A link that has ended may be resumed, with what the lead holds by then.
    if (draft.link?.ended) mergeSellfireLead(draft, lead, since);
    // A lead that is new is held back with a row where creation is off.
    if (type === 'lead.created' && creations.salesforce) creations.salesforce.isNew = true;
  } else if (draft.link && !draft.link.ended) {
    // An event between this one and the deletion does not restore it.
    const deletedAt = lead?.deleted_at ? Date.parse(lead.deleted_at) : change.at;
    endLink(draft, 'sellfire', Math.max(deletedAt, change.at));
  }
  report(draft, change, command);
  // What an interrupted attempt has made of it is there, though the lead was deleted since.
  if (lead !== null && (lead.deleted_at === null || draft.maybeApplied) && subject !== null)
    replaySubject(draft, creations, change, lead, type, subject);
}

function report(draft: Draft, { at, leadId, eventId }: CommandChange, { type, sequence, where }: Reread): void {
  if (where === null) return;
  const named = draft.link?.leadId ?? leadId;
  reports.failed(
    draft,
    {
      occurredAt: at,
      direction: 'ToSalesforce',
      event: ABOUT[type] ?? 'LeadUpdated',
      ...(named === null ? {} : { sellfireLeadId: named }),
    },
    explain('EVENT_UNREADABLE', { sequence, type, where }),
    eventId,
  );
}
