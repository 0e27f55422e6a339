// What Enablement users are told when Sellfire keeps an owner (M14): the lead, both owners, the events in the way, what to do, and
// where the record is.
import { DateTime } from 'luxon';
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import type { Rep } from '../../model/rep.ts';
import type { ScheduleItem } from '../../model/schedule.ts';

export interface KeptOwner {
  lead: Lead;
  /** The record that asks for it. */
  record: { object: string; id: string } | undefined;
  /** Whom Salesforce names, and whom Sellfire keeps: the id, and the rep where there is one. */
  wanted: { id: string | null; rep: Rep | null };
  kept: { id: string | null; rep: Rep | null };
  /** Those that stand in the way. */
  events: readonly ScheduleItem[];
}

/** Characters that an alert's subject may have (contract of Sellfire, `Alert`), with room for what stands around the name. */
const NAME = 120;

export function ownerRefusedEmail(config: SyncConfig, about: KeptOwner): { subject: string; body: string } {
  const { lead, record, wanted, kept, events } = about;
  const name = String(lead.fields['business_name'] ?? lead.id).slice(0, NAME);
  const [asked, keeper] = [nameOf(wanted), nameOf(kept)];
  const lines = [
    `Salesforce gives the lead ${name} (${lead.id}) to ${asked}. Sellfire keeps it with ${keeper}, who has planned with it:`,
    '',
    ...events.map((event) => `- ${kindOf(event)}: ${timeOf(event)}`),
    '',
    'Neither side was changed; they differ until the owner is changed again on either.',
    `To give it to ${asked}: move or delete these events, then change the owner in Sellfire.`,
    `To keep it with ${keeper}: set the owner in Salesforce to ${kept.id ?? 'nobody (empty)'}.`,
  ];
  if (record && config.orgUrl !== undefined) {
    lines.push('', `${record.object} in Salesforce: ${config.orgUrl}/lightning/r/${record.object}/${record.id}/view`);
  }
  return { subject: `Owner of ${name} was not changed`, body: lines.join('\n') };
}

const nameOf = ({ id, rep }: { id: string | null; rep: Rep | null }): string =>
  id === null ? 'nobody' : rep ? `${rep.name} (${id})` : id;

function kindOf({ kind }: ScheduleItem): string {
  const words = kind.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Wed, 2 Dec 2026, 15:00 UTC`: the readers may be in any zone, so it is named. */
const timeOf = ({ start_time }: ScheduleItem): string =>
  DateTime.fromISO(start_time, { zone: 'utc', locale: 'en' }).toFormat("ccc, d LLL yyyy, HH:mm 'UTC'");
