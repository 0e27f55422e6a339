// A copy of the package to break and to make whole again. A fault that finds nothing to break throws.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { buildComponents } from '../../scripts/package/lwc/build.ts';
import { PACKAGE_DIRECTORY } from '../../scripts/package/project.ts';
import { isMetadata, readMetadata, readPackageSource, type PackageSource } from '../../scripts/package/source.ts';

const MAIN = 'main/default';

export class PackageCopy {
  readonly root: string;
  /** What the touched files held before; undefined for a file that was not there. */
  private readonly originals = new Map<string, string | undefined>();

  /** Of the copy before anything was planted. */
  private whole: Promise<PackageSource> | undefined;

  private constructor(root: string) {
    this.root = root;
  }

  static async make(): Promise<PackageCopy> {
    const root = await mkdtemp(join(tmpdir(), 'sellfire-plant-'));
    await buildComponents(PACKAGE_DIRECTORY);
    // With their times, by which a component is known to be built.
    await cp(PACKAGE_DIRECTORY, join(root, 'force-app'), { recursive: true, preserveTimestamps: true });
    for (const beside of ['.forceignore', 'config/released.json']) {
      await cp(join(dirname(PACKAGE_DIRECTORY), beside), join(root, beside));
    }
    const copy = new PackageCopy(root);
    await copy.source();
    return copy;
  }

  get directory(): string {
    return join(this.root, 'force-app');
  }

  /** Replaces the first occurrence. Paths are relative to `force-app/main/default`. */
  async edit(path: string, from: string | RegExp, to: string): Promise<void> {
    const before = await readFile(this.path(path), 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${path} holds no ${String(from)}`);
    this.keep(path, before);
    await writeFile(this.path(path), after);
  }

  read(path: string): Promise<string> {
    return readFile(this.path(path), 'utf8');
  }

  async add(path: string, text: string): Promise<void> {
    this.keep(path, undefined);
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), text);
  }

  async move(from: string, to: string): Promise<void> {
    await this.add(to, await readFile(this.path(from), 'utf8'));
    await this.remove(from);
  }

  async remove(path: string): Promise<void> {
    this.keep(path, await readFile(this.path(path), 'utf8'));
    await rm(this.path(path));
  }

  /** The package with what is planted: two thousand files are read once, and then those that were touched. */
  async source(): Promise<PackageSource> {
    const { files, metadata } = await (this.whole ??= readPackageSource(this.directory));
    const touched = new Set([...this.originals.keys()].map((path) => posix.join(MAIN, path)));
    const there = [...touched].filter((path) => !path.startsWith('..') && existsSync(join(this.directory, path)));
    const anew = await Promise.all(there.filter(isMetadata).map((path) => readMetadata(this.directory, path)));
    return {
      directory: this.directory,
      files: [...files.filter((path) => !touched.has(path)), ...there].sort(),
      metadata: [...metadata.filter(({ path }) => !touched.has(path)), ...anew].sort((a, b) =>
        a.path < b.path ? -1 : 1,
      ),
    };
  }

  /** Undoes all that was planted. */
  async restore(): Promise<void> {
    for (const [path, text] of this.originals) {
      if (text === undefined) await rm(this.path(path), { force: true });
      else await writeFile(this.path(path), text);
    }
    this.originals.clear();
  }

  async dispose(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  private keep(path: string, text: string | undefined): void {
    if (!this.originals.has(path)) this.originals.set(path, text);
  }

  private path(path: string): string {
    return join(this.directory, MAIN, path);
  }
}
