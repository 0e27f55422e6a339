// Spreads the seeds of a run over worker processes, or plays them in this one.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { breaksIn, type Range } from './player.ts';
import type { Break } from './tally.ts';

/** Seeds that a worker is given at once: about a second of work, so that none waits long for the last. */
const AT_ONCE = 100;
const PLAYER = fileURLToPath(new URL('player.ts', import.meta.url));

/** Called when a range was played. */
export type Played = (breaks: readonly Break[], range: Range) => void;

/** @throws Error when a worker process ends before its work */
export async function playAll({ from, to }: Range, jobs: number, onPlayed: Played): Promise<void> {
  let next = from;
  const take = (): Range | undefined => {
    if (next >= to) return undefined;
    const range = { from: next, to: Math.min(next + AT_ONCE, to) };
    next = range.to;
    return range;
  };
  if (jobs > 1) await Promise.all(Array.from({ length: jobs }, () => playElsewhere(take, onPlayed)));
  else for (let range = take(); range; range = take()) onPlayed(await breaksIn(range), range);
}

function playElsewhere(take: () => Range | undefined, onPlayed: Played): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(PLAYER);
    const go = (): void => {
      const range = take();
      if (range) child.send(range);
      else child.disconnect();
    };
    child.on('message', ({ range, breaks }: { range: Range; breaks: Break[] }) => {
      onPlayed(breaks, range);
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
