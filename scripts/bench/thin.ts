// npm run bench:thin: the whole bridge against the most that any could do on this machine, the thin pipe, within one run. Both receive the same
// change events from the same org and send the same values to the same Sellfire; these only answer, as processes of their own.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { describeMachine } from './figures.ts';
import { endInTime } from './guard.ts';
import { quiet } from './leads.ts';
import { startLightSystem, type LightSystem } from './lightSystem.ts';
import { median } from './percentile.ts';
import { print } from './rows.ts';
import { end, firstLine } from './system.ts';

/** Twice what it takes on a quiet machine with two cores. */
const LONGEST_MS = 420_000;
/** Of either, until it has carried everything. */
const PATIENCE_MS = 180_000;
/** Changes of the round before, which is not counted: what runs is compiled. */
const WARM_UP = 2_000;

const CPU = 'process_cpu_seconds_total';

const options = new Command('bench:thin')
  .description('Measures the whole bridge against a pipe that only receives, decodes and sends, on this machine only.')
  .option('--changes <number>', 'change events of a round', wholeNumber, 100_000)
  .option('--rounds <number>', 'rounds of each', wholeNumber, 1)
  .option('--quick', 'a few changes: whether it works, not how fast it is')
  .option('--json', 'print one line of JSON after the table')
  .option('--profile <folder>', 'write a CPU profile of each run of the bridge into this folder')
  .option('--log <file>', "append the bridge's log to this file")
  .parse()
  .opts<{ changes: number; rounds: number; quick?: boolean; json?: boolean; profile?: string; log?: string }>();

const changes = options.quick ? WARM_UP : options.changes;
const patienceMs = options.quick ? 30_000 : PATIENCE_MS;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
let system: LightSystem | undefined;
endInTime(LONGEST_MS, () => system?.stop());

try {
  const load = loadavg()[0] ?? 0;
  say('Starting the peers and making a link …');
  system = await startLightSystem(options);
  const { peers, org, run } = system;
  const carry = async (title: string, count: number) =>
    peers.burst('toSellfire', { count, from: 0, of: changes, title }, patienceMs);

  say('The thin pipe …');
  const pipe = run(['scripts/bench/thinPipe.ts', JSON.stringify({ org, sellfire: peers.sellfire })]);
  await firstLine(pipe, z.object({ event: z.literal('subscribed') }));
  await carry('thin, not counted', Math.min(changes, WARM_UP));
  const thin: number[] = [];
  const thinCpu: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const before = cpuMs(pipe);
    thin.push((await carry(`thin ${round}`, changes)).perSecond);
    thinCpu.push((cpuMs(pipe) - before) / changes);
  }
  await end(pipe, 'SIGTERM');

  say(`Filling the store with ${changes} links …`);
  const bridge = await system.bridge(changes);
  await bridge.start();
  await quiet(bridge);
  await carry('whole, not counted', Math.min(changes, WARM_UP));
  await quiet(bridge);
  say('The whole bridge …');
  const whole: number[] = [];
  const cpu: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const before = (await bridge.metric(CPU)) * 1000;
    whole.push((await carry(`whole ${round}`, changes)).perSecond);
    await quiet(bridge);
    cpu.push(((await bridge.metric(CPU)) * 1000 - before) / changes);
  }
  const { peak } = bridge.memory();
  await bridge.stop();

  const figures = {
    ...{ machine: describeMachine(load), n: { changes, rounds: options.rounds } },
    thinPerSecond: median(thin),
    wholePerSecond: median(whole),
    cpuMsPerChange: { thin: median(thinCpu), whole: median(cpu) },
    peakMemoryBytes: peak ?? null,
    ratios: { wholeToThin: median(whole) / median(thin), thinToWholeCpu: median(thinCpu) / median(cpu) },
  };
  print(
    figures,
    `${changes.toLocaleString('en')} changes of as many leads, Salesforce → Sellfire, between peers that only answer · ${options.rounds} round${options.rounds === 1 ? '' : 's'}`,
    [
      ['the thin pipe', `${Math.round(figures.thinPerSecond).toLocaleString('en')} changes/s`],
      ['the whole bridge', `${Math.round(figures.wholePerSecond).toLocaleString('en')} changes/s`],
      ['whole / thin', figures.ratios.wholeToThin.toFixed(2)],
      [
        'CPU of a change',
        `thin ${median(thinCpu).toFixed(3)} ms · whole ${median(cpu).toFixed(3)} ms · thin / whole ${figures.ratios.thinToWholeCpu.toFixed(2)}`,
      ],
      ['peak memory of the bridge', peak === undefined ? 'not reported' : `${Math.round(peak / 2 ** 20)} MiB`],
    ],
    options.json,
  );
} finally {
  await system?.stop();
}
process.exit();

/** What the process has used so far, in all its threads: of Linux, in hundredths of a second; elsewhere it is not known. */
function cpuMs({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) * 10;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 9999999 is expected.');
  return Number(text);
}
