// Builds the package's components: x.js beside each x.ts, as it is deployed. Whatever deploys or checks the package from
// here does this first; it is for those who call the Salesforce CLI themselves.
// `node scripts/buildComponents.ts [package directory]`
import { resolve } from 'node:path';
import { buildComponents } from './package/lwc/build.ts';
import { PACKAGE_DIRECTORY } from './package/project.ts';

const built = await buildComponents(resolve(process.argv[2] ?? PACKAGE_DIRECTORY));
console.log(built.length === 0 ? 'Every component is up to date.' : built.join('\n'));
