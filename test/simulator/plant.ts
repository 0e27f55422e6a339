// Plants a fault into a copy of the bridge and runs the simulator on it, in a process of its own.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The files that the simulator needs. */
const STORING = ['values', 'fields', 'ids', 'locations', 'model'].map((name) => `test/salesforce/${name}.ts`);
const PARTS = ['bridge', 'test/simulator', 'test/sellfire', ...STORING, 'test/helpers/fields.ts', 'package.json'];

/**
 * @returns the output of the simulator
 * @throws Error when the text of the fault is not in the source, or the seeds do not find the fault
 */
export async function findPlanted(
  { name, file, find, replace, from = 0, isStorm = false }: Bug,
  seeds: number,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const path = join(folder, 'bridge', file);
    const source = readFileSync(path, 'utf8');
    if (!source.includes(find)) throw new Error(`${file} no longer has the place for "${name}".`);
    writeFileSync(path, source.replace(find, replace));
    const args = ['--shrink', '--seeds', String(seeds), '--from', String(from), ...(isStorm ? ['--storm'] : [])];
    const { code, out } = await run(folder, args);
    if (code !== 1 || !out.startsWith('Seed ')) throw new Error(`"${name}" was not found: ${out}`);
    return out;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the simulator as the command line does. */
export const simulate = (args: string[]): ReturnType<typeof run> => run(ROOT, args);

function run(cwd: string, args: string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/simulator/main.ts', ...args], { cwd });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}
