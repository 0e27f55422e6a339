// Runs each gate on the package, on a copy with components more, on one with each fault of it planted, and on an empty folder, and prints
// what it says as JSON. One process for all of them: the compilers that the gates load read each component once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GATES, runGate } from '../../scripts/package/gates.ts';
import { PACKAGE_DIRECTORY } from '../../scripts/package/project.ts';
import { readPackageSource } from '../../scripts/package/source.ts';
import { FAULTS } from './faults.ts';
import { plantComponents } from './faults/bundles.ts';
import { PackageCopy } from './plant.ts';

/** What one gate says of the package, with sound components more, of an empty folder, and of each of its faults, in the order of FAULTS. */
export interface GateAnswers {
  ofPackage: { checked: number; problems: string[] };
  ofComponents: string[];
  ofEmpty: string[];
  ofFaults: { problems: string[] }[];
}

const copy = await PackageCopy.make();
const empty = await mkdtemp(join(tmpdir(), 'sellfire-empty-'));
const answers: Record<string, GateAnswers> = {};
try {
  const source = await readPackageSource(PACKAGE_DIRECTORY);
  const emptySource = await readPackageSource(empty);
  for (const gate of GATES) {
    const { checked, problems } = await runGate(gate, source);
    const ofFaults: GateAnswers['ofFaults'] = [];
    for (const { plant } of FAULTS.filter((fault) => fault.gate === gate.name)) {
      await plant(copy);
      ofFaults.push({ problems: (await runGate(gate, await copy.source())).problems });
      await copy.restore();
    }
    await plantComponents(copy);
    const ofComponents = (await runGate(gate, await copy.source())).problems;
    await copy.restore();
    const ofEmpty = (await runGate(gate, emptySource)).problems;
    answers[gate.name] = { ofPackage: { checked, problems }, ofComponents, ofEmpty, ofFaults };
  }
} finally {
  await copy.dispose();
  await rm(empty, { recursive: true });
}
process.stdout.write(JSON.stringify(answers));
