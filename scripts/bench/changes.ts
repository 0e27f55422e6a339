// Changes sent through the whole system: one at a time on an otherwise idle system, and in bursts. Each gives a Lead a title
// that no other has, by which the change is found again in what both systems themselves say about it afterwards.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DialerClient } from './dialer.ts';
import { until } from '../../test/helpers/until.ts';
import { LOOK_MS as SELDOM_MS, PATIENCE_MS, quiet, type LinkedLead } from './leads.ts';
import type { OrgClient } from './org.ts';
import type { BridgeProcess } from './system.ts';

export type Direction = 'toSellfire' | 'toSalesforce';

export interface Parties {
  org: OrgClient;
  dialer: DialerClient;
  bridge: BridgeProcess;
  leads: readonly LinkedLead[];
}

/** What was sent together. */
export interface Sent {
  direction: Direction;
  titles: string[];
  /** API calls of the bridge meanwhile, by the org's own count. */
  apiCalls: number;
  /** CPU time of the bridge meanwhile, echoes and reports included; what it waits for does not enter into it. */
  cpuMs: number;
}

/** Between two single changes: long enough for the echo of the one before to be over. */
const PAUSE_MS = 20;
/** How often the target is asked whether a single change is there; it says itself when it came. */
const LOOK_MS = 10;
const CPU = 'process_cpu_seconds_total';

/** @param prefix of the titles, which differ from those of another round */
export async function sendSingles(
  direction: Direction,
  count: number,
  parties: Omit<Parties, 'bridge'>,
  prefix = '',
): Promise<Sent> {
  const { org, dialer, leads } = parties;
  const titles: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const lead = leads[index % leads.length];
    if (!lead) throw new RangeError('There are no leads to change.');
    const title = `${prefix}single ${direction} ${index}`;
    titles.push(title);
    if (direction === 'toSellfire') {
      const before = await dialer.end();
      await org.update([{ Id: lead.recordId, Title: title }]);
      await until(`"${title}" is in Sellfire`, async () => (await dialer.end()) > before, PATIENCE_MS, LOOK_MS);
    } else {
      await dialer.edit([{ leadId: lead.leadId, title }]);
      await until(
        `"${title}" is in Salesforce`,
        async () => (await org.title(lead.recordId)) === title,
        PATIENCE_MS,
        LOOK_MS,
      );
    }
    await sleep(PAUSE_MS);
  }
  return { direction, titles, apiCalls: 0, cpuMs: 0 };
}

/** Every lead gets one change, in collections of 200 one after the other. */
export async function sendBurst(direction: Direction, round: number | string, parties: Parties): Promise<Sent> {
  const { org, dialer, bridge, leads } = parties;
  const title = (index: number): string => `burst ${direction} ${round} ${index}`;
  const titles = leads.map((_, index) => title(index));
  const callsBefore = await org.callsOfOthers();
  const cpuBefore = await bridge.metric(CPU);
  if (direction === 'toSellfire') {
    const before = await dialer.end();
    await org.update(leads.map(({ recordId }, index) => ({ Id: recordId, Title: title(index) })));
    await until(
      'the burst is in Sellfire',
      async () => (await dialer.end()) - before >= leads.length,
      PATIENCE_MS,
      SELDOM_MS,
    );
  } else {
    await dialer.edit(leads.map(({ leadId }, index) => ({ leadId, title: title(index) })));
    const where = `Title LIKE 'burst ${direction} ${round} %'`;
    await until(
      'the burst is in Salesforce',
      async () => (await org.count(where)) >= leads.length,
      PATIENCE_MS,
      SELDOM_MS,
    );
  }
  // The calls that its echoes cause are the burst's as well.
  await quiet(bridge);
  const cpuMs = ((await bridge.metric(CPU)) - cpuBefore) * 1000;
  return { direction, titles, apiCalls: (await org.callsOfOthers()) - callsBefore, cpuMs };
}

/** ms since the epoch at which each title was committed in either system, by that system's own word. */
export interface Times {
  salesforce: ReadonlyMap<string, number>;
  sellfire: ReadonlyMap<string, number>;
}

/** When each title came to be in Sellfire, by its feed. */
export async function sellfireTimes(dialer: DialerClient): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const { changes, occurred_at } of await dialer.events(0)) {
    const title = changes['title']?.to;
    if (typeof title === 'string' && !times.has(title)) times.set(title, Date.parse(occurred_at));
  }
  return times;
}

/** ms from the commit in the one system to the commit in the other, in the order of sending. */
export function delays({ direction, titles }: Sent, times: Times): number[] {
  return titles.map((title) => arrived(direction, title, times) - left(direction, title, times));
}

/** Changes a second, from the first commit in the one system to the last in the other. */
export function rate({ direction, titles }: Sent, times: Times): number {
  const first = Math.min(...titles.map((title) => left(direction, title, times)));
  const last = Math.max(...titles.map((title) => arrived(direction, title, times)));
  return (titles.length / (last - first)) * 1000;
}

const left = (direction: Direction, title: string, { salesforce, sellfire }: Times): number =>
  timeOf(title, direction === 'toSellfire' ? salesforce : sellfire);
const arrived = (direction: Direction, title: string, { salesforce, sellfire }: Times): number =>
  timeOf(title, direction === 'toSellfire' ? sellfire : salesforce);

function timeOf(title: string, times: ReadonlyMap<string, number>): number {
  const time = times.get(title);
  if (time === undefined) throw new Error(`"${title}" did not travel.`);
  return time;
}
