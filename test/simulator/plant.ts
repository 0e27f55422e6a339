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

/** A copy of what the simulator needs: one for all faults, so that nothing but the planted file is compiled again. */
export class Planted {
  readonly #folder = mkdtempSync(join(tmpdir(), 'simulator-'));

  constructor() {
    for (const part of PARTS) cpSync(join(ROOT, part), join(this.#folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'));
  }

  /**
   * @returns the output of the simulator
   * @throws Error when the text of the fault is not in the source, or the seeds do not find the fault
   */
  async find({ name, file, find, replace, from = 0, isStorm = false }: Bug, seeds: number): Promise<string> {
    const path = join(this.#folder, 'bridge', file);
    const source = readFileSync(path, 'utf8');
    if (!source.includes(find)) throw new Error(`${file} no longer has the place for "${name}".`);
    writeFileSync(path, source.replace(find, replace));
    try {
      const args = ['--shrink', '--seeds', String(seeds), '--from', String(from), ...(isStorm ? ['--storm'] : [])];
      const { code, out } = await run(this.#folder, args, join(this.#folder, 'compiled'));
      if (code !== 1 || !out.startsWith('Seed ')) throw new Error(`"${name}" was not found: ${out}`);
      return out;
    } finally {
      writeFileSync(path, source);
    }
  }

  /** Removes the copy. */
  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs the simulator as the command line does. */
export const simulate = (args: string[]): ReturnType<typeof run> => run(ROOT, args);

/** @param compiled folder of what was compiled before */
function run(cwd: string, args: string[], compiled?: string): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/simulator/main.ts', ...args], {
      cwd,
      env: { ...process.env, ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }) },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}
