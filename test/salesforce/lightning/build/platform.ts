// Builds what a page loads before any component of a package. The engine and Salesforce's own base components take a
// quarter of a minute and change only with an installation; the modules and the shell that this host adds take a second.
// Each module that a component may import is an entry of its own, so that the browser resolves imports by an import map, as
// the platform's module loader does.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isPlatformModule } from '../../../../scripts/package/lwc/platform.ts';
import { cached, digestOf, type Built } from './cache.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const MODULES = at('../modules');
const BASE = at('../../../../node_modules/lightning-base-components/src/lightning');
/** What this host itself uses of the base components' inside. */
const INSIDE = ['lightning/showToastEvent'];

export interface Platform {
  base: Built;
  host: Built;
}

export async function buildPlatform(): Promise<Platform> {
  const own = modulesIn(MODULES);
  const ours = new Set(own.map(({ name }) => name));
  const offered = readdirSync(BASE)
    .filter((name) => existsSync(`${BASE}/${name}/${name}.js`))
    .map((name) => `lightning/${name}`)
    .filter((name) => (isPlatformModule(name) && !ours.has(name)) || INSIDE.includes(name));
  const entries = ['lwc', '@lwc/synthetic-shadow', ...offered];
  const inBase = new Set(entries);
  const [base, host] = await Promise.all([
    cached('base', digestOf([], baseFiles(), entries), async (output) => {
      // Loaded where something is to be built: it takes a second.
      const [{ bundle }, { platformModule }] = await builders();
      const modules = [{ npm: 'lightning-base-components' }];
      return bundle({ output, entries, plugins: [platformModule()], modules, external: (name) => ours.has(name) });
    }),
    cached('host', digestOf([at('../modules'), at('../client'), at('.')], baseFiles(), entries), async (output) => {
      const [{ bundle }, { platformModule }] = await builders();
      const external = (name: string): boolean => inBase.has(name);
      return bundle({ output, entries: [...ours], plugins: [platformModule()], modules: own, external });
    }),
  ]);
  return { base, host };
}

const builders = () => Promise.all([import('./rollup.ts'), import('./salesforceModules.ts')]);

/** Modules in a folder of namespaces: `lightning/graphql`, `host/app`. */
function modulesIn(folder: string): { name: string; path: string }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: namespace }) =>
      readdirSync(`${folder}/${namespace}`, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => ({ name: `${namespace}/${name}`, path: `${folder}/${namespace}/${name}/${name}.ts` })),
    );
}

/** What the base components are built from and with: each package by the file that says its version. */
function baseFiles(): string[] {
  const packages = ['lwc', 'lightning-base-components', '@lwc/synthetic-shadow', '@lwc/rollup-plugin', 'rollup'];
  return [
    ...packages.map((name) => at(`../../../../node_modules/${name}/package.json`)),
    at('./rollup.ts'),
    at('./salesforceModules.ts'),
  ];
}
