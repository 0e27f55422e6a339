// Spreads the seeds of a run over worker processes, or plays them in this one.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { playRange, type Played, type Range } from './player.ts';

/** Seeds that a worker is given at once: about a second of work, so that none waits long for the last. */
const AT_ONCE = 100;
const PLAYER = fileURLToPath(new URL('player.ts', import.meta.url));

/**
 * @param onPlayed called when a range was played
 * @throws Error when a worker process ends before its work
 */
export async function playAll(
  { from, to, without = [], storm = false }: Range,
  jobs: number,
  onPlayed: (played: Played) => void,
): Promise<void> {
  let next = from;
  const take = (): Range | undefined => {
    if (next >= to) return undefined;
    const range = { from: next, to: Math.min(next + AT_ONCE, to), without, storm };
    next = range.to;
    return range;
  };
  if (jobs > 1) await Promise.all(Array.from({ length: jobs }, () => playElsewhere(take, onPlayed)));
  else for (let range = take(); range; range = take()) onPlayed(await playRange(range));
}

function playElsewhere(take: () => Range | undefined, onPlayed: (played: Played) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(PLAYER);
    const go = (): void => {
      const range = take();
      if (range) child.send(range);
      else child.disconnect();
    };
    child.on('message', (played: Played) => {
      onPlayed(played);
      go();
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A worker process of the simulator ended with ${String(code)}.`));
    });
    go();
  });
}
