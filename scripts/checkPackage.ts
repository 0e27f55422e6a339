// Checks the package without an org: one line per gate with its count, then what is wrong. Exits 1 if anything is.
// `node scripts/checkPackage.ts [package directory]`
import { resolve } from 'node:path';
import { GATES, runGate } from './package/gates.ts';
import { buildComponents } from './package/lwc/build.ts';
import { PACKAGE_DIRECTORY } from './package/project.ts';
import { readPackageSource } from './package/source.ts';

const directory = resolve(process.argv[2] ?? PACKAGE_DIRECTORY);
await buildComponents(directory);
const source = await readPackageSource(directory);
for (const gate of GATES) {
  const { checked, unit, problems } = await runGate(gate, source);
  const verdict = problems.length === 0 ? 'ok  ' : 'FAIL';
  const count =
    problems.length === 0
      ? `${checked} ${unit}`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${checked} ${unit}`;
  console.log([`${verdict} ${gate.name.padEnd(12)} ${count}: ${gate.promise}`, ...problems].join('\n       '));
  if (problems.length > 0) process.exitCode = 1;
}
