// The command line of the simulator: plays one seed after the other and counts what breaks an invariant by its kind, or
// makes the first history that breaks one small and prints it. `npm run simulate -- --seeds 1000000 --jobs 4`
import { Command, InvalidArgumentError } from 'commander';
import { failureReport } from './failureReport.ts';
import { drawHistory, play } from './history.ts';
import { matrixOf, Reached } from './matrix.ts';
import { throwWithoutStacks } from './player.ts';
import { playAll } from './players.ts';
import { kindOf, shrink } from './shrink.ts';
import { FEATURES } from './swarm.ts';
import { tableOf, type Break } from './breakCounts.ts';

/** A count on the command line. */
function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It is a whole number.');
  return number;
}

const options = new Command('simulate')
  .description('Plays drawn histories of both systems with the real core between them, and checks what has to hold.')
  .option('--seeds <count>', 'how many histories', whole, 1_000)
  .option('--from <seed>', 'the first seed', whole, 0)
  .option('--jobs <count>', 'how many processes play them', whole, 1)
  .option('--without <features>', 'features that no history has, with commas', (text: string) => text.split(','), [])
  .option('--storm', 'faults at any call up to the end, and only what is safe is checked')
  .option('--matrix', 'print which faults befell which operations, and which never did')
  .option('--shrink', 'stop at the first history that breaks, and print the smallest that breaks like it')
  .parse()
  .opts<{
    seeds: number;
    from: number;
    jobs: number;
    without: string[];
    storm?: boolean;
    matrix?: boolean;
    shrink?: boolean;
  }>();

const { seeds, from, jobs, without, storm = false } = options;
const unknown = without.filter((one) => !FEATURES.some(({ name }) => name === one));
if (unknown.length > 0) throw new Error(`There is no feature ${unknown.join(', ')}.`);
const broken = options.shrink ? await shrunk() : await counted();
if (!broken) process.stdout.write(`${seeds} histories hold, from seed ${from} on.\n`);
process.exitCode = broken ? 1 : 0;

async function shrunk(): Promise<boolean> {
  throwWithoutStacks();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const history = drawHistory(seed, without, storm);
    const [problem] = (await play(history)).problems;
    if (problem === undefined) continue;
    const small = await shrink(history, kindOf(problem));
    process.stdout.write(`Seed ${seed}: ${problem}\n\n${await failureReport(small.history)}`);
    return true;
  }
  return false;
}

async function counted(): Promise<boolean> {
  throwWithoutStacks();
  const breaks: Break[] = [];
  const reached = new Reached();
  let done = 0;
  // A run that is ended early says what it has found.
  process.once('SIGTERM', () => {
    process.stdout.write(`Ended after ${done} of ${seeds} histories, from seed ${from} on.\n`);
    if (breaks.length > 0) process.stdout.write(`${tableOf(breaks)}\n`);
    process.exit(1);
  });
  await playAll({ from, to: from + seeds, without, storm }, jobs, ({ breaks: found, range, hits }) => {
    breaks.push(...found);
    reached.addAll(hits);
    done += range.to - range.from;
    if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${seeds} histories, ${breaks.length} broken\r`);
  });
  if (options.matrix) process.stdout.write(`${matrixOf(reached.hits)}\n`);
  if (breaks.length === 0) return false;
  process.stdout.write(`${breaks.length} of ${seeds} histories break, from seed ${from} on:\n${tableOf(breaks)}\n`);
  return true;
}
