// Counts the broken histories of a run by their kind: how many, and the first seeds of each.
import { kindOf } from './shrink.ts';

/** A history that broke an invariant, with the first problem that it showed. */
export interface Break {
  seed: number;
  problem: string;
}

/** Seeds that are named for each kind. */
const NAMED = 5;

/** @returns the kinds as lines of a table, the most frequent first */
export function tableOf(breaks: readonly Break[]): string {
  const kinds = [...Map.groupBy(breaks, ({ problem }) => kindOf(problem))].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  const rows = kinds.map(([kind, of]) => {
    const seeds = of.map(({ seed }) => seed).sort((a, b) => a - b);
    return [String(of.length), seeds.slice(0, NAMED).join(' ') + (seeds.length > NAMED ? ' …' : ''), kind];
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      ([count = '', seeds = '', kind = '']) =>
        `${count.padStart(widths[0] ?? 0)}  ${seeds.padEnd(widths[1] ?? 0)}  ${kind}`,
    )
    .join('\n');
}
