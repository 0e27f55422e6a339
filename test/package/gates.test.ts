// The package can be deployed, and each gate that says so is proven by faults planted in a copy.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { GATES } from '../../scripts/package/gates.ts';
import { FAULTS } from './faults.ts';
import { PackageCopy } from './plant.ts';
import type { GateAnswers } from './runGates.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/checkPackage.ts', import.meta.url));
const answering = fileURLToPath(new URL('runGates.ts', import.meta.url));

let answers: Record<string, GateAnswers>;
let copy: PackageCopy;
beforeAll(async () => {
  // It builds the components first, and two that begin together build them twice.
  const { stdout } = await run(process.execPath, [answering], { maxBuffer: Infinity });
  answers = JSON.parse(stdout) as Record<string, GateAnswers>;
  copy = await PackageCopy.make();
  // The compiler of the platform reads every component, and two hundred faults are planted: half a minute, more on a machine that is busy.
}, 300_000);
afterEach(() => copy.restore());
afterAll(() => copy.dispose());

const answersOf = (gate: string): GateAnswers => {
  const found = answers[gate];
  if (!found) throw new Error(`The gate ${gate} was not asked.`);
  return found;
};

describe.each(GATES)('$name: $promise', ({ name }) => {
  it('holds of the package (M33)', () => {
    const { checked, problems } = answersOf(name).ofPackage;
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThan(0);
  });

  it.each(FAULTS.filter(({ gate }) => gate === name).map(({ what, says }, index) => ({ what, says, index })))(
    'finds $what',
    ({ says, index }) => {
      expect(answersOf(name).ofFaults[index]?.problems.join('\n')).toMatch(says);
    },
  );

  it('holds of components that are sound', () => {
    expect(answersOf(name).ofComponents).toEqual([]);
  });

  it('does not hold of an empty folder', () => {
    expect(answersOf(name).ofEmpty).not.toEqual([]);
  });
});

describe('the check of the package', () => {
  it('has at least one planted fault for every gate', () => {
    expect([...new Set(FAULTS.map((fault) => fault.gate))].sort()).toEqual(GATES.map((gate) => gate.name).sort());
  });

  it('prints one line per gate and exits 0', async () => {
    const { stdout } = await run(process.execPath, [script]);
    expect(stdout.trim().split('\n')).toEqual(GATES.map((gate) => expect.stringMatching(`^ok   ${gate.name} +\\d+ `)));
    // A process of its own that reads all declarations again: seconds, more on a machine that is busy.
  }, 120_000);

  it('names what is wrong and exits 1', async () => {
    await copy.edit('objects/Lead/fields/Phase__c.field-meta.xml', '<restricted>true<', '<restricted>false<');
    await expect(run(process.execPath, [script, copy.directory, 'picklists'])).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^FAIL picklists +1 problem in \d+ values[^]*Lead\.Phase__c: is not restricted/),
    });
  }, 120_000);

  it('names the gates that there are, where it is asked for one that there is not', async () => {
    await expect(run(process.execPath, [script, copy.directory, 'pick'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/There is no gate pick; there are .*picklists/),
    });
  });
});
