// The e-mail about an owner whom Sellfire keeps (M14): it names the lead, both owners and the events in the way, and says what to do on either side.
import type { Evidence } from './evidence.ts';
import { isSame, valuesOfLead } from './journal.ts';

/** The form of the message: its first line names the lead and both owners, each event has a line. */
const FIRST =
  /^Salesforce gives the lead (.+) \((\S+)\) to (.+)\. Sellfire keeps it with (.+), who has planned with it:$/;
const EVENT = /^- (Demo|Decision call|Callback): (\w{3}, \d{1,2} \w{3} \d{4}, \d{2}:\d{2} UTC)$/;

/** `Wed, 2 Dec 2026, 15:00 UTC`. */
function moment(iso: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  } as Intl.DateTimeFormatOptions).formatToParts(new Date(iso));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('weekday')}, ${of('day')} ${of('month').slice(0, 3)} ${of('year')}, ${of('hour')}:${of('minute')} UTC`;
}

export function auditEmails(evidence: Evidence): string[] {
  return evidence.emails.flatMap(({ leadId, subject, body, planned }) => {
    const [first = '', ...lines] = body.split('\n');
    const [, name = '', id, wanted = '', keeper = ''] = FIRST.exec(first) ?? [];
    const wrong = (what: string): string[] => [
      `M14: ${what} of the e-mail about ${String(leadId)}: ${subject}\n${body}`,
    ];
    if (id === undefined || id !== leadId) return wrong('the first line');
    const names = valuesOfLead(evidence, id, 'business_name');
    // A lead without one is called by its id.
    if (![...names, id].some((one) => isSame(one, name)) || !subject.includes(name)) return wrong('the name');
    const people = ['nobody', ...evidence.reps.map((rep) => `${rep.name} (${rep.id})`)];
    if (!people.includes(wanted) || !people.includes(keeper) || wanted === keeper) return wrong('an owner');
    const listed = lines.filter((line) => line.startsWith('- '));
    const said = listed.map((line) => EVENT.exec(line)?.slice(1).join(' ') ?? line);
    const keeperId = evidence.reps.find((rep) => keeper === `${rep.name} (${rep.id})`)?.id;
    const inTheWay = planned.filter((one) => one.rep_id === keeperId && (one.specific_time || one.kind !== 'callback'));
    const words = inTheWay.map(({ kind, start_time: start }) => {
      const spoken = kind.replaceAll('_', ' ');
      return `${spoken.slice(0, 1).toUpperCase()}${spoken.slice(1)} ${moment(start)}`;
    });
    // After an interrupted attempt, it was looked up again.
    if (said.length === 0 || (evidence.calm && said.some((one) => !words.includes(one)))) return wrong('an event');
    const keep = lines.find((line) => line.startsWith('To keep it with '));
    const give = lines.find((line) => line.startsWith('To give it to '));
    if (!keep?.includes(keeper) || !keep.includes(keeperId ?? 'nobody (empty)')) return wrong('how to keep it');
    if (!give?.includes(wanted)) return wrong('how to give it');
    const [, object, record] =
      /^(\w+) in Salesforce: https:\/\/\S+\/lightning\/r\/\w+\/(\w+)\/view$/.exec(lines.at(-1) ?? '') ?? [];
    return evidence.records.some((one) => one.id === record && one.object === object) ? [] : wrong('the record');
  });
}
