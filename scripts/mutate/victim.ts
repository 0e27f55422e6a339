// The process in which a mutant is played: prints what the histories show as one line of JSON. Seeds before the swarm and in it
// take turns, since each finds what the other does not.
import { drawHistory, play } from '../../test/simulator/history.ts';
import { SWARM_FROM } from '../../test/simulator/swarm.ts';

const most = Number(process.argv[2]);
let histories = 0;
let problem: string | undefined;
while (histories < most && problem === undefined) {
  const seed = Math.floor(histories / 2) + (histories % 2 === 0 ? 0 : SWARM_FROM);
  [problem] = (await play(drawHistory(seed))).problems;
  histories += 1;
}
process.stdout.write(`${JSON.stringify({ histories, problem: problem?.split('\n')[0] })}\n`);
