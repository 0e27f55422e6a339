// Checks the package without an org: one line per gate with its count, then what is wrong. Exits 1 if anything is.
// `node scripts/checkPackage.ts [package directory] [gate…]`: all gates, or those that are named.
import { resolve } from 'node:path';
import { GATES, runGate } from './package/gates.ts';
import { buildComponents } from './package/lwc/build.ts';
import { PACKAGE_DIRECTORY } from './package/project.ts';
import { readPackageSource } from './package/source.ts';

const [folder = PACKAGE_DIRECTORY, ...named] = process.argv.slice(2);
const directory = resolve(folder);
const unknown = named.filter((one) => !GATES.some(({ name }) => name === one));
if (unknown.length > 0)
  throw new Error(`There is no gate ${unknown.join(', ')}; there are ${GATES.map(({ name }) => name).join(', ')}.`);
await buildComponents(directory);
const source = await readPackageSource(directory);
for (const gate of GATES.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const { checked, unit, problems } = await runGate(gate, source);
  const verdict = problems.length === 0 ? 'ok  ' : 'FAIL';
  const count =
    problems.length === 0
      ? `${checked} ${unit}`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${checked} ${unit}`;
  console.log([`${verdict} ${gate.name.padEnd(12)} ${count}: ${gate.promise}`, ...problems].join('\n       '));
  if (problems.length > 0) process.exitCode = 1;
}
