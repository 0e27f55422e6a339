// node scripts/bench/localOrg.ts: how fast the local org is by itself, so that nobody takes its limits for the bridge's.
//
// The org is a process of its own, and the figures are work for each second of its CPU time: the same on a quiet machine
// and on a busy one. The records are those of the benchmark, saved and received as the integration user, with its access enforced.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { describeMachine, machineLine } from './figures.ts';
import { median } from './percentile.ts';
import { createOrgClient, type OrgClient, type Row } from './org.ts';
import { replay } from './subscriber.ts';
import { end, firstLine, orgSchema, type OrgAddress } from './system.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CPU_TIME = new URL('cpuTime.ts', import.meta.url).href;
/** Calls in flight: as many as the bridge has. */
const AT_ONCE = 5;

const options = new Command('localOrg')
  .description('Measures the local org by itself, per second of its CPU time.')
  .option('--runs <number>', 'how often everything is measured, after a run to warm up', wholeNumber, 7)
  .option('--singles <number>', 'records of a run that are saved one a call', wholeNumber, 2_000)
  .option('--records <number>', 'records of a run that are saved in collections of 200', wholeNumber, 10_000)
  .option('--profile <folder>', "write a CPU profile of the org's process into this folder")
  .parse()
  .opts<{ runs: number; singles: number; records: number; profile?: string }>();

/** What was done, per CPU-second of the org. */
type Rates = Record<(typeof KINDS)[number], number>;
const KINDS = [
  'single records created',
  'single records updated',
  'collection records created',
  'collection records updated',
  'change events read',
] as const;

const load = loadavg()[0] ?? 0;
const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
const child = spawn(process.execPath, [...flags, '--import', CPU_TIME, 'test/salesforce/main.ts'], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
try {
  const address = await firstLine(child, orgSchema);
  const client = createOrgClient(address, address.users.integration);
  const runs: Rates[] = [];
  for (let run = 0; run <= options.runs; run += 1) {
    const rates = await measure(address, client, run);
    // The first run is the compiler's.
    if (run > 0) runs.push(rates);
  }
  await client.close();
  process.stdout.write(table(runs));
} finally {
  await end(child, 'SIGTERM');
}

async function measure(address: OrgAddress, client: OrgClient, run: number): Promise<Rates> {
  const few = leads(`single ${run}`, options.singles);
  const many = leads(`many ${run}`, options.records);
  let ids: string[] = [];
  const changed = (title: string): Row[] => ids.map((Id, index) => ({ Id, Title: `${title} ${run}.${index}` }));

  const createdOne = await perCpuSecond(few.length, async () => void (ids = await client.createEach(few, AT_ONCE)));
  const one = changed('one');
  const updatedOne = await perCpuSecond(one.length, () => client.updateEach(one, AT_ONCE));
  const created = await perCpuSecond(many.length, async () => void (ids = await client.create(many)));
  const all = changed('all');
  const updated = await perCpuSecond(all.length, () => client.update(all, AT_ONCE));
  // Calls in flight at the same time end in any order: one more change is certainly the last.
  const last = `end ${run}`;
  await client.update([{ Id: ids[0], Title: last }]);

  const before = await cpuSeconds(child);
  const { events } = await replay(address, client, last);
  const read = events / ((await cpuSeconds(child)) - before);
  return {
    'single records created': createdOne,
    'single records updated': updatedOne,
    'collection records created': created,
    'collection records updated': updated,
    'change events read': read,
  };
}

function leads(name: string, count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    FirstName: 'Bench',
    LastName: `${name} ${index}`,
    Company: `Company ${index}`,
    Phone: `+1312234${String(index).padStart(4, '0')}`,
    Title: `made ${index}`,
  }));
}

async function perCpuSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = await cpuSeconds(child);
  await work();
  return count / ((await cpuSeconds(child)) - before);
}

/** What the process has used so far, in its own code and in the system's. */
async function cpuSeconds(process: ChildProcess): Promise<number> {
  const answer = once(process, 'message');
  process.send('cpu');
  const [{ user, system }] = (await answer) as [NodeJS.CpuUsage];
  return (user + system) / 1e6;
}

function table(runs: readonly Rates[]): string {
  const whole = (value: number): string => Math.round(value).toLocaleString('en').padStart(9);
  const width = Math.max(...KINDS.map((kind) => kind.length));
  const rows = KINDS.map((kind) => {
    const rates = runs.map((rates) => rates[kind]);
    return `${kind.padEnd(width)} ${[Math.min(...rates), median(rates), Math.max(...rates)].map(whole).join('')}`;
  });
  return [
    machineLine(describeMachine(load)),
    `per CPU-second of the org's process · ${runs.length} runs of ${options.singles} single records and ${options.records} in collections`,
    '',
    `${''.padEnd(width)} ${['min', 'median', 'max'].map((name) => name.padStart(9)).join('')}`,
    ...rows,
    '',
  ].join('\n');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 99999 is expected.');
  return Number(text);
}
