// npm run mutate: how many mutants of bridge/sync the simulator alone finds. A run is resumed by its file of results.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { Random } from '../../test/sellfire/random.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { seedsOf } from './reach.ts';
import { reachedSchema, resultSchema, summaryOf, type Result } from './result.ts';
import { runVictim } from './run.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** What a history is made of, beside the core. */
const SIMULATOR = 'test/{simulator,sellfire}/**/*.ts';
/** Histories that every mutant is given before any is given more: most of those that are found at all are found by them. */
const FIRST = 400;

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
const simulatorHash = createHash('sha256')
  .update(
    globSync(SIMULATOR, { cwd: ROOT })
      .sort()
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n'),
  )
  .digest('hex')
  .slice(0, 16);
const all = [...sources].flatMap(([file, source]) => mutantsOf(file, source));
const wanted = options.sample === undefined ? all : drawn(all, options.sample, options.draw);
const known = resultsOf(options.results);
const open = wanted.filter(({ id }) => !isJudged(id));
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

/**
 * The results of the present core. A mutant that an earlier simulator killed is killed: a later one draws and checks more. One that lived is
 * played again where the simulator has changed.
 */
function resultsOf(path: string): Map<string, Result> {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const valid = lines
    .map((line) => resultSchema.parse(JSON.parse(line)))
    .filter(({ file, hash }) => hashes.get(file) === hash)
    .filter(({ verdict, simulator }) => ['killed', 'invalid'].includes(verdict) || simulator === simulatorHash);
  return new Map(valid.map((result) => [result.id, result]));
}

/** Whether there is nothing left to play: it is killed, or lived through every history that runs its place. */
function isJudged(id: string): boolean {
  const result = known.get(id);
  return result !== undefined && (result.verdict !== 'survived' || result.histories >= result.reaching);
}

async function playAll(mutants: Mutant[]): Promise<void> {
  const reaching = await reachingSeeds();
  for (const most of [FIRST, Infinity]) {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let mutant = mutants[next++]; mutant && performance.now() < ends; mutant = mutants[next++]) {
        if (isJudged(mutant.id)) continue;
        const seeds = reaching.get(mutant.id) ?? [];
        const result = await judge(mutant, seeds.slice(0, most), seeds.length);
        known.set(result.id, result);
        appendFileSync(options.results, `${JSON.stringify(result)}\n`);
        process.stdout.write(`${result.verdict} ${mutant.id} (${result.histories} of ${seeds.length})\n`);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  }
}

/** The seeds that run the place of each mutant; kept beside the results while the sources are the same. */
async function reachingSeeds(): Promise<ReadonlyMap<string, number[]>> {
  const path = `${options.results}.reached`;
  const key = createHash('sha256').update(
    JSON.stringify([wanted.map(({ id }) => id), [...hashes], simulatorHash, options.seeds]),
  );
  const name = key.digest('hex');
  const kept = existsSync(path) ? reachedSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
  if (kept?.key === name) return new Map(kept.seeds);
  const seeds = await seedsOf(wanted, options.seeds, urlOf);
  writeFileSync(path, JSON.stringify({ key: name, seeds: [...seeds] }));
  return seeds;
}

async function judge(mutant: Mutant, seeds: readonly number[], reaching: number): Promise<Result> {
  const { id, file, line, original, replacement } = mutant;
  const about = {
    id,
    hash: hashes.get(file) ?? '',
    simulator: simulatorHash,
    file,
    line,
    original,
    replacement,
    reaching,
  };
  if (seeds.length === 0) return { ...about, verdict: 'unreached', histories: 0 };
  const { histories, problem, isInvalid } = await runVictim({ seeds, mutant, url: urlOf(file) });
  if (isInvalid) return { ...about, verdict: 'invalid', histories };
  if (problem === undefined) return { ...about, verdict: 'survived', histories };
  return { ...about, verdict: 'killed', histories, problem };
}
