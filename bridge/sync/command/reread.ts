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
  const { type, sequence, where, subject } = command;
  const leadId = draft.link?.leadId ?? change.leadId;
  if (where !== null)
    reports.failed(
      draft,
      {
        occurredAt: change.at,
        direction: 'ToSalesforce',
        event: ABOUT[type] ?? 'LeadUpdated',
        ...(leadId === null ? {} : { sellfireLeadId: leadId }),
      },
      explain('EVENT_UNREADABLE', { sequence, type, where }),
    );
  if (leadId === null || draft.link?.ended) return;
  const lead = leadNow(draft, leadId);
  if (lead === undefined) return;
  if (lead === null || lead.deleted_at !== null) {
    if (draft.link) endLink(draft, 'sellfire', change.at);
    return;
  }
  draft.lead ??= lead;
  compare(type === 'lead.created', change.at - SAME_MOMENT_MS);
  if (subject !== null) replaySubject(draft, creations, change, lead, type, subject);
}
