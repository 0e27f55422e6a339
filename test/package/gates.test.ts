// The package can be deployed, and each gate that says so is proven by faults planted in a copy.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { GATES, runGate } from '../../scripts/package/gates.ts';
import { PACKAGE_DIRECTORY } from '../../scripts/package/project.ts';
import { readPackageSource, type PackageSource } from '../../scripts/package/source.ts';
import { FAULTS } from './faults.ts';
import { PackageCopy } from './plant.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/checkPackage.ts', import.meta.url));

let source: PackageSource;
let copy: PackageCopy;
beforeAll(async () => {
  copy = await PackageCopy.make();
  source = await readPackageSource(PACKAGE_DIRECTORY);
});
afterEach(() => copy.restore());
afterAll(() => copy.dispose());

describe.each(GATES)('$name: $promise', (gate) => {
  it('holds of the package (M33)', async () => {
    const { checked, problems } = await runGate(gate, source);
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThan(0);
    // The compiler of the platform reads every component for the first time: seconds, more on a machine that is busy.
  }, 120_000);

  it.each(FAULTS.filter((fault) => fault.gate === gate.name))('finds $what', async ({ plant, says }) => {
    await plant(copy);
    const { problems } = await runGate(gate, await readPackageSource(copy.directory));
    expect(problems.join('\n')).toMatch(says);
  });

  it('does not hold of an empty folder', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'sellfire-empty-'));
    try {
      expect((await runGate(gate, await readPackageSource(empty))).problems).not.toEqual([]);
    } finally {
      await rm(empty, { recursive: true });
    }
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
