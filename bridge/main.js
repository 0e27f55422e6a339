// The program, as `npm start` runs it: the command line, from the compile cache. This file is no TypeScript, so that with a warm cache
// nothing has to be compiled in any thread, and Node does not load its compiler: 10 to 20 MiB in each thread that needs it.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// It lies beside the code, because who may write it is trusted as the code is. A read-only folder has no cache.
const cache = fileURLToPath(new URL('../node_modules/.cache/bridge', import.meta.url));
enableCompileCache(cache);
// By this the thread of the store has it too.
process.env.NODE_COMPILE_CACHE ??= cache;

const { main } = await import('./cli.ts');
await main();
