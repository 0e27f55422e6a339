// The process in which a mutant is played: prints what the histories of the seeds in a file show as one line of JSON. It stops at the
// first that breaks.
import { readFileSync } from 'node:fs';
import { drawHistory, play } from '../../test/simulator/history.ts';

const seeds = readFileSync(process.argv[2] ?? '', 'utf8')
  .split(' ')
  .filter(Boolean)
  .map(Number);
let histories = 0;
let problem: string | undefined;
for (const seed of seeds) {
  [problem] = (await play(drawHistory(seed))).problems;
  histories += 1;
  if (problem !== undefined) break;
}
process.stdout.write(`${JSON.stringify({ histories, problem: problem?.split('\n')[0] })}\n`);
