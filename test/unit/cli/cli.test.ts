// The command line: its help, its errors in words, and its exit codes.
import { describe, it, expect } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { run } from '../../../bridge/cli.ts';
import { LEAST_ENVIRONMENT } from '../../helpers/environment.ts';

const CLI = join(import.meta.dirname, '../../../bridge/cli.ts');
const GOOD = { ...LEAST_ENVIRONMENT, PUBLIC_URL: 'https://bridge.example' };

async function bridge(args: string[], env: Record<string, string> = GOOD) {
  const said = { out: '', err: '' };
  const code = await run(args, { env, out: (text) => (said.out += text), err: (text) => (said.err += text) });
  return { code, ...said };
}

describe('the command line', () => {
  it('is a program', async () => {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [CLI, 'start', '--print-config'], { env: GOOD });
    expect(JSON.parse(stdout)).toHaveProperty('SELLFIRE_URL', GOOD.SELLFIRE_URL);
    await expect(run(process.execPath, [CLI, 'start'], { env: {} })).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('CONFIG_INVALID') as unknown,
    });
  });

  it('prints the configuration without secrets, with a command or without', async () => {
    for (const args of [['--print-config'], ['start', '--print-config'], ['--print-config', 'doctor']]) {
      const { code, out, err } = await bridge(args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({ SELLFIRE_URL: GOOD.SELLFIRE_URL, SELLFIRE_API_KEY: '(set)' });
      for (const secret of [GOOD.SECRET_KEY, GOOD.SELLFIRE_API_KEY, GOOD.SELLFIRE_WEBHOOK_SECRET])
        expect(out).not.toContain(secret);
    }
  });

  it('names every wrong variable and ends with 2, whatever the command', async () => {
    const { code, out, err } = await bridge(['start'], { PORT: 'many' });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^CONFIG_INVALID: /);
    for (const name of ['PORT', 'SECRET_KEY', 'SALESFORCE_CLIENT_ID', 'SELLFIRE_URL', 'SELLFIRE_API_KEY'])
      expect(err).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect(err).toContain('What to do: ');
    expect(err).not.toContain('    at ');
    expect((await bridge(['start'], { PORT: 'many', LOG_LEVEL: 'debug' })).err).toContain('    at ');
  });

  it('ends with 2 on a command line that it does not know, and with 0 on a question', async () => {
    for (const args of [['dance'], ['start', 'now'], ['--dance'], ['disconnect'], ['connect', 'telepathy']]) {
      const { code, err } = await bridge(args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).not.toBe('');
    }
    expect((await bridge(['reconsile'])).err).toMatch(/^error: unknown command 'reconsile'\n.*--help/);
    expect(await bridge([], {})).toMatchObject({ code: 2, err: expect.stringContaining('Usage: bridge') });
    const help = await bridge(['--help'], {});
    expect(help.code).toBe(0);
    for (const word of ['start', 'doctor', 'connect', 'disconnect', '--print-config', 'Exit codes: 0'])
      expect(help.out).toContain(word);
  });

  it('makes a link at which an admin connects an org', async () => {
    const { code, out } = await bridge(['connect', 'web']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^https:\/\/bridge\.example\/oauth\/start\?ticket=t%3D\d+%2Cv1%3D[0-9a-f]{64}%2Cn%3D[\w-]{22}\n$/,
    );
    const { PUBLIC_URL: _, ...local } = GOOD;
    expect((await bridge(['connect', 'web'], { ...local, PORT: '9000' })).out).toMatch(
      /^http:\/\/127\.0\.0\.1:9000\/oauth/,
    );
    const unknown = await bridge(['connect', 'web'], { ...local, PORT: '0' });
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('PUBLIC_URL_MISSING');
  });
});
