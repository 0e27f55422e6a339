// The coverage of the specification as a command: it counts what is there, and ends with 1 as soon as a rule lacks something.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PARTS = [
  'docs/spec.md',
  'test/unit',
  'test/e2e',
  'test/package',
  'force-app/main/default/lwc',
  'test/simulator',
  'scripts/books',
  'scripts/specCoverage',
  'package.json',
];

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'coverage-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true }));

function run(folder = copy): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/coverageSpec.ts', folder], { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

/** In the copy. */
function change(path: string, from: string, to: string): void {
  const source = readFileSync(join(copy, path), 'utf8');
  if (!source.includes(from)) throw new Error(`${path} no longer has "${from}".`);
  writeFileSync(join(copy, path), source.replaceAll(from, to));
}

it('ends with 0 for the specification as it is tested, and prints each rule', async () => {
  const { code, output } = await run();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('have what applies to them.') });
  for (let rule = 1; rule <= 35; rule += 1) expect(output).toMatch(new RegExp(`^M${rule} `, 'm'));
});

it('ends with 1 where the only row of a rule is gone', async () => {
  change('test/e2e/spec/fields.ts', "id: 'M6'", "id: 'none'");
  await expect(run()).resolves.toEqual({
    code: 1,
    output: expect.stringContaining('M6 (Nothing before the phone is mapped) has no end-to-end test.'),
  });
});

it('ends with 1 where a test is skipped that was the only one', async () => {
  const title = "('is not created when creation in this direction is off,";
  change('test/unit/sync/decide.test.ts', `it${title}`, `it.skip${title}`);
  await expect(run()).resolves.toEqual({
    code: 1,
    output: expect.stringContaining('M6 (Nothing before the phone is mapped) has no unit test.'),
  });
});

it('ends with 1 where the simulator no longer has what is claimed of it', async () => {
  change('test/simulator/checks.ts', 'tasksOf', 'renamed');
  await expect(run()).resolves.toEqual({
    code: 1,
    output: expect.stringContaining('M29: the simulator has no check tasksOf.'),
  });
});

it('ends with 1 where a reason is given for what is proven after all', async () => {
  change('test/simulator/covers.ts', 'M29:', 'M16:');
  await expect(run()).resolves.toEqual({
    code: 1,
    output: expect.stringContaining('M16 is said to need no check in the simulator, and has one'),
  });
});

it('ends with 1 where the specification has a rule that nothing proves', async () => {
  // Put together, since this file cites what the books have.
  const id = `M${36}`;
  change('docs/spec.md', '## 19 Beyond', `### ${id} A new rule\n\nIt holds.\n\n## 19 Beyond`);
  await expect(run()).resolves.toEqual({
    code: 1,
    output: expect.stringContaining(`${id} (A new rule) has no unit test.`),
  });
});

it('ends with 1 where a rule of a page lost its only tests', async () => {
  const path = 'force-app/main/default/lwc/mappingBanner/__tests__/mappingBanner.test.ts';
  change(path, " (M6)'", "'");
  await expect(run()).resolves.toEqual({
    code: 1,
    output: expect.stringContaining('M6 (Nothing before the phone is mapped) has no test of the package or a page.'),
  });
});
