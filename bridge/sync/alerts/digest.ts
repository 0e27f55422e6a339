// The weekly digest (B24): when it is due, by the clock of the org's time zone, and what it says.
import { DateTime } from 'luxon';
import type { AlertMessage } from '../../model/alert.ts';

/** Of the week: writes to Sellfire and to Salesforce, refused and failed ones. */
export interface WeekCounts {
  in: number;
  out: number;
  refused: number;
  failed: number;
}

export interface Cause {
  title: string;
  code: string;
  count: number;
}

export interface Week {
  /** ms since the epoch. */
  from: number;
  counts: WeekCounts;
  /** States that hold, as their alerts are titled. */
  states: readonly string[];
  /** Of the refused and failed rows of the week, most first; undefined where Salesforce did not say. */
  causes: readonly Cause[] | undefined;
}

const MONDAY = 1;
/** When people begin to work. */
const HOUR = 8;

/** ms since the epoch: Monday at eight in the zone, the last one that has come. @param zone an IANA name */
export function lastMonday(now: number, zone: string): number {
  const here = DateTime.fromMillis(now, { zone });
  // Salesforce has a zone or two that the machine may not know.
  const local = here.isValid ? here : DateTime.fromMillis(now, { zone: 'UTC' });
  const monday = local.set({ weekday: MONDAY, hour: HOUR, minute: 0, second: 0, millisecond: 0 });
  return (monday.toMillis() > now ? monday.minus({ weeks: 1 }) : monday).toMillis();
}

/** @param zone an IANA name */
export function digestMessage(week: Week, now: number, zone: string): AlertMessage {
  const day = (ms: number): string => {
    const local = DateTime.fromMillis(ms, { zone, locale: 'en-US' });
    return (local.isValid ? local : DateTime.fromMillis(ms, { zone: 'UTC', locale: 'en-US' })).toFormat('MMMM d');
  };
  const { counts, states, causes } = week;
  const text = [
    `From ${day(week.from)} to ${day(now)}:`,
    `${counted(counts.in, 'change was', 'changes were')} carried to Sellfire and ${counts.out.toLocaleString('en-US')} to Salesforce.`,
    counts.refused + counts.failed === 0
      ? 'None was refused, and none failed.'
      : `${counts.refused.toLocaleString('en-US')} refused, ${counts.failed.toLocaleString('en-US')} failed.`,
    '',
    ...listed('What holds now', states, 'Nothing stands in the way now.'),
    '',
    ...(causes === undefined
      ? ['The causes could not be read from Salesforce; the Reports page has them.']
      : listed(
          'What was refused or failed, most first',
          causes.map(({ title, code, count }) => `${title} (${code}): ${count.toLocaleString('en-US')}`),
          'No cause is open.',
        )),
  ].join('\n');
  return { id: `digest:${week.from}`, kind: 'digest', title: 'Sellfire and Salesforce: the week', text, at: now };
}

function listed(heading: string, lines: readonly string[], none: string): string[] {
  return lines.length === 0 ? [none] : [`${heading}:`, ...lines.map((line) => `- ${line}`)];
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
