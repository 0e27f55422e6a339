// npm run bench:load: more Leads by a data load than the org delivers events in a day. The bridge changes over to asking the org by
// itself; how long each Lead is on its way, and that none is lost or doubled, are the figures.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mapFields } from '../../test/helpers/mappings.ts';
import { createDialerClient, type DialerClient } from './dialer.ts';
import { describeMachine, machineLine } from './figures.ts';
import { endInTime } from './guard.ts';
import { createOrgClient, type OrgClient } from './org.ts';
import { startSystem, STORES, type Store, type System } from './system.ts';

const MIB = 2 ** 20;
const LOOK_MS = 1_000;
/** The org is asked each minute once it delivers no events; two that bring nothing end the wait. */
const STILL_MS = 150_000;

/** North American areas whose numbers of one exchange are taken; each has ten thousand. */
const AREAS = ['312', '212', '415', '303', '512', '617', '206', '305', '702', '404'];
const NUMBERS = 10_000;

const options = new Command('load')
  .description('Loads more Leads into the org than it delivers events for, and waits until all are in Sellfire.')
  .option('--leads <number>', 'how many Leads are loaded', wholeNumber, 40_000)
  .option('--events <number>', 'how many events the org delivers', wholeNumber, 25_000)
  .addOption(new Option('--store <kind>', 'what keeps the store of the bridge').choices(STORES).default('sqlite'))
  .option('--log <file>', "append the bridge's log to this file")
  .parse()
  .opts<{ leads: number; events: number; store: Store; log?: string }>();

/** Longer than the slowest machine needs for it, so that what hangs ends. */
const LONGEST_MS = 900_000 + options.leads * 10;

let system: System | undefined;
endInTime(LONGEST_MS, () => system?.stop());

try {
  const load = loadavg()[0] ?? 0;
  system = await startSystem({ ...options, deliveredEvents: options.events });
  await measure(system, load);
} finally {
  await system?.stop();
}

async function measure({ org: address, sellfire, bridge }: System, load: number): Promise<void> {
  const org = createOrgClient(address);
  const dialer = createDialerClient(sellfire);
  await mapFields(await org.connection(), '');
  await bridge.start();
  process.stdout.write(
    `${machineLine(describeMachine(load))}\n${options.leads.toLocaleString('en')} Leads by a data load, ${options.events.toLocaleString('en')} events delivered · store on ${options.store}\n\n` +
      '| s | leads in Sellfire | waiting | memory, MiB | its peak | calls |\n| ---: | ---: | ---: | ---: | ---: | ---: |\n',
  );
  const began = performance.now();
  const callsBefore = await org.callsOfOthers();
  const row = async (): Promise<number> => {
    const there = await dialer.end();
    const { memory = 0, peak = 0 } = bridge.memory();
    const waiting = await bridge.metric('inbox_pending');
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const calls = (await org.callsOfOthers()) - callsBefore;
    const cells = [there, waiting, Math.round(memory / MIB), Math.round(peak / MIB), calls];
    process.stdout.write(`| ${[seconds, ...cells.map((cell) => cell.toLocaleString('en'))].join(' | ')} |\n`);
    return there;
  };
  await org.create(Array.from({ length: options.leads }, (_, index) => leadOf(index)));
  await row();
  let shown = 0;
  let seen = 0;
  for (let since = performance.now(); seen < options.leads && performance.now() - since < STILL_MS;) {
    await sleep(LOOK_MS);
    const now = await dialer.end();
    if (now > seen) since = performance.now();
    seen = now;
    if (now < shown + options.leads / 10) continue;
    shown = await row();
  }
  await row();
  process.exitCode = (await isWhole(org, dialer)) ? 0 : 1;
  await Promise.all([org.close(), dialer.close()]);
}

/** Whether there is one lead for each Lead, and each Lead knows it. */
async function isWhole(org: OrgClient, dialer: DialerClient): Promise<boolean> {
  const created = (await dialer.events(0)).filter(({ type }) => type === 'lead.created');
  const records = new Set(created.map(({ lead }) => lead?.salesforce.lead_id));
  const linked = await org.count('Sellfire_Lead_Id__c != null');
  process.stdout.write(
    `\n${created.length} leads of ${records.size} Leads were made, and ${linked} Leads know theirs: ${options.leads} of each are right.\n`,
  );
  return [created.length, records.size, linked].every((count) => count === options.leads);
}

function leadOf(index: number): Record<string, string> {
  const area = AREAS[Math.floor(index / NUMBERS)];
  if (area === undefined) throw new Error(`There are numbers for ${AREAS.length * NUMBERS} Leads.`);
  return {
    FirstName: 'Load',
    LastName: `Lead ${index}`,
    Company: `Company ${index}`,
    Phone: `+1${area}234${String(index % NUMBERS).padStart(4, '0')}`,
    Title: `loaded ${index}`,
  };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 999999 is expected.');
  return Number(text);
}
