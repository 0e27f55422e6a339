// The scripted story: each step is checked in both systems over their APIs; a step that fails is printed and the next is played.
import { DATA_FOLDER } from './connectionFile.ts';
import { readReports } from './reports.ts';
import { openDemoStack, type DemoStack } from './demoStack.ts';
import { orStopped, type StopSignal } from './stopSignal.ts';
import { ruleChanged } from './story/configuration.ts';
import { createdInSalesforce, createdInSellfire, phoneOnContact, phoneOnSellfireLead } from './story/creation.ts';
import { called, demoSet, repushed, sold } from './story/sale.ts';
import { killed, repeated, unknown } from './story/fault.ts';
import { eveningDemo, flowReverts, ownerKept } from './story/orgRules.ts';
import { converted, merged, withoutEvents } from './story/lifecycle.ts';
import { fieldTooLong, ownerRefused, phaseAccepted, phaseRefused } from './story/refusal.ts';
import { StepContext, type Step } from './story/stepContext.ts';
import { laterInSalesforce, laterInSellfire, updatedInSalesforce, updatedInSellfire } from './story/update.ts';
import { heading, paint, row, say, type Column } from './terminal.ts';

export interface OnceOptions {
  leads: number;
  namespace?: string | undefined;
  progress: (what: string) => void;
  opened: (demoStack: DemoStack) => void;
  /** `performance.now()` when the demo was started. */
  began: number;
}

const STORY: readonly Step[] = [
  createdInSalesforce,
  createdInSellfire,
  updatedInSalesforce,
  updatedInSellfire,
  laterInSalesforce,
  laterInSellfire,
  phaseRefused,
  phaseAccepted,
  phoneOnContact,
  phoneOnSellfireLead,
  fieldTooLong,
  ownerRefused,
  killed,
  repeated,
  ruleChanged,
  demoSet,
  sold,
  called,
  repushed,
  converted,
  merged,
  withoutEvents,
  ownerKept,
  eveningDemo,
  unknown,
  flowReverts,
];
/** Together 118 wide, with two spaces between. */
const COLUMNS: readonly Column[] = [
  { title: '', width: 3 },
  { title: 'What was done', width: 42 },
  { title: 'What was seen', width: 58 },
  { title: 'Time', width: 6 },
  { title: '', width: 1 },
];
const LOG_FILE = `${DATA_FOLDER}demo-once.log`;

/** @returns 0 when every step holds, 1 otherwise */
export async function playOnce({ opened, began, ...options }: OnceOptions, signal: StopSignal): Promise<number> {
  const demoStack = await openDemoStack({ ...options, logFile: LOG_FILE }, signal);
  opened(demoStack);
  try {
    const ready = performance.now();
    const atStart = await demoStack.salesforce.used();
    const ours = demoStack.salesforce.calls;
    say();
    for (const line of heading(COLUMNS)) say(line);
    const failed = await orStopped(playAll(demoStack, signal), signal);
    const used = await demoStack.salesforce.used();
    const carried = (await readReports(demoStack.salesforce, { Outcome__c: 'Success' })).length;
    const calls = used.apiCalls - atStart.apiCalls - (demoStack.salesforce.calls - ours - 1);
    const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(1);
    const holds = STORY.length - failed;
    say();
    say(
      paint(failed === 0 ? ['bold', 'green'] : ['bold', 'red'], `${holds} of ${STORY.length} steps hold.`) +
        ` ${carried} changes carried, with ${calls} calls of Salesforce's API by the bridge; ` +
        `${seconds(ready)} s, and ${((ready - began) / 1000).toFixed(1)} s to start.`,
    );
    if (failed > 0) say(`The bridge's log: ${LOG_FILE}`);
    return failed === 0 ? 0 : 1;
  } finally {
    await demoStack.close();
  }
}

/** @returns how many steps failed */
async function playAll(demoStack: DemoStack, signal: StopSignal): Promise<number> {
  const context = new StepContext(demoStack);
  let failed = 0;
  for (const step of STORY) {
    const began = performance.now();
    const outcome = await step.play(context).then(
      (seen) => ({ ok: true, seen }),
      (error: unknown) => ({ ok: false, seen: error instanceof Error ? error.message : String(error) }),
    );
    if (signal.signal.aborted) return failed;
    if (!outcome.ok) failed += 1;
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(6);
    const cells = [step.id, step.title, outcome.seen, took, outcome.ok ? '✓' : '✗'];
    const colour = outcome.ok ? 'green' : 'red';
    for (const line of row(COLUMNS, cells, ['dim', undefined, outcome.ok ? undefined : 'red', 'dim', colour]))
      say(line);
  }
  return failed;
}
