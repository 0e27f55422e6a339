// A folder in source format as the package that is deployed. Converting it and reading its XML take longer than all the rest of an
// org's start, so the result is kept under the digest of every file that it was made from; a folder that changed has another digest.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildComponents } from '../../../scripts/package/lwc/build.ts';
import { readPackage, type PackageFile, type ReadPackage } from './package.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache', 'org-packages');

/** What is read of the folder in metadata format. Its components are built first. */
export async function packageOf(folder: string): Promise<ReadPackage> {
  await buildComponents(folder);
  const cached = join(CACHE, `${digestOf(folder)}.json`);
  try {
    return fromJson(await readFile(cached, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const read = await readPackage(await convert(folder));
  await mkdir(CACHE, { recursive: true });
  // Written beside and renamed, so that nobody reads half of it.
  const written = `${cached}.${randomUUID()}`;
  await writeFile(written, toJson(read));
  await rename(written, cached);
  return read;
}

type Kept = Omit<PackageFile, 'content'> & { content?: [name: string, base64: string][] };

const toJson = ({ files, problems }: ReadPackage): string =>
  JSON.stringify({
    problems,
    files: files.map(({ content, ...file }): Kept => ({
      ...file,
      ...(content && { content: [...content].map(([name, bytes]) => [name, bytes.toString('base64')]) }),
    })),
  });

function fromJson(text: string): ReadPackage {
  const { files, problems } = JSON.parse(text) as { files: Kept[]; problems: ReadPackage['problems'] };
  return {
    problems,
    files: files.map(({ content, ...file }) => ({
      ...file,
      ...(content && { content: new Map(content.map(([name, base64]) => [name, Buffer.from(base64, 'base64')])) }),
    })),
  };
}

/**
 * Of every file's path and content, of what is left out of a deployment, and of the converter and the readers. Read without
 * a promise for each of the thousand files, which costs five times as much, at each start of an org.
 */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files.sort(), join(ROOT, '.forceignore'), ...LIBRARIES, ...READERS]) {
    const content = readIfThere(file);
    hash.update(`${relative(folder, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return Buffer.alloc(0);
  }
}

const CONVERT = fileURLToPath(new URL('./convert.ts', import.meta.url));
const LIBRARIES = ['@salesforce/source-deploy-retrieve', 'fast-xml-parser', 'jszip'].map((name) =>
  join(ROOT, 'node_modules', name, 'package.json'),
);
const READERS = [
  CONVERT,
  ...['source', 'package', 'types', 'xml'].map((name) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))),
];

async function convert(folder: string): Promise<Buffer> {
  const worker = new Worker(CONVERT, { workerData: folder });
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      worker.once('message', (zip: Uint8Array) => resolve(Buffer.from(zip)));
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`Converting ${folder} ended with code ${code}.`)));
    });
  } finally {
    await worker.terminate();
  }
}
