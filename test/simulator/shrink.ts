// Shrinks a failing history: leaves out features, then steps, large parts first, while the same kind of problem remains.
import { play, type History } from './history.ts';

/** The common text of problems of one kind, without ids, values and times. */
export function kindOf(problem: string): string {
  return (problem.split('\n')[0] ?? '')
    .replace(/\b(lead|act|item|evt|sale|event)_sim\w+/g, '$1')
    .replace(/\b00\w{13,16}\b/g, 'record')
    .replace(/"(?:[^"\\]|\\.)*"|\bnull\b|(?<!\b[A-Z]\d*)\d+/g, '…');
}

/** @returns the smallest history that was found, and its problems */
export async function shrink(history: History, wanted: string): Promise<{ history: History; problems: string[] }> {
  let best = history;
  let problems = (await play(history)).problems;
  for (const feature of history.features) {
    const without = { ...best, features: best.features.filter((one) => one !== feature) };
    const tried = await play(without);
    if (!tried.problems.some((problem) => kindOf(problem) === wanted)) continue;
    best = without;
    problems = tried.problems;
  }
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.steps.length;) {
      const steps = [...best.steps.slice(0, from), ...best.steps.slice(from + size)];
      const tried = await play({ ...best, steps });
      if (tried.problems.some((problem) => kindOf(problem) === wanted)) {
        best = { ...best, steps };
        problems = tried.problems;
      } else from += size;
    }
  }
  return { history: best, problems };
}
