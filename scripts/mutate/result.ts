// What became of a mutant, as a line of the file of results, by which a run is resumed.
import { z } from 'zod';

/** A mutant in the process that plays it: the address of its module, and what is replaced there. */
export const mutantSchema = z.object({ url: z.string(), start: z.int(), end: z.int(), replacement: z.string() });

export const resultSchema = z.object({
  id: z.string(),
  /** Of the source, so that a result is not taken for that of another one. */
  hash: z.string(),
  /** Of the simulator that played it. */
  simulator: z.string(),
  file: z.string(),
  line: z.int(),
  original: z.string(),
  replacement: z.string(),
  /** `unreached`: no history runs the place, so none can find the mutant · `invalid`: it does not parse. */
  verdict: z.enum(['killed', 'survived', 'unreached', 'invalid']),
  /** The number of histories that were played, of those that run the place. */
  histories: z.int(),
  /** The number of histories that run the place, of all that a mutant must survive. */
  reaching: z.int(),
  /** What killed it. */
  problem: z.string().optional(),
});
/** By the id of a mutant the seeds of the histories that run its place. */
export const reachedSchema = z.object({ key: z.string(), seeds: z.array(z.tuple([z.string(), z.array(z.int())])) });

export type Result = z.infer<typeof resultSchema>;

/** @returns the score, the score of each file, and the survivors */
export function summaryOf(results: readonly Result[]): string {
  const judged = results.filter(({ verdict }) => verdict !== 'invalid');
  const files = [...Map.groupBy(judged, ({ file }) => file)].sort(([a], [b]) => a.localeCompare(b));
  const lines = files.flatMap(([file, of]) => {
    const alive = of.filter(({ verdict }) => verdict !== 'killed').sort((a, b) => a.line - b.line);
    return [
      `${score(of)}  ${file}`,
      ...alive.map(
        ({ line, verdict, original, replacement, histories, reaching }) =>
          `    line ${line}: ${short(original)} → ${short(replacement)} (${verdict === 'survived' ? `survived ${histories} of ${reaching}` : 'not reached'})`,
      ),
    ];
  });
  const count = (verdict: Result['verdict']): number => results.filter((one) => one.verdict === verdict).length;
  return [
    `${score(judged)} of mutants are killed; ${count('survived')} survive, ${count('unreached')} are not reached, ${count('invalid')} are invalid.`,
    ...lines,
  ].join('\n');
}

function score(results: readonly Result[]): string {
  const killed = results.filter(({ verdict }) => verdict === 'killed').length;
  const share = results.length === 0 ? 0 : (100 * killed) / results.length;
  return `${share.toFixed(1)} % (${killed} of ${results.length})`;
}

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};
