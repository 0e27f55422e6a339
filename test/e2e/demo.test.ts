// What a newcomer types second: the scripted story, as a process of its own, against the real parts.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The rows of the table that name a step that failed, with what was expected and what was seen. */
const failedSteps = (output: string): string[] => output.split(/\n(?=\d)/).filter((row) => row.includes('✗'));

it('holds in both systems whatever the story does, a kill of the bridge included (B14)', async () => {
  const { code, output } = await promisify(execFile)(process.execPath, ['scripts/demo.ts', '--once'], {
    cwd: ROOT,
  }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, output: stdout + stderr }),
  );
  expect(failedSteps(output)).toEqual([]);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('26 of 26 steps hold.') });
}, 180_000);
