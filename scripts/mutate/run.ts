// Plays one mutant in a process of its own. A mutant that ends the process, or does not end, is killed as one that breaks a history.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Mutant } from './mutants.ts';

const HOOK = new URL('hook.ts', import.meta.url).href;
const VICTIM = fileURLToPath(new URL('victim.ts', import.meta.url));
/** Seconds of a core: a start, and several times what a history takes. By the clock, a busy machine would end mutants that do end. */
const START_SECONDS = 30;
const HISTORY_SECONDS = 0.1;
/** Runs the rest of its arguments, and ends it after so many seconds of a core. */
const LIMITED = 'ulimit -t "$0"; exec "$@"';

const outputSchema = z.object({ histories: z.int(), problem: z.string().optional() });

export interface Run {
  seeds: readonly number[];
  mutant: Mutant;
  /** Of the module that the mutant is in. */
  url: string;
}

interface Ended {
  histories: number;
  /** What broke; undefined where all histories hold. */
  problem?: string | undefined;
  isInvalid: boolean;
}

export async function runVictim({ seeds, mutant, url }: Run): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  try {
    const file = join(folder, 'seeds');
    writeFileSync(file, seeds.join(' '));
    return await ended(['--import', HOOK, VICTIM, file], JSON.stringify({ ...mutant, url }), seeds.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ended(args: string[], planted: string, histories: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const seconds = Math.ceil(START_SECONDS + histories * HISTORY_SECONDS);
    const child = spawn('sh', ['-c', LIMITED, String(seconds), process.execPath, ...args], {
      env: { ...process.env, MUTANT: planted },
    });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve({ ...outputSchema.parse(JSON.parse(out)), isInvalid: false });
      else if (signal) resolve({ histories: 0, problem: 'It does not end.', isInvalid: false });
      else resolve({ histories: 0, problem: lastOf(errors), isInvalid: errors.includes('SyntaxError') });
    });
  });
}

const lastOf = (errors: string): string =>
  errors.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? 'It ends the process.';
