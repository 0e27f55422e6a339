// Type-checks the components of the package against the platform's modules: `npm run types`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeTsconfig } from './package/lwc/tsconfig.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const config = await writeTsconfig(fileURLToPath(new URL('../force-app/main/default', import.meta.url)));
const compiler = fileURLToPath(import.meta.resolve('typescript/lib/tsc.js'));
process.exitCode = spawnSync(process.execPath, [compiler, '-p', config], { cwd: root, stdio: 'inherit' }).status ?? 1;
