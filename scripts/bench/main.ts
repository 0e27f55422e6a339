// npm run bench: how fast the bridge is, with the local org and the local Sellfire, through the real protocols.
//
// A single change is timed from its commit in the one system to its commit in the other by what the systems themselves say:
// commitTimestamp of the org's change event, occurred_at of Sellfire's feed (both of one clock, in ms). How often the
// benchmark looks does not enter into it.
import { loadavg } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mapFields } from '../../test/helpers/mappings.ts';
import { delays, rate, sellfireTimes, sendBurst, sendSingles, type Sent, type Times } from './changes.ts';
import { createDialerClient } from './dialer.ts';
import { describeMachine, table, type Figures, type Spread } from './figures.ts';
import { endInTime } from './guard.ts';
import { createLinkedLeads, quiet } from './leads.ts';
import { median, percentile } from './percentile.ts';
import { createOrgClient } from './org.ts';
import { replay } from './subscriber.ts';
import { startSystem, STORES, type Store, type System } from './system.ts';

const FULL = { leads: 2_000, singles: 200, bursts: 3, starts: 5 };
const QUICK = { leads: 400, singles: 40, bursts: 1, starts: 1 };
/** Twice what it takes on a quiet machine: longer is a hang, and must not be left running. */
const LONGEST_MS = 240_000;
/** Calls in flight of the bare loops: as many as the bridge has. */
const AT_ONCE = 5;

const options = new Command('bench')
  .description('Measures the bridge against the local org and the local Sellfire, on this machine only.')
  .option('--quick', 'a fifth of everything: whether it works, not how fast it is')
  .option('--leads <number>', 'how many leads are linked and changed in a burst', wholeNumber)
  .option('--json', 'print one line of JSON after the table')
  .option('--profile <folder>', 'write a CPU profile of each run of the bridge into this folder')
  .option('--log <file>', "append the bridge's log to this file")
  .addOption(new Option('--store <kind>', 'what keeps the store of the bridge').choices(STORES).default('sqlite'))
  .parse()
  .opts<{ quick?: boolean; json?: boolean; leads?: number; profile?: string; log?: string; store: Store }>();

const size = options.quick ? QUICK : FULL;
const n = { ...size, leads: options.leads ?? size.leads };
const say = (text: string): void => void process.stderr.write(`${text}\n`);

let system: System | undefined;
endInTime(LONGEST_MS, () => system?.stop());

try {
  const load = loadavg()[0] ?? 0;
  say('Starting the org, Sellfire and the bridge …');
  system = await startSystem(options);
  const figures = await measure(system, load);
  process.stdout.write(table(figures));
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await system?.stop();
}

async function measure({ org: address, sellfire, bridge }: System, load: number): Promise<Figures> {
  const org = createOrgClient(address);
  const dialer = createDialerClient(sellfire);
  await mapFields(await org.connection(), '');
  const firstStartMs = await bridge.start();
  await quiet(bridge);

  say(`Creating ${n.leads} linked leads …`);
  const created = await createLinkedLeads(org, dialer, n.leads);
  await quiet(bridge);
  const parties = { org, dialer, bridge, leads: created.leads };

  say('Single changes …');
  const singlesOut = await sendSingles('toSellfire', n.singles, parties);
  const singlesBack = await sendSingles('toSalesforce', n.singles, parties);

  say('Bursts …');
  const out: Sent[] = [];
  const back: Sent[] = [];
  for (let round = 0; round < n.bursts; round += 1) {
    out.push(await sendBurst('toSellfire', round, parties));
    back.push(await sendBurst('toSalesforce', round, parties));
  }
  const { peak: peakMemory } = bridge.memory();

  say('Restarts …');
  const starts: number[] = [];
  for (let start = 0; start < n.starts; start += 1) {
    await bridge.stop();
    starts.push(await bridge.start());
  }
  await bridge.stop();

  say('The same without the bridge …');
  const lastOf = ({ titles }: Sent): string => titles.at(-1) ?? '';
  const times: Omit<Times, 'salesforce'> = { sellfire: await sellfireTimes(dialer) };
  const replayed = await replay(address, org, lastOf(back.at(-1) ?? singlesBack));
  const salesforceUpdates = await perSecond(() =>
    org.update(
      created.leads.map(({ recordId }, index) => ({ Id: recordId, Title: `bare ${index}` })),
      AT_ONCE,
    ),
  );
  const sellfireUpdates = await perSecond(() =>
    dialer.edit(
      created.leads.map(({ leadId }, index) => ({ leadId, title: `bare ${index}` })),
      AT_ONCE,
    ),
  );
  await Promise.all([org.close(), dialer.close()]);

  const both: Times = { ...times, salesforce: replayed.committed };
  const toSellfirePerSecond = median(out.map((sent) => rate(sent, both)));
  const toSalesforcePerSecond = median(back.map((sent) => rate(sent, both)));
  const decodedEvents = (replayed.events / replayed.ms) * 1000;
  return {
    machine: describeMachine(load),
    store: options.store,
    n,
    createdPerSecond: (n.leads / created.ms) * 1000,
    toSellfirePerSecond,
    toSalesforcePerSecond,
    toSellfireMs: spread(delays(singlesOut, both)),
    toSalesforceMs: spread(delays(singlesBack, both)),
    cpuMsPerChange: { toSellfire: cpuPerChange(out), toSalesforce: cpuPerChange(back) },
    peakMemoryBytes: peakMemory ?? null,
    firstStartMs,
    startMs: median(starts),
    apiCallsPerRecord: { toSellfire: callsPerRecord(out), toSalesforce: callsPerRecord(back) },
    bare: { salesforceUpdates, sellfireUpdates, decodedEvents },
    ratios: {
      toSalesforceToBareUpdates: toSalesforcePerSecond / salesforceUpdates,
      toSellfireToBareUpdates: toSellfirePerSecond / sellfireUpdates,
      toSellfireToBareSubscriber: toSellfirePerSecond / decodedEvents,
    },
  };
}

function callsPerRecord(bursts: readonly Sent[]): number {
  return Math.max(...bursts.map(({ apiCalls, titles }) => apiCalls / titles.length));
}

function cpuPerChange(bursts: readonly Sent[]): number {
  return median(bursts.map(({ cpuMs, titles }) => cpuMs / titles.length));
}

async function perSecond(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return (n.leads / (performance.now() - began)) * 1000;
}

function spread(values: number[]): Spread {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99), max: percentile(values, 1) };
}

/** At least one, and no more than there are phone numbers for them. */
function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 9999 is expected.');
  return Number(text);
}
