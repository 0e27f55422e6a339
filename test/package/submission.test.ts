// The folder for the security review is built whole, and says of each scan what came of it: findings and a scan that cannot run are
// never taken for a clean result.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSubmission } from '../../scripts/submission/folder.ts';
import { SCANS, type Scan, type Scanned } from '../../scripts/submission/scans.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const folder = join(mkdtempSync(join(tmpdir(), 'submission-')), 'built');
const scan = (name: string, script: string): Scan => ({
  name,
  what: `The scan ${name}`,
  command: process.execPath,
  args: ['-e', script],
  codes: [0, 1],
});

let results: Scanned[];
let index: string;
beforeAll(async () => {
  const design = SCANS.filter(({ name }) => name === 'slds-linter');
  results = await buildSubmission(ROOT, folder, [
    ...design,
    scan('found', 'console.log("1 vulnerability"); process.exit(1)'),
    scan('crashed', 'process.exit(2)'),
    scan('silent', 'process.exit(1)'),
    scan('offline', 'console.error("npm warn old\\nnpm error network: request failed"); process.exit(1)'),
    { ...scan('absent', ''), command: 'no-such-scanner' },
  ]);
  index = readFileSync(join(folder, 'README.md'), 'utf8');
}, 60_000);
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe('the submission', () => {
  it('says of each scan what came of it, and why one did not run', () => {
    expect(results.map(({ name, state }) => [name, state])).toEqual([
      ['slds-linter', 'clean'],
      ['found', 'findings'],
      ['crashed', 'not run'],
      ['silent', 'not run'],
      ['offline', 'not run'],
      ['absent', 'not run'],
    ]);
    expect(index).toContain('| [found](scans/found.txt) | **ran, with findings** | The scan found |');
    expect(index).toContain('- **offline** did not run here: `npm error network: request failed`');
    expect(index).toMatch(/- \*\*absent\*\* did not run here: `.*ENOENT.*`/);
  });

  it('keeps the result of each scan, without paths of this machine', () => {
    expect(readFileSync(join(folder, 'scans/found.txt'), 'utf8')).toBe('1 vulnerability\n');
    const texts = results.map(({ name }) => readFileSync(join(folder, 'scans', `${name}.txt`), 'utf8'));
    for (const text of [...texts, index]) expect(text).not.toContain(ROOT);
  });

  it('leads only to files that are in it', () => {
    const links = [...index.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) expect([link, existsSync(join(folder, link))]).toEqual([link, true]);
  });

  it('holds nothing of an earlier one', async () => {
    writeFileSync(join(folder, 'scans/old.txt'), 'old');
    await buildSubmission(ROOT, folder, []);
    expect(existsSync(join(folder, 'scans/old.txt'))).toBe(false);
  });
});
