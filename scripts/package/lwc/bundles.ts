// The components of the package (Lightning Web Component bundles) as they lie on disk: every file with its text.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageSource } from '../source.ts';

export interface Bundle {
  name: string;
  /** Of its folder, relative to the package directory. */
  path: string;
  /** Text by name inside the folder, tests left out. */
  files: Map<string, string>;
}

const FILE = /^(?<path>.*\/lwc\/(?<name>[^/]+))\/(?<file>.+)$/;
const TEST = /(^|\/)__(tests|mocks)__\//;

/** A source is one reading of the package, and its bundles are read once for all gates. */
const read = new WeakMap<PackageSource, Promise<Bundle[]>>();

export function readBundles(source: PackageSource): Promise<Bundle[]> {
  const bundles = read.get(source) ?? readAnew(source);
  read.set(source, bundles);
  return bundles;
}

async function readAnew(source: PackageSource): Promise<Bundle[]> {
  const bundles = new Map<string, Bundle>();
  for (const file of source.files) {
    const { path = '', name = '', file: inside = '' } = FILE.exec(file)?.groups ?? {};
    if (name === '' || TEST.test(inside)) continue;
    const bundle = bundles.get(path) ?? { name, path, files: new Map<string, string>() };
    bundle.files.set(inside, await readFile(join(source.directory, file), 'utf8'));
    bundles.set(path, bundle);
  }
  return [...bundles.values()];
}

/** What is sent to an org of the bundle: not its TypeScript, not its settings. */
export function deployedFiles({ files }: Bundle): Map<string, string> {
  return new Map([...files].filter(([name]) => /\.(js|html|css|svg)$/.test(name)));
}
