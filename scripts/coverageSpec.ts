// Prints for each rule of the specification (docs/spec.md) where it is proven, and exits 0 only if every rule has all that apply to it.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measure, type Covers, type RuleCoverage } from './specCoverage/coverage.ts';
import { PLACES } from './specCoverage/rules.ts';

const HEADINGS = { unit: 'unit', simulator: 'simulator', endToEnd: 'end to end', package: 'package' } as const;

/** Another checkout may be given, by its folder. */
const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const { COVERS } = (await import(pathToFileURL(join(root, 'test/simulator/covers.ts')).href)) as { COVERS: Covers };
const { rules, beyond, gaps } = measure(root, COVERS);

for (const { id, name, places } of rules) console.log([`${id.padEnd(3)}  ${name}`, ...linesOf(places)].join('\n'));
console.log();
for (const { id, name, status, proof } of beyond) {
  const tests = proof.count === 0 ? 'no test names it' : `${proof.count} × ${proof.example}`;
  console.log(`${id.padEnd(3)}  ${name} – ${status}; ${tests}`);
}
console.log();
for (const gap of gaps) console.log(gap);
console.log(
  gaps.length === 0
    ? `All ${rules.length} rules have what applies to them.`
    : `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}.`,
);
process.exitCode = gaps.length === 0 ? 0 : 1;

function linesOf(places: RuleCoverage['places']): string[] {
  return PLACES.map((place) => {
    const proof = places[place];
    const heading = `     ${HEADINGS[place].padEnd(10)}`;
    if (!proof) return `${heading}    0  MISSING`;
    if ('reason' in proof) return `${heading}    –  does not apply: ${proof.reason}`;
    return `${heading} ${String(proof.count).padStart(4)}  ${proof.example}`;
  });
}
