// Writes docs/package.md from the package's own texts.
import { writeFile } from 'node:fs/promises';
import { describePackage } from './package/describe.ts';
import { PACKAGE_DIRECTORY, PACKAGE_PAGE } from './package/project.ts';
import { readPackageSource } from './package/source.ts';

const source = await readPackageSource(PACKAGE_DIRECTORY);
await writeFile(PACKAGE_PAGE, await describePackage(source, PACKAGE_PAGE));
console.log(`${PACKAGE_PAGE}: ${source.metadata.length} metadata files described`);
