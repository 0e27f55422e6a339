// The settings by which the components are type-checked, beside them as editors look for them. They name every bundle,
// because `paths` cannot say "the file called as its folder", so they are made anew and never committed.
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Salesforce's own types of its base components. */
const BASE_TYPES = 'node_modules/@salesforce/lightning-types/dist/lightning';
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * @param folder with a folder of each component, for example `force-app/main/default/lwc`
 * @param namespace by which components import each other
 * @param below where they lie inside the folder: `host/` for `host/app/app.ts`
 * @returns the path of the file
 */
export async function writeTsconfig(folder: string, namespace: string, below = ''): Promise<string> {
  const names = (await readdir(join(folder, below), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, below, entry.name, `${entry.name}.ts`)))
    .map(({ name }) => name)
    .sort();
  const at = (path: string): string => relative(folder, join(ROOT, path)).replaceAll('\\', '/');
  const config = {
    extends: at('scripts/package/lwc/tsconfig.base.json'),
    compilerOptions: {
      rootDir: at('.'),
      // What the pages of the local org share with their server is typed with Node's types.
      ...(below !== '' && { types: ['jest', 'node'] }),
      typeRoots: [at('node_modules/@types')],
      paths: Object.fromEntries(names.map((name) => [`${namespace}/${name}`, [`./${below}${name}/${name}.ts`]])),
    },
    include: [
      '**/*.ts',
      at('scripts/package/lwc/types/*.d.ts'),
      // Stubs and sample data for the tests of the package's components.
      ...(below === '' ? [at('test/components/*.ts')] : []),
      at(`${BASE_TYPES}/*.d.ts`),
      at(`${BASE_TYPES}/../@salesforce/*.d.ts`),
    ],
    exclude: [
      // Those of page.d.ts are whole: these lack `open`, `show` and `instance`.
      ...['Modal', 'Alert', 'Confirm', 'Prompt', 'Toast', 'ToastContainer'].map((name) =>
        at(`${BASE_TYPES}/lightning${name}.d.ts`),
      ),
      // Runs in Node.
      at('test/components/resolver.ts'),
    ],
  };
  const path = join(folder, 'tsconfig.json');
  await writeFile(path, `${JSON.stringify(config, undefined, 2)}\n`);
  return path;
}
