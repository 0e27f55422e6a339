// Builds the folder for the store's security review: `npm run submission`. Exits 1 where a scan that ran has findings.
//   npm run submission -- --folder /tmp/submission
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { buildSubmission } from './submission/folder.ts';
import { SCANS } from './submission/scans.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { folder } = new Command('submission')
  .option('--folder <path>', 'where it is built; emptied first', 'dist/submission')
  .parse()
  .opts<{ folder: string }>();

const results = await buildSubmission(ROOT, resolve(ROOT, folder), SCANS);
for (const { name, state } of results) console.log(`${state.padEnd(9)} ${name}`);
console.log(`Built in ${folder}`);
if (results.some(({ state }) => state === 'findings')) process.exitCode = 1;
