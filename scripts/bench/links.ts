// npm run bench:links: what a store with a million links costs, against one with 2,000 in the same run. The same bursts and single changes are
// carried on both, spread evenly over all links, between peers that only answer: what differs is the store.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { Direction } from './changes.ts';
import { describeMachine, type Spread } from './figures.ts';
import { endInTime } from './guard.ts';
import { quiet } from './leads.ts';
import { startLightSystem, type LightSystem } from './lightSystem.ts';
import { median, percentile } from './percentile.ts';
import { print } from './rows.ts';

const DIRECTIONS = ['toSellfire', 'toSalesforce'] as const;
const FULL = { few: 2_000, many: 1_000_000, burst: 2_000, bursts: 5, singles: 200, starts: 3 };
const QUICK = { few: 200, many: 2_000, burst: 200, bursts: 1, singles: 10, starts: 1 };
/** Filling a million links takes minutes of it, on a busy machine. */
const LONGEST_MS = 1_500_000;
const PATIENCE_MS = 30_000;
/** Between two single changes: what the bridge does after one is over by then. */
const PAUSE_MS = 20;
const MIB = 2 ** 20;

const options = new Command('bench:links')
  .description('Measures the bridge with a million links against one with few, on this machine only.')
  .option('--links <number>', 'links of the large store', wholeNumber)
  .option('--quick', 'a few links and changes: whether it works, not how fast it is')
  .option('--json', 'print one line of JSON after the table')
  .option('--profile <folder>', 'write a CPU profile of each run of the bridge into this folder')
  .option('--log <file>', "append the bridge's log to this file")
  .parse()
  .opts<{ links?: number; quick?: boolean; json?: boolean; profile?: string; log?: string }>();

const size = options.quick ? QUICK : FULL;
const n = { ...size, many: options.links ?? size.many };
const say = (text: string): void => void process.stderr.write(`${text}\n`);
let system: LightSystem | undefined;
endInTime(LONGEST_MS, () => system?.stop());

interface Measured {
  perSecond: Record<Direction, number>;
  ms: Record<Direction, Spread>;
  startMs: number;
  peakMemoryBytes: number | null;
  storeBytes: number;
  fillMs: number;
}

try {
  const load = loadavg()[0] ?? 0;
  say('Starting the peers and making a link …');
  system = await startLightSystem(options);
  const few = await measure(system, n.few);
  const many = await measure(system, n.many);
  const ratio = (of: (one: Measured) => number): number => of(many) / of(few);
  const ratios = {
    toSellfirePerSecond: ratio(({ perSecond }) => perSecond.toSellfire),
    toSalesforcePerSecond: ratio(({ perSecond }) => perSecond.toSalesforce),
    toSellfireP50: ratio(({ ms }) => ms.toSellfire.p50),
    toSellfireP99: ratio(({ ms }) => ms.toSellfire.p99),
    toSalesforceP50: ratio(({ ms }) => ms.toSalesforce.p50),
    toSalesforceP99: ratio(({ ms }) => ms.toSalesforce.p99),
    start: ratio(({ startMs }) => startMs),
    peakMemory: ratio(({ peakMemoryBytes }) => peakMemoryBytes ?? Number.NaN),
  };
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  const both = (of: (one: Measured) => string, times: number): string =>
    `${of(few)} · ${of(many)} · ${times.toFixed(2)} times`;
  const singles = (direction: Direction) => (one: Measured) =>
    `${one.ms[direction].p50.toFixed(1)} / ${one.ms[direction].p99.toFixed(1)} ms`;
  print(
    { ...{ machine: describeMachine(load), n, few, many, ratios } },
    `${whole(n.few)} and ${whole(n.many)} links, peers that only answer · ${n.singles} single changes and ${n.bursts} bursts of ${whole(n.burst)} each way, ${n.starts} starts`,
    [
      [
        'Salesforce → Sellfire, burst',
        both(({ perSecond }) => `${whole(perSecond.toSellfire)}/s`, ratios.toSellfirePerSecond),
      ],
      [
        'Sellfire → Salesforce, burst',
        both(({ perSecond }) => `${whole(perSecond.toSalesforce)}/s`, ratios.toSalesforcePerSecond),
      ],
      ['Salesforce → Sellfire, one change, p50 / p99', both(singles('toSellfire'), ratios.toSellfireP50)],
      ['Sellfire → Salesforce, one change, p50 / p99', both(singles('toSalesforce'), ratios.toSalesforceP50)],
      ['start to ready', both(({ startMs }) => `${whole(startMs)} ms`, ratios.start)],
      [
        'peak memory of the bridge',
        both(
          ({ peakMemoryBytes }) => (peakMemoryBytes === null ? '–' : `${whole(peakMemoryBytes / MIB)} MiB`),
          ratios.peakMemory,
        ),
      ],
      [
        'size of the store',
        `${whole(few.storeBytes / MIB)} · ${whole(many.storeBytes / MIB)} MiB, ${whole(many.storeBytes / n.many)} bytes a link`,
      ],
      ['filling it', `${whole(few.fillMs / 1000)} · ${whole(many.fillMs / 1000)} s`],
    ],
    options.json,
  );
} finally {
  await system?.stop();
}
process.exit();

async function measure({ peers, bridge: fill }: LightSystem, links: number): Promise<Measured> {
  say(`Filling a store with ${links.toLocaleString('en')} links …`);
  const bridge = await fill(links);
  const starts: number[] = [];
  await bridge.start();
  for (let start = 0; start < n.starts; start += 1) {
    await bridge.stop();
    starts.push(await bridge.start());
  }
  await quiet(bridge);
  const perSecond = { toSellfire: 0, toSalesforce: 0 };
  const ms: Partial<Record<Direction, Spread>> = {};
  let from = 0;
  // A field that changes hands again and again is stopped as one that bounces: each direction takes its turn once.
  for (const direction of DIRECTIONS) {
    say(`${links.toLocaleString('en')} links, ${direction} …`);
    const carry = async (count: number, title: string) =>
      peers.burst(direction, { count, from: (from += 7), of: links, title: `${direction} ${title}` }, PATIENCE_MS);
    const rates: number[] = [];
    for (let round = 0; round <= n.bursts; round += 1) {
      const { perSecond: rate } = await carry(n.burst, `burst ${round}`);
      await quiet(bridge);
      // What runs is compiled in the first one.
      if (round > 0) rates.push(rate);
    }
    perSecond[direction] = median(rates);
    const delays: number[] = [];
    for (let single = 0; single < n.singles; single += 1) {
      from += Math.floor(links / n.singles);
      delays.push(...(await carry(1, `single ${single}`)).delays);
      await sleep(PAUSE_MS);
    }
    ms[direction] = spread(delays);
    await quiet(bridge);
  }
  const { peak } = bridge.memory();
  await bridge.stop();
  const none = { p50: Number.NaN, p99: Number.NaN, max: Number.NaN };
  return {
    perSecond,
    ms: { toSellfire: ms.toSellfire ?? none, toSalesforce: ms.toSalesforce ?? none },
    startMs: median(starts),
    peakMemoryBytes: peak ?? null,
    storeBytes: bridge.size(),
    fillMs: bridge.fillMs,
  };
}

function spread(values: number[]): Spread {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), max: percentile(values, 1) };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{3,6}$/.test(text)) throw new InvalidArgumentError('A number from 1000 to 9999999 is expected.');
  return Number(text);
}
