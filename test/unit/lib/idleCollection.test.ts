// The collection of an idle process: a burst's garbage goes, and nobody who works is held up.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { startIdleCollection } from '../../../bridge/lib/idleCollection.ts';
import { createClock, settled } from '../../helpers/clock.ts';
import { startCommand } from '../../helpers/startCommand.ts';

const MIB = 2 ** 20;

/** A process by a clock: 50 MiB are in use for good, and what is allocated stays until it is collected. */
function startProcess() {
  const clock = createClock();
  const state = { garbage: 30 * MIB, cpu: 0, collections: 0 };
  const collection = startIdleCollection({
    collect() {
      state.collections += 1;
      state.garbage = 0;
      state.cpu += 60;
    },
    used: () => 50 * MIB + state.garbage,
    cpuMs: () => state.cpu,
    timer: clock,
  });
  return {
    state,
    collection,
    /** @param share of the time that it works */
    async pass(seconds: number, share = 0) {
      for (let second = 0; second < seconds; second += 1) {
        state.cpu += share * 1000;
        clock.pass(1000);
        await settled();
      }
    },
  };
}

describe('the heap of a process', () => {
  it('is collected once it has nothing to do after the start, and after a burst that leaves something', async () => {
    const { state, pass } = startProcess();
    await pass(30);
    expect(state.collections).toBe(1);
    await pass(20, 0.5);
    state.garbage = 15 * MIB;
    await pass(60);
    expect(state.collections).toBe(1);
    await pass(20, 0.5);
    state.garbage = 17 * MIB;
    await pass(20);
    expect(state).toMatchObject({ collections: 2, garbage: 0 });
  });

  it('is left alone by what an idle process allocates', async () => {
    const { state, pass } = startProcess();
    await pass(30);
    state.garbage = 100 * MIB;
    await pass(600, 0.01);
    expect(state.collections).toBe(1);
  });

  it('is left to itself while the process works, however little', async () => {
    const { state, pass } = startProcess();
    await pass(600, 0.03);
    expect(state.collections).toBe(0);
    await pass(20);
    expect(state.collections).toBe(1);
  });

  it('is left alone after the stop', async () => {
    const { state, pass, collection } = startProcess();
    await collection.stop();
    await pass(60);
    expect(state.collections).toBe(0);
  });

  it('can be collected as the bridge is started', () => {
    const [main = '', ...flags] = startCommand().toSpliced(-1).reverse();
    expect(main).toBe('bridge/main.js');
    const said = execFileSync(process.execPath, [...flags, '--print', 'typeof gc'], { encoding: 'utf8' });
    expect(said).toBe('function\n');
  });
});
