// The order in which a connection starts: what people change meanwhile falls between no two of its steps.
import { describe, expect, it } from '@jest/globals';
import { startUp, type StartupParts } from '../../../bridge/connection/startup.ts';

/** Parts that only note what is called, in which order. */
function noting(): { parts: StartupParts; calls: string[] } {
  const calls: string[] = [];
  const part = (name: string): object =>
    new Proxy(
      {},
      {
        get: (_, method) =>
          [
            'streams',
            'feed',
            'hours',
            'scheduler',
            'control',
            'reconciling',
            'openRequests',
            'rightsReads',
            'budget',
          ].includes(String(method))
            ? part(String(method))
            : (first: unknown, work: unknown) => {
                calls.push(`${name}.${String(method)}`);
                return name === 'attempts' && typeof work === 'function' ? (work as () => unknown)() : undefined;
              },
      },
    );
  const names = ['attempts', 'org', 'configurations', 'orgMirror', 'outgoing', 'administration'];
  const others = ['incoming', 'sweep', 'heartbeat', 'storeMark', 'alerting', 'logger'];
  const parts = Object.fromEntries([...names, ...others].map((name) => [name, part(name)]));
  return { parts: parts as unknown as StartupParts, calls };
}

describe('a connection that starts', () => {
  it('reads its configuration again once the stream of changes of it is up: what was saved since the first read has no event', async () => {
    const { parts, calls } = noting();
    await startUp(parts);
    const [first, up] = ['configurations.reload', 'streams.caughtUp'].map((call) => calls.indexOf(call));
    expect(first).toBeLessThan(calls.indexOf('streams.open'));
    expect(calls.indexOf('configurations.reloadSoon')).toBeGreaterThan(up ?? Infinity);
  });

  it('works on nothing before the configuration is read, the store is known, and the streams are open', async () => {
    const { parts, calls } = noting();
    await startUp(parts);
    const steps = ['configurations.reload', 'storeMark.check', 'streams.open', 'scheduler.start', 'sweep.start'];
    expect(calls.filter((call) => steps.includes(call))).toEqual(steps);
  });
});
