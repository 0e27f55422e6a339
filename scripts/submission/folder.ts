// The folder for the store's security review: the results of the scans, notes on findings, and the books of architecture and data flow.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runScan, type Scan, type Scanned } from './scans.ts';

/** What a reviewer reads, in this order, and what it answers. */
const BOOKS: readonly (readonly [file: string, answers: string])[] = [
  ['docs/architecture.md', 'how it is put together, and how data flow'],
  ['docs/security.md', 'sign-in and its four controls, what is stored where, rights, who may reach the bridge'],
  ['docs/security-review.md', 'what a reviewer asks, answered; notes on findings of Salesforce Code Analyzer'],
  ['docs/admin-guide.md', 'how it is set up, page by page'],
  ['docs/managers-guide.md', 'what a rep and a manager see on a record'],
  ['docs/salesforce-setup.md', 'users, permission sets and rights in the org'],
  ['docs/package.md', 'every object, field, flow, permission and page that is installed'],
  ['docs/operation.md', 'how the bridge is run, its log and its measures'],
  ['docs/failure-modes.md', 'what goes wrong, and what is promised then'],
];

/** What cannot be done without an org of one's own and a running service of the vendor. */
const BY_HAND: readonly string[] = [
  'A Salesforce org with the package installed, and its users and passwords, for the reviewer.',
  'A DAST scan (ZAP, Burp or the like) of the public address of the bridge, because a scan of this machine says nothing of that one.',
  'The result of Salesforce Code Analyzer, where it says "not run" above: `sf plugins install code-analyzer`, then this command again.',
];

const WORDS: Readonly<Record<Scanned['state'], string>> = {
  clean: 'ran, no errors',
  findings: '**ran, with findings**',
  'not run': '**not run**',
};

/** @param root of the repository @param folder is emptied first @returns what came of each scan */
export async function buildSubmission(root: string, folder: string, scans: readonly Scan[]): Promise<Scanned[]> {
  await rm(folder, { recursive: true, force: true });
  for (const name of ['scans', 'docs']) await mkdir(join(folder, name), { recursive: true });
  const results: Scanned[] = [];
  // One after the other: they want all of a small machine.
  for (const scan of scans) {
    const result = await runScan(scan, root);
    await writeFile(join(folder, 'scans', `${scan.name}.txt`), `${result.output.trimEnd()}\n`);
    results.push(result);
  }
  for (const [file] of BOOKS) await cp(join(root, file), join(folder, 'docs', basename(file)));
  await cp(join(root, 'docs/images'), join(folder, 'docs/images'), { recursive: true });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await writeFile(join(folder, 'README.md'), indexOf(version, results));
  return results;
}

function indexOf(version: string, results: readonly Scanned[]): string {
  const findings = results.filter(({ state }) => state !== 'clean');
  return `# Submission for the security review, version ${version}

## Scans

| scan | result | of |
| --- | --- | --- |
${results.map(({ name, state, what }) => `| [${name}](scans/${name}.txt) | ${WORDS[state]} | ${what} |`).join('\n')}

## Notes on findings

${findings.length === 0 ? 'No scan that ran has errors; warnings stand in its result.' : findings.map(noteOf).join('\n')}

## Books

${BOOKS.map(([file, answers]) => `- [${basename(file)}](docs/${basename(file)}): ${answers}`).join('\n')}

## To be added by hand

${BY_HAND.map((line) => `- ${line}`).join('\n')}
`;
}

function noteOf({ name, state, output }: Scanned): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  // Warnings come before what has gone wrong.
  const first = lines.find((line) => /error|fail|not found|ENOENT/i.test(line)) ?? lines[0] ?? '';
  return state === 'not run'
    ? `- **${name}** did not run here: \`${first.replaceAll('`', "'").slice(0, 300)}\``
    : `- **${name}** has findings. Each is to be mended, or explained here as a false positive, before the submission.`;
}
