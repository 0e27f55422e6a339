// Type-checks the components of the package, and those of the local org's pages, against the platform's modules:
// `npm run types`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeTsconfig } from './package/lwc/tsconfig.ts';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const compiler = fileURLToPath(import.meta.resolve('typescript/lib/tsc.js'));
for (const config of [
  await writeTsconfig(at('force-app/main/default/lwc'), 'c'),
  await writeTsconfig(at('test/salesforce/lightning/modules'), 'host', 'host/'),
]) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', config], { cwd: at(''), stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
