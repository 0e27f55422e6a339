// The benchmarks work: each measures a little of what it measures, and what it says of it is whole. How fast anything is, no test says.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Half a minute each on two cores that do nothing else. */
const MOST_MS = 300_000;

/** @returns what it prints; rejects where it ends with another code than 0 */
async function bench(name: string, ...args: string[]): Promise<string> {
  const program = [`scripts/bench/${name}.ts`, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT, maxBuffer: 2 ** 26 });
  return stdout;
}

/** Every number in it, by its path. */
function numbersOf(value: unknown, path = ''): [path: string, number: number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => numbersOf(one, `${path}.${key}`));
}

/** Of a table: the numbers of its rows but for the first, which names the columns. */
const rowsOf = (text: string): string[] => text.split('\n').filter((line) => /^\| [\d*]/.test(line));

describe('a benchmark on few records measures everything that it says', () => {
  it.each([
    ['main', 'what a change costs, and how many are carried'],
    ['thin', 'the whole bridge beside a pipe that only receives, decodes and sends'],
    ['links', 'a large store beside a small one'],
    ['network', 'both systems far away beside both near'],
    ['idle', 'the calls of an hour without changes'],
  ])(
    '%s: %s',
    async (name) => {
      const line = (await bench(name, '--quick', '--json')).trimEnd().split('\n').at(-1) ?? '';
      const { machine, ...measured } = JSON.parse(line) as Record<string, unknown>;
      expect(machine).toMatchObject({ cores: expect.any(Number), node: process.version });
      const numbers = numbersOf(measured);
      expect(numbers.filter(([, one]) => !Number.isFinite(one) || one < 0)).toEqual([]);
      expect(numbers.filter(([, one]) => one > 0).length).toBeGreaterThan(1);
      // What could not be measured is a null in JSON.
      expect(line).not.toContain('null');
    },
    MOST_MS,
  );

  it.each([
    ['load', ['--leads', '400', '--events', '250'], '400 of each are right.'],
    ['backlog', ['--changes', '1000', '--leads', '50'], 'Every lead got the last of its changes.'],
    [
      'backlog',
      ['--changes', '1000', '--leads', '50', '--still', 'salesforce'],
      'Every lead got the last of its changes.',
    ],
  ])(
    '%s %j ends with what both systems hold',
    async (name, args, last) => {
      expect((await bench(name, ...args)).trimEnd()).toMatch(new RegExp(`${last.replaceAll('.', '\\.')}$`));
    },
    MOST_MS,
  );

  it(
    'wide: each number of processes beside the first',
    async () => {
      const rows = rowsOf(await bench('wide', '--leads', '30', '--rounds', '1', '--processes', '1,2'));
      expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(['1', '2']);
      expect(rows.join('\n')).not.toContain('NaN');
    },
    MOST_MS,
  );
});
