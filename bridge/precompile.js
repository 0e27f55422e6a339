// Fills the compile cache, so that the first start of an image, whose folders cannot be written, is as quick and as small as any later
// one: `node <the flags of npm start> bridge/precompile.js` when it is built. With other flags of V8 the cache is another one.
import { readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const { directory } = enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/bridge', import.meta.url)));
if (!directory) throw new Error('The compile cache cannot be written.');
/** To load them is to run the program. */
const PROGRAMS = new Set(['main.js', 'precompile.js']);
/** It runs in a thread of its own and refuses to be loaded elsewhere; it is compiled by then. */
const THREAD = 'store/sqlite/worker.ts';
for (const file of readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })) {
  if (!/\.[jt]s$/.test(file) || PROGRAMS.has(file)) continue;
  const loaded = import(new URL(file, import.meta.url).href);
  await (file === THREAD ? loaded.catch(() => undefined) : loaded);
}
