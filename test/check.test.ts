// The code passes the checks of `npm run check`. As a suite, they take no core from the tests beside them while one waits.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(await readFile(`${ROOT}/package.json`, 'utf8')) as { scripts: { check: string } };

/** What a check prints goes to the message of the failure. */
const run = (script: string): Promise<string> =>
  new Promise((resolve) => {
    execFile('npm', ['run', script], { cwd: ROOT, maxBuffer: Infinity, encoding: 'utf8' }, (error, out, err) =>
      resolve(error ? `${out}\n${err}` : 'passed'),
    );
  });

it.each(scripts.check.split(' && ').map((one) => one.replace('npm run ', '')))(
  'the code passes npm run %s',
  async (script) => {
    expect(await run(script)).toBe('passed');
    // Reading all types and linting every file takes half a minute of one core each; nothing else depends on the time.
  },
  600_000,
);
