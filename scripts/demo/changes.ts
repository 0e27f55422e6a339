// Prints the changes that the bridge carries, in one line each: the rows of its report, as the org stores them.
import type { Report } from '../../bridge/model/report.ts';
import type { DemoStack } from './demoStack.ts';
import { readReports, type StoredReport } from './reports.ts';
import { clip, paint, plain, say } from './terminal.ts';

/** Where no terminal says how wide it is. */
const WIDTH = 160;
const NARROWEST = 80;
/** Several rows are stored with each publish of the bridge; they are read together. */
const GATHER_MS = 30;

/** LeadCreated: created · OwnerChange: owner change */
const verbOf = (event: Report['event']): string =>
  event
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/^lead /, '');
const VERB_WIDTH = 12;

/** The line of one row, without colours. @param name of the business that it is about */
export function lineOf(report: Report, name: string): { time: string; way: string; what: string; details: string } {
  const held = report.outcome !== 'Success';
  const way =
    report.direction === 'ToSellfire'
      ? `Salesforce ${held ? '──✗' : '──▶'} Sellfire  `
      : `Sellfire   ${held ? '──✗' : '──▶'} Salesforce`;
  const changes = report.changes.map(({ field, before, after }) =>
    before === undefined || before === null
      ? `${field} ${display(after)}`
      : `${field} ${display(before)} → ${display(after)}`,
  );
  const reason = held ? `${report.outcome.toLowerCase()}: ${report.reason}` : '';
  return {
    time: new Date(report.occurredAt).toTimeString().slice(0, 8),
    way,
    what: `${verbOf(report.event).padEnd(VERB_WIDTH)} ${plain(name)}`,
    details: plain([changes.join(', '), reason].filter(Boolean).join(' · ')),
  };
}

const display = (value: unknown): string => (value === null || value === '' ? '(blank)' : clip(String(value), 40));

/**
 * Prints the rows that are stored from now on. The org is queried only when something was stored in it: waiting spends no
 * API call. @returns how to end it
 */
export async function printReports({ stack, salesforce, sellfire }: DemoStack): Promise<() => Promise<void>> {
  const names = new Map<string, string>();
  let last = (await readReports(salesforce)).at(-1)?.name ?? '';
  let timer: NodeJS.Timeout | undefined;
  let printing = Promise.resolve();
  let ended = false;

  async function nameOf(report: StoredReport): Promise<string> {
    const { sellfireLeadId: leadId, salesforceRecordId: recordId, salesforceObject: object } = report;
    const record = recordId === null ? '' : `${object ?? 'record'} ${recordId}`;
    if (leadId === null) return record;
    const known = names.get(leadId) ?? String((await sellfire.leadById(leadId))?.fields['business_name'] ?? leadId);
    names.set(leadId, known);
    return record === '' ? known : `${known} (${record})`;
  }

  async function printNew(): Promise<void> {
    for (const report of await readReports(salesforce, last === '' ? {} : { Name: { $gt: last } })) {
      last = report.name;
      const { time, way, what, details } = lineOf(report, await nameOf(report));
      const room = Math.max(NARROWEST, process.stdout.columns ?? WIDTH) - time.length - way.length - what.length - 6;
      const style = report.outcome === 'Success' ? 'green' : report.outcome === 'Skipped' ? 'yellow' : 'red';
      say([paint('dim', time), paint(style, way), paint('bold', what), clip(details, room)].join('  '));
    }
  }

  stack.org.org.listen({
    committed() {
      if (ended) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        printing = printing.then(printNew).catch((error: unknown) => {
          if (!ended) say(`The reports could not be read: ${error instanceof Error ? error.message : String(error)}`);
        });
      }, GATHER_MS);
    },
  });
  return async () => {
    ended = true;
    clearTimeout(timer);
    await printing;
  };
}
