// npm run bench:wide: what several processes on one PostgreSQL carry, against one of them.
//
// Salesforce and Sellfire answer each call late by a set time, as over the internet, and each process works on few keys at once: what
// binds is then what is under way, and not the cores of this machine, on which every part runs. The same changes are carried by one
// process, by two and by four, within one run: the ratio is what matters. They are received while the sync pauses, so that the clock
// measures the carrying alone.
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { sendControl } from '../../bridge/http/control.ts';
import { bridgeEnvironment } from '../../test/helpers/environment.ts';
import { mapFields } from '../../test/helpers/mappings.ts';
import { startPostgres } from '../../test/helpers/postgres.ts';
import { startCommand } from '../../test/helpers/startCommand.ts';
import { until } from '../../test/helpers/until.ts';
import { sellfireTimes, type Direction } from './changes.ts';
import { createDialerClient } from './dialer.ts';
import { createLinkedLeads, LOOK_MS, PATIENCE_MS, quiet } from './leads.ts';
import { createOrgClient } from './org.ts';
import { median } from './percentile.ts';
import { replay } from './subscriber.ts';
import { createBridge, end, firstLine, orgSchema, sellfireSchema, startProgram, type BridgeProcess } from './system.ts';

const LONGEST_MS = 540_000;

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('A number from 0 to 9999 is expected.');
  return Number(text);
}
const options = new Command('bench:wide')
  .description('Measures several processes on one PostgreSQL against one, on this machine only.')
  .option('--delay <ms>', 'by which every call to Salesforce and Sellfire is answered late', wholeNumber, 50)
  .option('--concurrency <keys>', 'keys that each process works on at once (CONCURRENCY)', wholeNumber, 25)
  .option('--leads <number>', 'how many leads are changed in a round', wholeNumber, 1_000)
  .option('--rounds <number>', 'rounds of each number of processes and direction', wholeNumber, 3)
  .option('--processes <list>', 'how many, one after the other', (text) => text.split(',').map(wholeNumber), [1, 2, 4])
  .option('--log <file>', "append the bridges' log to this file")
  .parse()
  .opts<{ delay: number; concurrency: number; leads: number; rounds: number; processes: number[]; log?: string }>();

const folder = mkdtempSync(join(tmpdir(), 'bench-wide-'));
const children: ChildProcess[] = [];
const say = (text: string): void => void process.stderr.write(`${text}\n`);
function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = startProgram(args, env, folder);
  children.push(child);
  return child;
}

const postgres = await startPostgres();
async function stop(why?: string): Promise<void> {
  if (why !== undefined) say(why);
  await Promise.all(children.map((child) => end(child, 'SIGKILL')));
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  if (why !== undefined) process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(`${signal}: stopping.`));
setTimeout(() => void stop(`Not finished within ${LONGEST_MS / 1000} s.`), LONGEST_MS).unref();

interface Round {
  processes: number;
  direction: Direction;
  titles: string[];
  /** When the sync went on, ms since the epoch. */
  began: number;
  /** CPU of all processes of the bridge meanwhile. */
  cpuMs: number;
  /** Part of the turns that the leader has handed over. */
  elsewhere: number;
}

try {
  const load = loadavg()[0] ?? 0;
  say('Starting the database, the org, Sellfire and a bridge …');
  const [address, sellfire] = await Promise.all([
    firstLine(start(['test/salesforce/main.ts', '--deploy', 'force-app']), orgSchema),
    firstLine(start(['test/sellfire/main.ts', '--leads', '0']), sellfireSchema),
  ]);
  const org = createOrgClient(address);
  const dialer = createDialerClient(sellfire);
  await mapFields(await org.connection(), '');
  const env = {
    ...{ PORT: '0', PROBE_PORT: '0', DATA_DIR: folder, DATABASE_URL: await postgres.schema(), START_SYNC: 'true' },
    ...bridgeEnvironment(address, address.users.integration, sellfire),
    CONCURRENCY: String(options.concurrency),
  };
  const bridges: BridgeProcess[] = [];
  async function addBridge(): Promise<BridgeProcess> {
    const bridge = createBridge(() => {
      const child = start(startCommand(), env);
      if (options.log !== undefined) child.stdout?.pipe(createWriteStream(options.log, { flags: 'a' }));
      return child;
    });
    await bridge.start();
    bridges.push(bridge);
    return bridge;
  }
  const leader = await addBridge();
  await quiet(leader);
  say(`Creating ${options.leads} linked leads …`);
  const { leads } = await createLinkedLeads(org, dialer, options.leads);
  await quiet(leader);
  const { orgId } = await org.session.token();

  const control = async (state: 'Paused' | 'Running'): Promise<void> => {
    const answer = await sendControl(leader.url(), env.SELLFIRE_WEBHOOK_SECRET, orgId, state);
    if (!answer.ok) throw new Error(`${state}: ${await answer.text()}`);
  };
  const delayed = async (ms: number): Promise<void> => {
    const send = async (url: string, init: RequestInit): Promise<void> => {
      const answer = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
      if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    };
    const slow = JSON.stringify({ kind: 'slow', ms, times: null });
    await send(`${address.restUrl}/_local/faults`, { method: 'DELETE' });
    if (ms > 0) await send(`${address.restUrl}/_local/faults`, { method: 'POST', body: slow });
    await send(`${sellfire.url}/_local/faults`, { method: 'POST', body: JSON.stringify({ latency_ms: ms }) });
  };
  const sum = async (name: string): Promise<number> =>
    (await Promise.all(bridges.map((one) => one.metric(name)))).reduce((all, one) => all + one, 0);
  const handed = async (): Promise<number> => {
    const text = await (await fetch(`${leader.url()}/metrics`)).text();
    return Number(/^turns_total\{.*run="elsewhere".*\} (\d+)/m.exec(text)?.[1] ?? 0);
  };

  async function carry(processes: number, direction: Direction, round: number): Promise<Round> {
    const title = (index: number): string => `wide ${processes} ${direction} ${round} ${index}`;
    const titles = leads.map((_, index) => title(index));
    await control('Paused');
    if (direction === 'toSellfire')
      await org.update(leads.map(({ recordId }, index) => ({ Id: recordId, Title: title(index) })));
    else await dialer.edit(leads.map(({ leadId }, index) => ({ leadId, title: title(index) })));
    await until(
      'all is received',
      async () => (await leader.metric('inbox_pending')) >= leads.length,
      PATIENCE_MS,
      LOOK_MS,
    );
    await delayed(options.delay);
    const cpuBefore = await sum('process_cpu_seconds_total');
    const [turnsBefore, handedBefore] = [await leader.metric('turns_total'), await handed()];
    const before = await dialer.end();
    const began = Date.now();
    await control('Running');
    await until(
      'all is carried',
      async () =>
        direction === 'toSellfire'
          ? (await dialer.end()) - before >= leads.length
          : (await org.count(`Title LIKE 'wide ${processes} ${direction} ${round} %'`)) >= leads.length,
      PATIENCE_MS,
      250,
    );
    await delayed(0);
    await quiet(leader);
    const cpuMs = ((await sum('process_cpu_seconds_total')) - cpuBefore) * 1000;
    const elsewhere = ((await handed()) - handedBefore) / ((await leader.metric('turns_total')) - turnsBefore);
    return { processes, direction, titles, began, cpuMs, elsewhere };
  }

  const rounds: Round[] = [];
  for (const processes of options.processes) {
    while (bridges.length < processes) await addBridge();
    await until(
      `${processes - 1} work for the leader`,
      async () => (await leader.metric('worker_processes')) === processes - 1,
      PATIENCE_MS,
    );
    // The first round of each is not counted: processes sign in and compile what they run.
    // A field that changes hands again and again is stopped as one that bounces: the rounds of a direction come together.
    for (const direction of ['toSellfire', 'toSalesforce'] as const)
      for (let round = 0; round <= options.rounds; round += 1) {
        say(`${processes} process${processes === 1 ? '' : 'es'} ${direction}, round ${round} …`);
        const carried = await carry(processes, direction, round);
        if (round > 0) rounds.push(carried);
      }
  }
  const { committed } = await replay(address, org, rounds.at(-1)?.titles.at(-1) ?? '');
  const inSellfire = await sellfireTimes(dialer);
  const rateOf = ({ direction, titles, began }: Round): number => {
    const times = direction === 'toSellfire' ? inSellfire : committed;
    const last = Math.max(...titles.map((title) => times.get(title) ?? Number.NaN));
    return (titles.length / (last - began)) * 1000;
  };
  const of = (processes: number, direction: Direction): Round[] =>
    rounds.filter((one) => one.processes === processes && one.direction === direction);
  const rate = (processes: number, direction: Direction): number => median(of(processes, direction).map(rateOf));
  const line = (processes: number): string => {
    const cells = (['toSellfire', 'toSalesforce'] as const).flatMap((direction) => {
      const some = of(processes, direction);
      const one = rate(processes, direction);
      const cpu = median(some.map(({ cpuMs, titles }) => cpuMs / titles.length));
      const elsewhere = median(some.map((round) => round.elsewhere));
      return [
        `${one.toFixed(0)}/s, ${(one / rate(options.processes[0] ?? 1, direction)).toFixed(2)} times`,
        `${cpu.toFixed(2)} ms`,
        `${(elsewhere * 100).toFixed(0)} %`,
      ];
    });
    return `| ${processes} | ${cells.join(' | ')} |\n`;
  };
  process.stdout.write(
    [
      `${availableParallelism()} cores, load ${load.toFixed(1)} before; every call answered ${options.delay} ms late, CONCURRENCY ${options.concurrency}, ${options.leads} leads, median of ${options.rounds} rounds.\n\n`,
      '| processes | to Sellfire | CPU a change | handed over | to Salesforce | CPU a change | handed over |\n',
      '| --- | --- | --- | --- | --- | --- | --- |\n',
      ...options.processes.map(line),
    ].join(''),
  );
  await Promise.all([org.close(), dialer.close()]);
} finally {
  await stop();
}
process.exit(0);
