// The release path prints what it would call, and the Salesforce CLI that is installed knows each of these calls.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { writeSampleData } from '../../scripts/release/sampleData.ts';
import { createVersion, install, promote, register, scratchOrg, type Step } from '../../scripts/release/steps.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../scripts/release.ts', import.meta.url));
const VERSION = '04t000000000001AAA';
const options = { devHub: 'hub', org: 'target', version: VERSION };

/** Flags of a command by the CLI's own lists. */
async function flagsOf(command: string): Promise<string[]> {
  for (const plugin of ['packaging', 'org', 'data', 'user', 'deploy-retrieve']) {
    const file = new URL(`../../node_modules/@salesforce/plugin-${plugin}/oclif.manifest.json`, import.meta.url);
    const { commands } = JSON.parse(await readFile(file, 'utf8')) as {
      commands: Record<string, { aliases?: string[]; flags: Record<string, unknown> }>;
    };
    const found = commands[command];
    if (found) return Object.keys(found.flags);
  }
  return [];
}

const steps: [string, Step][] = [
  ...register(options),
  ...createVersion(options),
  ...promote(options),
  ...install(options),
  ...scratchOrg(options, ['a.json']),
].map((step) => [
  step.sf
    .slice(
      0,
      step.sf.findIndex((word) => word.startsWith('--')),
    )
    .join(' '),
  step,
]);

describe('the release path', () => {
  it.each(steps)('calls sf %s with flags that it has', async (command, { sf }) => {
    const known = await flagsOf(command.replaceAll(' ', ':'));
    const used = sf.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
    expect(used.filter((flag) => !known.includes(flag))).toEqual([]);
    expect(used.length).toBeGreaterThan(0);
  });

  it('prints the calls of a dry run and makes none', async () => {
    const { stdout } = await run(process.execPath, [script, 'promote', VERSION, '--dev-hub', 'my hub', '--dry-run']);
    expect(stdout).toContain(`sf package version promote --package ${VERSION} --no-prompt --target-dev-hub 'my hub'\n`);
  }, 120_000);

  it('builds no version of a package whose gates do not hold, and says what was checked', async () => {
    const { stdout } = await run(process.execPath, [script, 'version', '--dry-run']);
    expect(stdout).toMatch(/^# \d+ gates hold of force-app\n# builds[^]*sf package version create --package Sellfire /);
  }, 120_000);

  it('says what it would build', async () => {
    const { stdout } = await run(process.execPath, [script, 'build', '--dry-run']);
    expect(stdout).toMatch(/^# (every component is up to date|builds main\/default\/lwc\/.*\.ts)\n$/);
  }, 120_000);

  it('prints every call on the way to a scratch org with the demo’s businesses in it', async () => {
    const { stdout } = await run(process.execPath, [script, 'scratch', '--dry-run', '--org', 'mine']);
    const calls = stdout.split('\n').filter((line) => line.startsWith('sf '));
    expect(calls.map((call) => call.split(' --')[0])).toEqual([
      'sf org create scratch',
      'sf project deploy start',
      'sf org assign permset',
      'sf data import tree',
    ]);
    expect(calls.filter((call) => / mine\b/.test(call))).toHaveLength(4);
  }, 120_000);

  it('refuses what is no version', async () => {
    await expect(run(process.execPath, [script, 'install', '0Ho000000000001', '--dry-run'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('begins with 04t'),
    });
  }, 120_000);
});

describe('the sample data', () => {
  it('are the same businesses each time, in files that the CLI takes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sellfire-samples-'));
    try {
      const files = await writeSampleData(directory, 250);
      const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      const records = texts.flatMap((text) => (JSON.parse(text) as { records: Record<string, unknown>[] }).records);
      expect([files.length, records.length]).toEqual([2, 250]);
      expect(records[0]).toMatchObject({ attributes: { type: 'Lead' }, Phone: expect.stringMatching(/^\+1\d{3}555/) });
      await writeSampleData(directory, 250);
      expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual(texts);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
