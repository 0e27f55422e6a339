// A minute without Salesforce while every lead is edited again and again, or ten (npm run test:wide): the calls that are made in vain are few,
// nothing is given up, and once it is back every lead is worked on soon, and none by two turns at once. Ten minutes by a clock that is moved
// are in test/unit/jobs/absence.test.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startReceiver, type Receiver } from '../helpers/receiver.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

const LEADS = 100;
const AWAY_MS = Number(process.env['AWAY_SECONDS'] ?? 60) * 1000;
jest.setTimeout(180_000 + AWAY_MS);
const EVERY_MS = 5_000;
/** By then most keys would wait for half a minute and longer yet, were the return not noticed; it is, within five seconds. */
const SOON_MS = 15_000;
/**
 * In a minute each key has some eight turns with growing delays, whose calls are gathered: fewer than ten calls a key. In ten minutes it is
 * tried anew a few times more, alone, and every call is made again a few times: fewer than one in 15 s. A storm would be one a second.
 */
const MOST_CALLS = Math.max(10, AWAY_MS / 15_000) * LEADS;

let stack: Stack;
let story: Story;
let collector: Receiver;
beforeAll(async () => {
  collector = await startReceiver();
  stack = await startStack();
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  stack.bridge.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = new URL(collector.url).origin;
  await stack.bridge.start();
});
afterAll(async () => {
  await stack?.stop();
  collector?.close();
});

interface Span {
  traceId: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string } }[];
}

/** When each lead was worked on: from the begin of what its turn decided until it was saved. */
function turns(): Map<string, { from: bigint; to: bigint }[]> {
  const spans = collector.received.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body.toString()) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
  const all = new Map<string, { from: bigint; to: bigint }[]>();
  for (const [, ofTurn] of Map.groupBy(spans, ({ traceId }) => traceId)) {
    const of = (name: string): Span | undefined => ofTurn.find((span) => span.name === name);
    const text = JSON.stringify(ofTurn.flatMap(({ attributes }) => attributes));
    const [lead] = /lead_[0-9a-z]+/.exec(text) ?? [];
    const [begin, end] = [of('decide'), of('save')];
    if (lead === undefined || !begin || !end) continue;
    const turn = { from: BigInt(begin.startTimeUnixNano), to: BigInt(end.endTimeUnixNano) };
    all.set(lead, [...(all.get(lead) ?? []), turn]);
  }
  return all;
}

describe('Salesforce away while every lead changes', () => {
  it('is called seldom, and every lead is worked on soon after its return, by one turn at a time', async () => {
    const leads = Array.from({ length: LEADS }, () =>
      stack.sellfire.desk.createLead({
        ...{ primary_phone_number: story.phone(), last_name: 'Sand', business_name: 'Away' },
      }),
    ).map(({ id }) => id);
    const records = new Map<string, string>();
    for (const id of leads) records.set(id, await story.linked(id));
    await story.quiet();

    const { faults } = stack.org.org;
    const { strike } = faults;
    let calls = 0;
    faults.strike = (...request) => {
      calls += 1;
      return strike(...request);
    };
    faults.add({ kind: 'unavailable', times: null });
    let title = '';
    for (let round = 0; round < AWAY_MS / EVERY_MS; round += 1) {
      title = `Round ${round}`;
      for (const id of leads) story.edit(id, { title });
      await sleep(EVERY_MS);
    }
    const inVain = calls;
    const back = Date.now();
    faults.clear();
    const has = (id: string): boolean => stack.org.org.get('Lead', records.get(id) ?? '')?.['Title'] === title;
    await until(
      () => `${leads.filter((id) => !has(id)).length} leads lack it`,
      () => leads.every(has),
      SOON_MS,
    );
    expect(inVain).toBeGreaterThan(0);
    expect(inVain).toBeLessThan(MOST_CALLS);
    expect(stack.org.org.find('Lead', {})).toHaveLength(LEADS);

    await story.quiet();
    // Nothing was given up, and nothing set aside.
    expect(story.logged('change_failed')).toBe(0);
    const metrics = await (await fetch(`${stack.bridge.url}/metrics`)).text();
    expect(metrics).toMatch(/^inbox_parked\{.*\} 0$/m);
    expect(metrics).not.toMatch(/^inbox_parked\{.*\} [1-9]/m);
    expect(
      await story.query("SELECT Id FROM @Integration_Report__c WHERE @Outcome__c IN ('Failed', 'Refused')"),
    ).toEqual([]);
    const traced = await until('every lead has a trace of it', () => {
      const seen = turns();
      return leads.every((id) => (seen.get(id)?.length ?? 0) > 1) && seen;
    });
    const savedAfter = [...traced.values()].map((own) =>
      Math.min(...own.map(({ to }) => Number(to / 1_000_000n) - back).filter((ms) => ms >= 0)),
    );
    process.stderr.write(
      `${JSON.stringify({ leads: LEADS, awaySeconds: AWAY_MS / 1000, inVain, lastSavedAfterMs: Math.max(...savedAfter) })}\n`,
    );
    for (const [lead, own] of traced) {
      const inOrder = own.toSorted((a, b) => (a.from < b.from ? -1 : 1));
      const overlapping = inOrder.filter(({ from }, index) => from < (inOrder[index - 1]?.to ?? 0n));
      expect({ lead, overlapping }).toEqual({ lead, overlapping: [] });
    }
  });
});
