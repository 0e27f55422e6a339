// Rollup, set up for Lightning web components: TypeScript loses its types, templates and decorators are compiled, and an
// import that leads nowhere is an error instead of an empty page.
import { fileURLToPath } from 'node:url';
import lwcPlugin from '@lwc/rollup-plugin';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replacePlugin from '@rollup/plugin-replace';
import { rollup, type Plugin, type RollupLog } from 'rollup';
import { transpile } from '../../../../scripts/package/lwc/transpile.ts';

// Their types say that they are CommonJS, which they are not.
const lwc = lwcPlugin as unknown as typeof lwcPlugin.default;
const replace = replacePlugin as unknown as typeof replacePlugin.default;

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** A module that re-exports another, so that each entry has a file of its own. */
const ENTRY = '/entry:';

export interface Bundling {
  output: string;
  /** Names of modules. */
  entries: readonly string[];
  /** Run before those of every build. */
  plugins: Plugin[];
  /** For the resolver of modules, the first one that knows a name wins. */
  modules: ({ name: string; path: string } | { npm: string })[];
  /** Resolved by the browser. */
  external?: (name: string) => boolean;
}

/**
 * @returns the file of each module by its name
 * @throws Error that names the file and the place
 */
export async function bundle({
  output,
  entries,
  plugins,
  modules,
  external,
}: Bundling): Promise<Record<string, string>> {
  const build = await rollup({
    input: Object.fromEntries(entries.map((name) => [name, `${ENTRY}${name}`])),
    ...(external && { external }),
    preserveEntrySignatures: 'strict',
    onwarn: refuse,
    plugins: [
      entryModules(),
      ...plugins,
      stripTypes(),
      replace({
        preventAssignment: true,
        values: {
          'import.meta.env.SSR': 'false',
          // Synthetic shadow has no element internals.
          'features.enableComboboxElementInternals': 'false',
          'process.env.NODE_ENV': JSON.stringify('production'),
        },
      }),
      lwc({ rootDir: ROOT, modules, enableDynamicComponents: true, enableLwcOn: true }),
      nodeResolve({ browser: true }),
    ],
  });
  try {
    const { output: files } = await build.write({
      dir: output,
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    });
    return Object.fromEntries(
      files.flatMap((file) => (file.type === 'chunk' && file.isEntry ? [[file.name, file.fileName] as const] : [])),
    );
  } finally {
    await build.close();
  }
}

/** What the compilers say of the base components is theirs; an import without a module is ours. */
function refuse(log: RollupLog): void {
  if (log.code === 'UNRESOLVED_IMPORT' || log.code === 'MISSING_EXPORT')
    throw new Error(`${log.id ?? log.exporter ?? ''}: ${log.message}`);
}

function entryModules(): Plugin {
  return {
    name: 'entries',
    resolveId(id) {
      if (id.startsWith(ENTRY)) return `${ROOT}${id}.js`;
      return undefined;
    },
    async load(id) {
      const name = id.startsWith(`${ROOT}${ENTRY}`) ? id.slice(`${ROOT}${ENTRY}`.length, -'.js'.length) : undefined;
      if (name === undefined) return undefined;
      const module = await this.resolve(name, id);
      const info = module && (await this.load(module));
      const exported = info?.exports ?? [];
      const source = JSON.stringify(name);
      return `export * from ${source};${exported.includes('default') ? `\nexport { default } from ${source};` : ''}`;
    },
  };
}

function stripTypes(): Plugin {
  return {
    name: 'strip-types',
    transform(code, id) {
      const [path = ''] = id.split('?');
      if (!path.endsWith('.ts')) return undefined;
      const { code: script, faults } = transpile(path, code);
      if (faults.length > 0) throw new Error(`${path}: ${faults.join('; ')}`);
      return { code: script, map: null };
    },
  };
}
