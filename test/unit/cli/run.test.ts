import { describe, it, expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SLUGGISH = join(import.meta.dirname, 'sluggish.ts');

/** Starts it; `when` sends a signal each time one of its words is read. */
async function watch(args: number[], when: (word: string, kill: (signal: NodeJS.Signals) => void) => void) {
  const child = spawn(process.execPath, [SLUGGISH, ...args.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const words: string[] = [];
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  child.stdout.on('data', (data: Buffer) => {
    for (const word of data.toString().trim().split('\n')) {
      words.push(word);
      when(word, (signal) => child.kill(signal));
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, words, errors };
}

describe('a running bridge (M34)', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what is under way on %s, once, and ends with 0', async (signal) => {
    const { code, words, errors } = await watch([0, 100, 5], (word, kill) => {
      if (word !== 'started') return;
      kill(signal);
      // As npm does, which passes on what the terminal has sent.
      kill(signal);
    });
    expect(code).toBe(0);
    expect(words).toEqual(['starting', 'started', 'stopping', 'stopped']);
    expect(errors).toContain(`${signal}: finishing`);
  });

  it('keeps a signal that comes while it starts', async () => {
    const { code, words } = await watch([300, 0, 5], (word, kill) => {
      if (word === 'starting') void sleep(100).then(() => kill('SIGTERM'));
    });
    expect(code).toBe(0);
    expect(words).toEqual(['starting', 'started', 'stopping', 'stopped']);
  });

  it('ends at once with 1 on a second signal', async () => {
    const { code, words, errors } = await watch([0, 60_000, 60], (word, kill) => {
      if (word === 'started') kill('SIGTERM');
      if (word === 'stopping') void sleep(600).then(() => kill('SIGTERM'));
    });
    expect(code).toBe(1);
    expect(words).not.toContain('stopped');
    expect(errors).toContain('again: ending at once');
  });

  it('cuts off a stop that takes too long, and ends with 1', async () => {
    const { code, errors } = await watch([0, 60_000, 0.2], (word, kill) => {
      if (word === 'started') kill('SIGTERM');
    });
    expect(code).toBe(1);
    expect(errors).toContain('is cut off');
  });
});
