// The e-mail to Enablement users when Sellfire keeps an owner (M14): the lead, both owners, the events that prevent the
// change, the remedy, and the record.
import { cutText, oneLine } from '../../model/text.ts';
import { DateTime } from 'luxon';
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import type { Rep } from '../../model/rep.ts';
import { kindInWords, type ScheduleItem } from '../../model/schedule.ts';

export interface KeptOwner {
  lead: Lead;
  /** The record whose owner was changed. */
  record: { object: string; id: string } | undefined;
  /** The owner that Salesforce names and the owner that Sellfire keeps: the id, and the rep where one exists. */
  wanted: { id: string | null; rep: Rep | null };
  kept: { id: string | null; rep: Rep | null };
  /** The events that prevent the change. */
  events: readonly ScheduleItem[];
}

/**
 * The length of the name in the subject, in characters: Sellfire's limit (its contract, `Alert`) less the text around
 * the name.
 */
const NAME = 120;

export function ownerRefusedEmail(config: SyncConfig, about: KeptOwner): { subject: string; body: string } {
  const { lead, record, wanted, kept, events } = about;
  const name = cutText(oneLine(String(lead.fields['business_name'] ?? lead.id)), NAME);
  const [newOwner, keeper] = [nameOf(wanted), nameOf(kept)];
  const lines = [
    `Salesforce gives the lead ${name} (${lead.id}) to ${newOwner}. Sellfire keeps it with ${keeper}, who has planned with it:`,
    '',
    ...events.map((event) => `- ${kindOf(event)}: ${timeOf(event)}`),
    '',
    'Neither side was changed; they differ until the owner is changed again on either.',
    `To give it to ${newOwner}: move or delete these events, then change the owner in Sellfire.`,
    `To keep it with ${keeper}: set the owner in Salesforce to ${kept.id === null ? 'nobody (empty)' : oneLine(kept.id)}.`,
  ];
  if (record && config.orgUrl !== undefined) {
    lines.push('', `${record.object} in Salesforce: ${config.orgUrl}/lightning/r/${record.object}/${record.id}/view`);
  }
  return { subject: `Owner of ${name} was not changed`, body: lines.join('\n') };
}

const nameOf = ({ id, rep }: { id: string | null; rep: Rep | null }): string =>
  id === null ? 'nobody' : oneLine(rep ? `${rep.name} (${id})` : id);

function kindOf(item: ScheduleItem): string {
  const words = oneLine(kindInWords(item));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Wed, 2 Dec 2026, 15:00 UTC`: the recipients may be in any time zone, so the text names it. */
const timeOf = ({ start_time }: ScheduleItem): string =>
  DateTime.fromISO(start_time, { zone: 'utc', locale: 'en' }).toFormat("ccc, d LLL yyyy, HH:mm 'UTC'");
