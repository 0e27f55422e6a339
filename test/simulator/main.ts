// The command line of the simulator: plays one seed after the other, stops at the first history that breaks an
// invariant, shrinks it and prints it. `npm run simulate -- --seeds 1000000 --from 0`
import { Command, InvalidArgumentError } from 'commander';
import { drawHistory, play } from './history.ts';
import { kindOf, shrink } from './shrink.ts';
import { failureReport } from './failureReport.ts';

/** A count on the command line. */
function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It is a whole number.');
  return number;
}

const { seeds, from, quiet } = new Command('simulate')
  .description('Plays drawn histories of both systems with the real core between them, and checks what has to hold.')
  .option('--seeds <count>', 'how many histories', whole, 1_000)
  .option('--from <seed>', 'the first seed', whole, 0)
  .option('--quiet', 'print only the seed that fails and its problems, without a shrunk history')
  .parse()
  .opts<{ seeds: number; from: number; quiet?: boolean }>();

/** Seeds between two lines of progress on a terminal. */
const EVERY = 100;

for (let seed = from; seed < from + seeds; seed += 1) {
  const history = drawHistory(seed);
  const { problems } = await play(history);
  const [problem] = problems;
  if (problem !== undefined) {
    process.stdout.write(`Seed ${seed}: ${problem}\n`);
    if (!quiet) {
      const small = await shrink(history, kindOf(problem));
      process.stdout.write(`\n${await failureReport(small.history)}`);
    }
    process.exit(1);
  }
  const done = seed - from + 1;
  if (process.stdout.isTTY && done % EVERY === 0) process.stdout.write(`\r${done} of ${seeds} histories hold`);
}
process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${seeds} histories hold, from seed ${from} on.\n`);
