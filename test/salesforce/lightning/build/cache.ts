// Built files, kept under node_modules by the digest of their sources: whoever needs them next, in whatever process, pays
// nothing, and `npm ci` takes them away.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/lightning/', import.meta.url));
const MANIFEST = 'manifest.json';

export interface Built {
  /** Absolute path of the folder with the files. */
  directory: string;
  digest: string;
  /** File, relative to the folder, by the name of the module. */
  modules: Readonly<Record<string, string>>;
}

/** In this process, so that nobody reads the manifest twice or builds beside another. */
const running = new Map<string, Promise<Built>>();

/** @param build writes into the folder that it is given, and returns the file of each module */
export function cached(
  kind: string,
  digest: string,
  build: (output: string) => Promise<Record<string, string>>,
): Promise<Built> {
  const key = `${kind}-${digest}`;
  const known = running.get(key) ?? read(key, digest, build);
  running.set(key, known);
  known.catch(() => running.delete(key));
  return known;
}

async function read(
  key: string,
  digest: string,
  build: (output: string) => Promise<Record<string, string>>,
): Promise<Built> {
  const directory = join(CACHE, key);
  if (!existsSync(join(directory, MANIFEST))) {
    await mkdir(CACHE, { recursive: true });
    // Built aside and moved into place, so that of several processes none sees half of it.
    const aside = await mkdtemp(join(CACHE, 'building-'));
    try {
      const modules = await build(aside);
      await writeFile(join(aside, MANIFEST), JSON.stringify(modules));
      await rename(aside, directory);
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      // Another process was faster.
      if (!existsSync(join(directory, MANIFEST))) throw error;
    }
  }
  const modules = JSON.parse(await readFile(join(directory, MANIFEST), 'utf8')) as Record<string, string>;
  return { directory, digest, modules };
}

/** Of every file in the folders, by its path and content, of single files, and of texts. */
export function digestOf(
  folders: readonly string[],
  files: readonly string[] = [],
  texts: readonly string[] = [],
): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const path of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
      const file = join(folder, path);
      // Settings of editors are no part of it.
      if (!path.endsWith('.json') && statSync(file).isFile())
        hash.update(`${relative(folder, file)}\0`).update(readFileSync(file));
    }
  }
  for (const file of files) hash.update(readFileSync(file));
  for (const text of texts) hash.update(`${text}\0`);
  return hash.digest('hex').slice(0, 24);
}
