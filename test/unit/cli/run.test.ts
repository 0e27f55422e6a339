// A running bridge as a process (M34): it starts, says so, and stops in order.
import { describe, it, expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SLUGGISH = join(import.meta.dirname, 'sluggish.ts');

interface Service {
  signal(signal: NodeJS.Signals): void;
  /** A line of its input. */
  write(line: string): void;
}

/** Starts it; `when` answers each line of its output and each of its error output. */
async function watch(shutdownSeconds: number, when: (line: string, service: Service) => void) {
  const child = spawn(process.execPath, [SLUGGISH, String(shutdownSeconds)], { stdio: 'pipe' });
  const service: Service = {
    signal: (signal) => void child.kill(signal),
    write: (line) => void child.stdin.write(`${line}\n`),
  };
  const read = (stream: typeof child.stdout): string[] => {
    const lines: string[] = [];
    stream.on('data', (data: Buffer) => {
      for (const line of data.toString().trim().split('\n')) {
        lines.push(line);
        when(line, service);
      }
    });
    return lines;
  };
  const words = read(child.stdout);
  const errors = read(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, words, errors: errors.join('\n') };
}

describe('a running bridge (M34)', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what is under way on %s, once, and ends with 0', async (signal) => {
    let signals = 0;
    const { code, words, errors } = await watch(60, (line, service) => {
      if (line === 'starting') service.write('start');
      if (line === 'started') service.signal(signal);
      if (line === 'stopping') service.write('400');
      // As npm does, which passes on what the terminal has sent.
      if (line === 'at 400') service.signal(signal);
      if (line === signal && ++signals === 2) service.write('stop');
    });
    expect(code).toBe(0);
    expect(words).toEqual(['starting', 'started', signal, 'stopping', 'at 400', signal, 'stopped']);
    expect(errors).toContain(`${signal}: finishing`);
  });

  it('keeps a signal that comes while it starts', async () => {
    const { code, words } = await watch(60, (line, service) => {
      if (line === 'starting') service.signal('SIGTERM');
      if (line === 'SIGTERM') service.write('start');
      if (line === 'stopping') service.write('stop');
    });
    expect(code).toBe(0);
    expect(words).toEqual(['starting', 'SIGTERM', 'started', 'stopping', 'stopped']);
  });

  it('ends at once with 1 on a second signal', async () => {
    const { code, words, errors } = await watch(60, (line, service) => {
      if (line === 'starting') service.write('start');
      if (line === 'started') service.signal('SIGTERM');
      if (line === 'stopping') service.write('600');
      if (line === 'at 600') service.signal('SIGTERM');
    });
    expect(code).toBe(1);
    expect(words).not.toContain('stopped');
    expect(errors).toContain('again: ending at once');
  });

  it('cuts off a stop that takes too long, and ends with 1', async () => {
    const { code, errors } = await watch(0.2, (line, service) => {
      if (line === 'starting') service.write('start');
      if (line === 'started') service.signal('SIGTERM');
    });
    expect(code).toBe(1);
    expect(errors).toContain('is cut off');
  });
});
