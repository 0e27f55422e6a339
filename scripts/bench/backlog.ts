// npm run bench:backlog: what a backlog costs. One side stands still as a peer does whose machine hangs, the other side makes
// changes, and the bridge keeps them; then the side that stood still goes on. The memory of the bridge over time is the figure.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mapFields } from '../../test/helpers/mappings.ts';
import { createDialerClient, type DialerClient } from './dialer.ts';
import { describeMachine, machineLine } from './figures.ts';
import { endInTime } from './guard.ts';
import { createLinkedLeads, quiet, type LinkedLead } from './leads.ts';
import { createOrgClient, type OrgClient } from './org.ts';
import { startSystem, STORES, type BridgeProcess, type Store, type System } from './system.ts';

const MIB = 2 ** 20;
/** Between two looks: a burst of a second shows in the peak, which the system keeps. */
const LOOK_MS = 500;
/** How long nothing may come in until all has: a change is under way for some ms. */
const STILL_LOOKS = 10;
/** Given to the memory to go back once nothing is left to do. */
const REST_MS = 30_000;
/** Calls in flight: as many as the bridge has. */
const COLLECTIONS_AT_ONCE = 5;

const options = new Command('backlog')
  .description('Measures the memory of the bridge while changes wait for a side that stands still.')
  .option('--changes <number>', 'how many changes wait', wholeNumber, 100_000)
  .option('--leads <number>', 'of how many leads', wholeNumber, 2_000)
  .addOption(
    new Option('--still <side>', 'which side stands still').choices(['sellfire', 'salesforce']).default('sellfire'),
  )
  .addOption(new Option('--store <kind>', 'what keeps the store of the bridge').choices(STORES).default('sqlite'))
  .option('--log <file>', "append the bridge's log to this file")
  .parse()
  .opts<{ changes: number; leads: number; still: 'sellfire' | 'salesforce'; store: Store; log?: string }>();

/** Longer than the slowest machine needs for it, so that what hangs ends. */
const LONGEST_MS = 600_000 + options.changes * 10;

let system: System | undefined;
endInTime(LONGEST_MS, () => system?.stop());

/** What is looked at again and again, as the rows of the table. */
class Watch {
  readonly #bridge: BridgeProcess;
  readonly #began = performance.now();

  constructor(bridge: BridgeProcess) {
    this.#bridge = bridge;
  }

  /** Prints a row. @returns what waits */
  async row(what: string): Promise<number> {
    const waiting = await this.#bridge.metric('inbox_pending');
    const heap = await this.#bridge.metric('nodejs_heap_size_used_bytes');
    const { memory = 0, peak = 0 } = this.#bridge.memory();
    const seconds = (performance.now() - this.#began) / 1000;
    const cells = [seconds.toFixed(0), waiting.toLocaleString('en'), ...[memory, peak, heap].map(mib)];
    process.stdout.write(`| ${what} | ${cells.join(' | ')} |\n`);
    return waiting;
  }
}

try {
  const load = loadavg()[0] ?? 0;
  system = await startSystem(options);
  await measure(system, load);
} finally {
  await system?.stop();
}

async function measure({ org: address, sellfire, bridge, pause }: System, load: number): Promise<void> {
  const org = createOrgClient(address);
  const dialer = createDialerClient(sellfire);
  await mapFields(await org.connection(), '');
  await bridge.start();
  const { leads } = await createLinkedLeads(org, dialer, options.leads);
  await quiet(bridge);
  process.stdout.write(
    `${machineLine(describeMachine(load))}\n${options.changes.toLocaleString('en')} changes of ${options.leads.toLocaleString('en')} leads while ${options.still} stands still · store on ${options.store}\n\n` +
      '| moment | s | waiting | memory, MiB | its peak | heap in use |\n| --- | ---: | ---: | ---: | ---: | ---: |\n',
  );
  const watch = new Watch(bridge);
  await watch.row('before');
  const goOn = pause(options.still);
  await makeChanges(org, dialer, leads, watch);
  await arrive(watch);
  goOn();
  await drain(watch);
  await sleep(REST_MS);
  await watch.row('at rest');
  const wrong = await differing(org, dialer, leads);
  process.stdout.write(`\n${wrong === 0 ? 'Every lead' : `All but ${wrong} leads`} got the last of its changes.\n`);
  if (wrong > 0) process.exitCode = 1;
  await Promise.all([org.close(), dialer.close()]);
}

/** The title of a lead in a round: what each change makes. */
function titleIn(round: number, index: number): string {
  return `waits ${round} ${index}`;
}
function rounds(): number {
  return Math.ceil(options.changes / options.leads);
}

async function makeChanges(
  org: OrgClient,
  dialer: DialerClient,
  leads: readonly LinkedLead[],
  watch: Watch,
): Promise<void> {
  const tenth = Math.max(1, Math.floor(rounds() / 10));
  for (let round = 0; round < rounds(); round += 1) {
    if (options.still === 'sellfire')
      await org.update(
        leads.map(({ recordId }, index) => ({ Id: recordId, Title: titleIn(round, index) })),
        COLLECTIONS_AT_ONCE,
      );
    else
      await dialer.edit(
        leads.map(({ leadId }, index) => ({ leadId, title: titleIn(round, index) })),
        COLLECTIONS_AT_ONCE,
      );
    const made = (round + 1) * leads.length;
    if ((round + 1) % tenth === 0) await watch.row(`${made.toLocaleString('en')} made`);
  }
}

/** Until no more come in. */
async function arrive(watch: Watch): Promise<void> {
  const step = options.changes / 10;
  let waiting = -1;
  let shown = 0;
  for (let looks = 0; looks < STILL_LOOKS;) {
    await sleep(LOOK_MS);
    const now = (await system?.bridge.metric('inbox_pending')) ?? 0;
    looks = now === waiting ? looks + 1 : 0;
    waiting = now;
    if (waiting >= shown + step) shown = await watch.row('come in');
  }
  await watch.row('all wait');
}

/** Until nothing waits. */
async function drain(watch: Watch): Promise<void> {
  let shown = await watch.row('goes on');
  const step = shown / 10;
  for (let waiting = shown; waiting > 0;) {
    await sleep(LOOK_MS);
    waiting = (await system?.bridge.metric('inbox_pending')) ?? 0;
    if (waiting > shown - step) continue;
    shown = await watch.row('drains');
  }
  await watch.row('done');
}

/** How many leads do not have the last change in either system. */
async function differing(org: OrgClient, dialer: DialerClient, leads: readonly LinkedLead[]): Promise<number> {
  const last = rounds() - 1;
  if (options.still === 'salesforce') return leads.length - (await org.count(`Title LIKE 'waits ${last} %'`));
  const titles = new Map<string, unknown>();
  for (const { lead, changes } of await dialer.events(0))
    if (lead && changes['title']) titles.set(lead.id, changes['title'].to);
  return leads.filter(({ leadId }, index) => titles.get(leadId) !== titleIn(last, index)).length;
}

function mib(bytes: number): string {
  return Math.round(bytes / MIB).toLocaleString('en');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 9999999 is expected.');
  return Number(text);
}
