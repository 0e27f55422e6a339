// Builds the components of the package: beside each x.ts lies, after this, the x.js that is deployed in its place. What is
// up to date is left alone, so that everything that deploys the package can build first.
import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** TypeScript of a component, and nothing that only tests or describes one. */
export const COMPONENT_SCRIPT = /(^|\/)lwc\/(?!.*__(tests|mocks)__\/).*(?<!\.d)\.ts$/;

/** @returns the scripts that are not built, or were changed since, relative to the directory */
export function staleComponents(directory: string): string[] {
  // At each start of a local org: a promise for each file would cost three times as much.
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => COMPONENT_SCRIPT.test(path))
    .filter((script) => isStale(join(directory, script)));
}

/**
 * @param directory of a package, or of any folder in source format
 * @returns the files that were written, relative to the directory
 * @throws Error that names the file and the place where a text is no TypeScript
 */
export async function buildComponents(directory: string): Promise<string[]> {
  const stale = staleComponents(directory);
  if (stale.length === 0) return [];
  // Loaded only where there is something to build: it takes half a second.
  const { transpile } = await import('./transpile.ts');
  for (const script of stale) {
    const { code, faults } = transpile(script, await readFile(join(directory, script), 'utf8'));
    if (faults.length > 0) throw new Error(`${script} cannot be built: ${faults.join('; ')}`);
    await replace(directory, builtOf(script), code);
  }
  return stale.map(builtOf);
}

export function builtOf(script: string): string {
  return script.replace(/\.ts$/, '.js');
}

function isStale(script: string): boolean {
  const source = statSync(script);
  const built = statSync(builtOf(script), { throwIfNoEntry: false });
  return built === undefined || built.mtimeMs < source.mtimeMs;
}

/**
 * Written beside the package and renamed, so that nobody who builds, copies or deploys it at the same time sees half a file, or one
 * that is gone a moment later.
 */
async function replace(directory: string, path: string, text: string): Promise<void> {
  const written = join(dirname(resolve(directory)), `.built-${randomUUID()}`);
  await writeFile(written, text);
  await rename(written, join(directory, path));
}
