// The process that says which places histories run: for each history a line with the numbers of the places that it runs. Histories are
// deterministic, so a mutant at a place that a history does not run changes nothing in it.
import { readFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector/promises';
import { z } from 'zod';
import { drawHistory, play } from '../../test/simulator/history.ts';
import { seedOf } from './seeds.ts';

const placesSchema = z.array(z.object({ url: z.string(), start: z.int() }));

const [file = '', most = '0'] = process.argv.slice(2);
const places = Map.groupBy(
  placesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).map((place, number) => ({ ...place, number })),
  ({ url }) => url,
);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
// What the modules run as they are loaded is run in no history of its own, and shows in every one.
const atLoad = new Set(await runPlaces());
for (let index = 0; index < Number(most); index += 1) {
  const { problems } = await play(drawHistory(seedOf(index)));
  const here = await runPlaces();
  // A history that breaks without a mutant says nothing of one.
  const run = new Set(problems.length > 0 ? [] : [...atLoad, ...here]);
  process.stdout.write(`${[...run].join(' ')}\n`);
}

/** The numbers of the places that were run since the last call. */
async function runPlaces(): Promise<number[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result.flatMap(({ url, functions }) => {
    const here = places.get(url) ?? [];
    const ranges = here.length === 0 ? [] : functions.flatMap((one) => one.ranges);
    return here.filter(({ start }) => timesOf(ranges, start) > 0).map(({ number }) => number);
  });
}

/** The innermost range says how often the place was run. */
function timesOf(ranges: readonly Profiler.CoverageRange[], start: number): number {
  let inner: Profiler.CoverageRange | undefined;
  for (const range of ranges) {
    if (range.startOffset > start || start >= range.endOffset) continue;
    if (!inner || range.endOffset - range.startOffset <= inner.endOffset - inner.startOffset) inner = range;
  }
  return inner?.count ?? 0;
}
