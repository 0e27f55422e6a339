// The scans of a submission: what runs here, and what of it the store's security review asks for. A scan that cannot run says why; it is
// never left out in silence.
import { execFile } from 'node:child_process';

export interface Scan {
  /** Name of its result file, without the ending. */
  name: string;
  what: string;
  command: string;
  args: readonly string[];
  /** Codes of an end that leaves a result, findings included. */
  codes: readonly number[];
}

export interface Scanned extends Scan {
  state: 'clean' | 'findings' | 'not run';
  output: string;
}

const node = process.execPath;
const bin = (path: string): string => `node_modules/${path}`;

export const SCANS: readonly Scan[] = [
  {
    name: 'gates',
    what: 'The gates of the package: metadata types, conversion, flows (with the rules of the flow scanner), permissions, keys, texts, no Apex',
    command: node,
    args: ['scripts/checkPackage.ts'],
    codes: [0, 1],
  },
  {
    name: 'eslint-lwc',
    what: "ESLint with Salesforce's rules for Lightning Web Components, over every component",
    command: node,
    args: [bin('eslint/bin/eslint.js'), 'force-app', '--ignore-pattern', '**/*.js'],
    codes: [0, 1],
  },
  {
    name: 'slds-linter',
    what: 'The linter of the Lightning Design System, over every template and style sheet',
    command: bin('.bin/slds-linter'),
    args: ['lint', 'force-app'],
    codes: [0, 1],
  },
  {
    name: 'npm-audit',
    what: 'Known vulnerabilities of the dependencies that run in production, by the npm registry',
    command: 'npm',
    // A silent run of npm would have it print nothing.
    args: ['audit', '--omit=dev', '--loglevel', 'warn'],
    codes: [0, 1],
  },
  {
    name: 'code-analyzer',
    what: "Salesforce Code Analyzer with its recommended rules, which the store's review wants",
    command: bin('.bin/sf'),
    args: ['code-analyzer', 'run', '--workspace', 'force-app', '--rule-selector', 'Recommended', '--view', 'table'],
    codes: [0],
  },
];

/** An audit that reaches no registry ends like one with findings, and findings are never silent. */
const UNREACHABLE = /npm error (code|audit endpoint|network)|ENOTFOUND|ECONNREFUSED|is not a sf command/i;
/** Longer than the slowest of them needs on a busy machine. */
const PATIENCE_MS = 10 * 60_000;

export async function runScan(scan: Scan, cwd: string): Promise<Scanned> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: PATIENCE_MS, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } };
    execFile(scan.command, [...scan.args], options, (error, stdout, stderr) => {
      const output = [stdout, stderr]
        .filter((text) => text.trim() !== '')
        .join('\n')
        .replaceAll(cwd, '.');
      const code = error === null ? 0 : error.code;
      const saidNothing = code !== 0 && output === '';
      const hasRun = typeof code === 'number' && scan.codes.includes(code) && !saidNothing && !UNREACHABLE.test(output);
      const state = !hasRun ? 'not run' : code === 0 ? 'clean' : 'findings';
      resolve({ ...scan, state, output: output || (error?.message.replaceAll(cwd, '.') ?? 'It printed nothing.') });
    });
  });
}
