// Which histories run the place of each mutant: only those can find it, so only those are played.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutants.ts';
import { seedOf } from './seeds.ts';

const REACHING = fileURLToPath(new URL('reaching.ts', import.meta.url));

/**
 * @param histories how many are asked
 * @returns for each mutant the seeds of the histories that run its place, in the order in which they are played
 * @throws Error when the process that plays them fails
 */
export async function seedsOf(
  mutants: readonly Mutant[],
  histories: number,
  urlOf: (file: string) => string,
): Promise<Map<string, number[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  try {
    const file = join(folder, 'places.json');
    writeFileSync(file, JSON.stringify(mutants.map((mutant) => ({ url: urlOf(mutant.file), start: mutant.start }))));
    const seeds = new Map(mutants.map(({ id }) => [id, [] as number[]]));
    const child = spawn(process.execPath, [REACHING, file, String(histories)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let index = 0;
    for await (const line of createInterface(child.stdout)) {
      for (const number of line.split(' ').filter(Boolean))
        seeds.get(mutants[Number(number)]?.id ?? '')?.push(seedOf(index));
      index += 1;
    }
    if (index !== histories) throw new Error(`${index} of ${histories} histories said which places they run.`);
    return seeds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
