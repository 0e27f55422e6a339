// npm run bench:orgs: what one org's flood costs another one of the same deployment, and what each connection costs the machine.
//
// Two connections, each between a local org and a local Sellfire in processes of their own. A single change of the calm one is timed
// while the other one is quiet and while it is flooded, within one run: the ratio is what matters. All parts share the cores of this
// machine, those that stand in for Salesforce and Sellfire included.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { run } from '../../bridge/cli.ts';
import { bridgeEnvironment } from '../../test/helpers/environment.ts';
import { mapFields } from '../../test/helpers/mappings.ts';
import { freePort } from '../../test/helpers/stack.ts';
import { startCommand } from '../../test/helpers/startCommand.ts';
import { until } from '../../test/helpers/until.ts';
import { delays, sellfireTimes, sendSingles, type Direction, type Sent, type Times } from './changes.ts';
import { createDialerClient, type DialerClient } from './dialer.ts';
import { createLinkedLeads, PATIENCE_MS, type LinkedLead } from './leads.ts';
import { median, percentile } from './percentile.ts';
import { createOrgClient, type OrgClient } from './org.ts';
import { replay } from './subscriber.ts';
import { end, firstLine, orgSchema, sellfireSchema, startProgram, type OrgAddress } from './system.ts';

const SINGLES = 100;
const FLOOD_LEADS = 1_000;
const CALM_LEADS = 50;
/** Between two loads of the flood: more arrive than the bridge carries. */
const FLOOD_PAUSE_MS = 400;
const LONGEST_MS = 300_000;
const REST_MS = 10_000;

const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'bench-orgs-'));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = startProgram(args, env, folder);
  children.push(child);
  return child;
}

interface Side {
  name: string;
  address: OrgAddress;
  org: OrgClient;
  dialer: DialerClient;
  variables: Record<string, string>;
}

async function startSide(name: string, orgId: string): Promise<Side> {
  const [address, sellfire] = await Promise.all([
    firstLine(start(['test/salesforce/main.ts', '--org-id', orgId, '--deploy', 'force-app']), orgSchema),
    firstLine(start(['test/sellfire/main.ts', '--leads', '0']), sellfireSchema),
  ]);
  const org = createOrgClient(address);
  await mapFields(await org.connection(), '');
  const { SECRET_KEY: _, ...own } = bridgeEnvironment(address, address.users.integration, sellfire);
  return { name, address, org, dialer: createDialerClient(sellfire), variables: { ...own, START_SYNC: 'true' } };
}

const startedSchema = z.object({ event: z.literal('deployment_started') });
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const env = {
  PORT: String(port),
  PROBE_PORT: String(port),
  PUBLIC_URL: url,
  DATA_DIR: folder,
  SECRET_KEY: randomBytes(32).toString('base64'),
};

async function add({ name, variables }: Side): Promise<void> {
  const file = join(folder, `${name}.env`);
  writeFileSync(
    file,
    Object.entries(variables)
      .map(([key, value]) => `${key}="${value}"\n`)
      .join(''),
    { mode: 0o600 },
  );
  const code = await run(['connections', 'add', name, '--env-file', file], { env, out: () => undefined, err: say });
  if (code !== 0) throw new Error(`${name} was not added.`);
  await until(`${name} is ready`, async () => (await fetch(`${url}/health/connections/${name}`)).ok, PATIENCE_MS, 50);
}

/** @returns the sum of a metric over the samples of a connection */
async function metric(name: string, connection: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics/${connection}`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function rested(connection: string): Promise<void> {
  const waiting = async (): Promise<number> =>
    (await metric('inbox_pending', connection)) + (await metric('reports_pending', connection));
  await until(`${connection} has nothing to do`, async () => (await waiting()) === 0, PATIENCE_MS, 250);
}

/** Loads again and again what is more than the bridge carries, until it is told to end. */
async function flood({ org }: Side, leads: readonly LinkedLead[], signal: AbortSignal): Promise<void> {
  for (let load = 0; !signal.aborted; load += 1) {
    await org.update(leads.map(({ recordId }, index) => ({ Id: recordId, Title: `flood ${load} ${index}` })));
    await sleep(FLOOD_PAUSE_MS);
  }
}

/** MiB: in memory now, and what of it no other process shares. */
function memoryOf(pid: number | string | undefined): { resident: number; own: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const sum = (names: RegExp): number =>
    [...text.matchAll(names)].reduce((all, [, kilobytes]) => all + Number(kilobytes), 0) / 1024;
  return { resident: sum(/^Rss:\s+(\d+) kB/gm), own: sum(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm) };
}

/** The processes of the connections, in the order in which they were added. */
const childrenOf = (pid: number | undefined): string[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
const inWords = ({ resident, own }: ReturnType<typeof memoryOf>): string =>
  `${resident.toFixed(0)} MiB, ${own.toFixed(0)} MiB of them its own alone`;

async function stop(why?: string): Promise<void> {
  if (why !== undefined) say(why);
  await Promise.all(children.map((child) => end(child, 'SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
  if (why !== undefined) process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(`${signal}: stopping.`));
setTimeout(() => void stop(`Not finished within ${LONGEST_MS / 1000} s.`), LONGEST_MS).unref();

try {
  const load = loadavg()[0] ?? 0;
  say('Starting two orgs, two Sellfires and a deployment …');
  const [calm, loud] = await Promise.all([startSide('calm', '00DSF00000000C1'), startSide('loud', '00DSF00000000L1')]);
  const deployment = start(startCommand(['connections', 'start']), env);
  await firstLine(deployment, startedSchema);
  for (const side of [calm, loud]) await add(side);
  const [calmPid, loudPid] = childrenOf(deployment.pid);
  const idle = memoryOf(calmPid);

  say('Creating linked leads …');
  const calmLeads = await createLinkedLeads(calm.org, calm.dialer, CALM_LEADS);
  const loudLeads = await createLinkedLeads(loud.org, loud.dialer, FLOOD_LEADS);
  await Promise.all([rested('calm'), rested('loud')]);
  const cpuBefore = await metric('process_cpu_seconds_total', 'calm');
  await sleep(REST_MS);
  const restingCpu = ((await metric('process_cpu_seconds_total', 'calm')) - cpuBefore) / (REST_MS / 1000);

  const singles = async (direction: Direction, round: string): Promise<Sent> => {
    say(`Single changes ${direction}, ${round} …`);
    return sendSingles(direction, SINGLES, { ...calm, leads: calmLeads.leads }, `${round} `);
  };
  const quietOut = await singles('toSellfire', 'quiet');
  const quietBack = await singles('toSalesforce', 'quiet');
  const flooding = new AbortController();
  const flooded = flood(loud, loudLeads.leads, flooding.signal);
  await until('the loud one has work', async () => (await metric('inbox_pending', 'loud')) > 0, PATIENCE_MS);
  const loudOut = await singles('toSellfire', 'beside a flood');
  const loudBack = await singles('toSalesforce', 'beside a flood');
  const pending = await metric('inbox_pending', 'loud');
  const busy = memoryOf(loudPid);
  flooding.abort();
  await flooded;

  const lastTitle = loudBack.titles.at(-1) ?? '';
  const { committed } = await replay(calm.address, calm.org, lastTitle);
  const times: Times = { sellfire: await sellfireTimes(calm.dialer), salesforce: committed };
  const row = (name: string, quiet: Sent, beside: Sent): string => {
    const [q, b] = [delays(quiet, times), delays(beside, times)];
    const ms = (values: number[]): string => `${median(values)} / ${percentile(values, 0.99)} ms`;
    const ratio = (share: number): string => (percentile(b, share) / percentile(q, share)).toFixed(1);
    return `| ${name} | ${ms(q)} | ${ms(b)} | ${ratio(0.5)} / ${ratio(0.99)} |\n`;
  };
  process.stdout.write(
    [
      `${availableParallelism()} cores, load ${load.toFixed(1)} before; ${pending} changes of the flood waited at its end.\n\n`,
      '| one change of the calm connection, p50 / p99 | the other one quiet | the other one flooded | ratio |\n| --- | --- | --- | --- |\n',
      row('Salesforce → Sellfire', quietOut, loudOut),
      row('Sellfire → Salesforce', quietBack, loudBack),
      `\nMemory: the process of the deployment ${inWords(memoryOf(deployment.pid))}; a connection that was just added ${inWords(idle)}; the flooded one ${inWords(busy)}.\nA connection at rest uses ${(restingCpu * 100).toFixed(1)} % of a core.\n`,
    ].join(''),
  );
  await Promise.all([calm, loud].flatMap(({ org, dialer }) => [org.close(), dialer.close()]));
} finally {
  await stop();
}
process.exit(0);
