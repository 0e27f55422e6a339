// npm run mutate: how many mutants of bridge/sync the simulator alone finds. A run is resumed by its file of results.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { Random } from '../../test/sellfire/random.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { reachedBy } from './reach.ts';
import { resultSchema, summaryOf, type Result } from './result.ts';
import { runVictim } from './run.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Histories that say which places are run at all. */
const REACHING = 2_000;

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It is a whole number.');
  return number;
}

const options = new Command('mutate')
  .description(
    'Plants mutants into bridge/sync, one at a time, and counts those that break a history of the simulator.',
  )
  .option('--seeds <count>', 'how many histories a mutant must survive', whole, 10_000)
  .option('--sample <count>', 'how many mutants are drawn; all unless given', whole)
  .option('--draw <seed>', 'what they are drawn by', whole, 1)
  .option('--jobs <count>', 'how many processes play them', whole, 1)
  .option('--minutes <count>', 'end after this long; the next run goes on', Number, Infinity)
  .option('--results <file>', 'where the results are kept', 'mutation.jsonl')
  .parse()
  .opts<{ seeds: number; sample?: number; draw: number; jobs: number; minutes: number; results: string }>();

const ends = performance.now() + options.minutes * 60_000;
const urlOf = (file: string): string => pathToFileURL(join(ROOT, file)).href;
const sources = new Map(
  globSync('bridge/sync/**/*.ts', { cwd: ROOT })
    .sort()
    .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]),
);
const hashes = new Map(
  [...sources].map(([file, source]) => [file, createHash('sha256').update(source).digest('hex').slice(0, 16)]),
);
const all = [...sources].flatMap(([file, source]) => mutantsOf(file, source));
const wanted = options.sample === undefined ? all : drawn(all, options.sample, options.draw);
const known = resultsOf(options.results);
const open = wanted.filter(({ id }) => !known.has(id));
process.stdout.write(`${all.length} mutants, ${wanted.length} drawn, ${wanted.length - open.length} played before.\n`);

if (open.length > 0) await playAll(open);
const results = wanted.flatMap(({ id }) => known.get(id) ?? []);
process.stdout.write(`\n${results.length} of ${wanted.length} played.\n${summaryOf(results)}\n`);

function drawn(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const random = new Random(seed);
  const rest = [...mutants];
  const taken: Mutant[] = [];
  while (taken.length < count && rest.length > 0) taken.push(...rest.splice(random.between(0, rest.length - 1), 1));
  return taken;
}

/** The results of the present sources. A mutant that survived fewer histories than are wanted now is played again. */
function resultsOf(path: string): Map<string, Result> {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const valid = lines
    .map((line) => resultSchema.parse(JSON.parse(line)))
    .filter(({ file, hash }) => hashes.get(file) === hash)
    .filter(({ verdict, histories }) => verdict !== 'survived' || histories >= options.seeds);
  return new Map(valid.map((result) => [result.id, result]));
}

async function playAll(mutants: Mutant[]): Promise<void> {
  const reached = await reachedMutants();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mutant = mutants[next++]; mutant && performance.now() < ends; mutant = mutants[next++]) {
      const result = await judge(mutant, reached.has(mutant.id));
      known.set(result.id, result);
      appendFileSync(options.results, `${JSON.stringify(result)}\n`);
      const played = wanted.filter(({ id }) => known.has(id)).length;
      process.stdout.write(`${played}/${wanted.length} ${result.verdict} ${mutant.id}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
}

/** Ids of the mutants at places that are run at all; kept beside the results while the sources are the same. */
async function reachedMutants(): Promise<ReadonlySet<string>> {
  const path = `${options.results}.reached`;
  const key = createHash('sha256')
    .update([...hashes].flat().join(' '))
    .digest('hex');
  const [known, ...ids] = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  if (known === key) return new Set(ids);
  const isReached = await reachedBy(REACHING, urlOf);
  const found = all.filter(isReached).map(({ id }) => id);
  writeFileSync(path, [key, ...found].join('\n'));
  return new Set(found);
}

async function judge(mutant: Mutant, isReached: boolean): Promise<Result> {
  const { id, file, line, original, replacement } = mutant;
  const about = { id, hash: hashes.get(file) ?? '', file, line, original, replacement };
  if (!isReached) return { ...about, verdict: 'unreached', histories: 0 };
  const { histories, problem, isInvalid } = await runVictim({
    histories: options.seeds,
    mutant: { mutant, url: urlOf(file) },
  });
  if (isInvalid) return { ...about, verdict: 'invalid', histories };
  if (problem === undefined) return { ...about, verdict: 'survived', histories };
  return { ...about, verdict: 'killed', histories, problem };
}
