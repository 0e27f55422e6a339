// npm run bench:network: the bridge with both systems far away, at a round trip of 200 ms and with one segment in a hundred lost, against the same
// bridge with them near, within one run.
import { loadavg } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mapFields } from '../../test/helpers/mappings.ts';
import {
  delays,
  rate,
  sellfireTimes,
  sendBurst,
  sendSingles,
  type Direction,
  type Sent,
  type Times,
} from './changes.ts';
import { createDialerClient } from './dialer.ts';
import { describeMachine, type Spread } from './figures.ts';
import { endInTime } from './guard.ts';
import { createLinkedLeads, quiet } from './leads.ts';
import { median, percentile } from './percentile.ts';
import { createOrgClient } from './org.ts';
import { print } from './rows.ts';
import { replay } from './subscriber.ts';
import { startSystem, STORES, type Store, type System } from './system.ts';

const DIRECTIONS = ['toSellfire', 'toSalesforce'] as const;
const PLACES = ['near', 'far'] as const;
const FULL = { leads: 2_000, singles: 100, bursts: 3 };
const QUICK = { leads: 200, singles: 5, bursts: 1 };
const LONGEST_MS = 420_000;

const options = new Command('bench:network')
  .description('Measures the bridge with both systems far away against both near, on this machine only.')
  .option('--delay <ms>', 'of each way; a round trip is twice that', wholeNumber, 100)
  .option('--loss <percent>', 'segments that are lost and sent again', wholeNumber, 1)
  .option('--leads <number>', 'how many leads are changed in a burst', wholeNumber)
  .option('--quick', 'a few changes: whether it works, not how fast it is')
  .option('--json', 'print one line of JSON after the table')
  .option('--profile <folder>', 'write a CPU profile of each run of the bridge into this folder')
  .option('--log <file>', "append the bridge's log to this file")
  .addOption(new Option('--store <kind>', 'what keeps the store of the bridge').choices(STORES).default('sqlite'))
  .parse()
  .opts<Options>();

interface Options {
  delay: number;
  loss: number;
  leads?: number;
  quick?: boolean;
  json?: boolean;
  profile?: string;
  log?: string;
  store: Store;
}

const size = options.quick ? QUICK : FULL;
const n = { ...size, leads: options.leads ?? size.leads };
const say = (text: string): void => void process.stderr.write(`${text}\n`);
let system: System | undefined;
endInTime(LONGEST_MS, () => system?.stop());

type Place = (typeof PLACES)[number];
interface Carried {
  place: Place;
  direction: Direction;
  singles: Sent;
  bursts: Sent[];
}
interface Measured {
  perSecond: number;
  ms: Spread;
}

try {
  const load = loadavg()[0] ?? 0;
  say('Starting the org, Sellfire, the proxies and the bridge …');
  system = await startSystem({ ...options, isFar: true });
  const { org: address, sellfire, bridge } = system;
  const org = createOrgClient(address);
  const dialer = createDialerClient(sellfire);
  await mapFields(await org.connection(), '');
  await bridge.start();
  await quiet(bridge);
  const { leads } = await createLinkedLeads(org, dialer, n.leads);
  await quiet(bridge);
  const parties = { org, dialer, bridge, leads };

  const carried: Carried[] = [];
  // A field that changes hands again and again is stopped as one that bounces: the rounds of a direction come together.
  for (const direction of DIRECTIONS)
    for (const place of PLACES) {
      say(`${place}, ${direction} …`);
      const isFar = place === 'far';
      await system.lengthen({ delayMs: isFar ? options.delay : 0, loss: isFar ? options.loss / 100 : 0 });
      const bursts: Sent[] = [];
      for (let round = 0; round < n.bursts; round += 1)
        bursts.push(await sendBurst(direction, `${place} ${round}`, parties));
      carried.push({
        place,
        direction,
        bursts,
        singles: await sendSingles(direction, n.singles, parties, `${place} `),
      });
      await quiet(bridge);
    }
  await bridge.stop();

  const last = carried.at(-1)?.singles.titles.at(-1) ?? '';
  const { committed } = await replay(address, org, last);
  const times: Times = { sellfire: await sellfireTimes(dialer), salesforce: committed };
  await Promise.all([org.close(), dialer.close()]);
  // What did not travel ends the benchmark here.
  const measured = (place: Place, direction: Direction): Measured => {
    const one = carried.find((some) => some.place === place && some.direction === direction);
    if (!one) throw new Error('It was not carried.');
    const values = delays(one.singles, times);
    const ms = { p50: percentile(values, 0.5), p99: percentile(values, 0.99), max: percentile(values, 1) };
    return { perSecond: median(one.bursts.map((burst) => rate(burst, times))), ms };
  };
  const figuresOf = (place: Place) => ({
    toSellfire: measured(place, 'toSellfire'),
    toSalesforce: measured(place, 'toSalesforce'),
  });
  const [near, far] = [figuresOf('near'), figuresOf('far')];
  const ratios = {
    toSellfirePerSecond: far.toSellfire.perSecond / near.toSellfire.perSecond,
    toSalesforcePerSecond: far.toSalesforce.perSecond / near.toSalesforce.perSecond,
  };
  const burst = (direction: Direction): string =>
    `near ${near[direction].perSecond.toFixed(0)}/s · far ${far[direction].perSecond.toFixed(0)}/s · ${ratios[`${direction}PerSecond`].toFixed(2)} times`;
  const single = (direction: Direction): string =>
    [near, far].map((one) => `${one[direction].ms.p50} / ${one[direction].ms.p99} ms`).join(' · ');
  print(
    {
      ...{ machine: describeMachine(load), n, network: { delayMs: options.delay, loss: options.loss / 100 } },
      near,
      far,
      ratios,
    },
    `both systems at a round trip of ${2 * options.delay} ms with ${options.loss} % of segments lost · store on ${options.store} · ${n.leads} linked leads, ${n.singles} single changes and ${n.bursts} bursts each way · nothing lost`,
    [
      ['Salesforce → Sellfire, burst', burst('toSellfire')],
      ['Sellfire → Salesforce, burst', burst('toSalesforce')],
      ['Salesforce → Sellfire, one change, p50 / p99', single('toSellfire')],
      ['Sellfire → Salesforce, one change, p50 / p99', single('toSalesforce')],
    ],
    options.json,
  );
} finally {
  await system?.stop();
}
process.exit();

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('A number from 0 to 9999 is expected.');
  return Number(text);
}
