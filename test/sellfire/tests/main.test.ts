// `npm run sellfire`: one JSON line with all that a client needs, and a clean end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const start = (...flags: string[]) => spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });

describe('the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints where it is, works, and stops on %s', async (signal) => {
    const child = start('--leads', '25', '--seed', '3', '--api-key', 'a-key-for-a-test');
    const lines = createInterface({ input: child.stdout });
    const [line] = (await once(lines, 'line')) as [string];
    const { url, apiKey, console: page } = JSON.parse(line) as Record<string, string>;
    expect(apiKey).toBe('a-key-for-a-test');
    const answer = await fetch(`${url}/v1/reps`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect([answer.status, (await fetch(String(page))).status]).toEqual([200, 200]);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses a flag that makes no sense', async () => {
    const child = start('--leads', 'many');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
