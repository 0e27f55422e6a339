import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createPolling, type Polling } from '../../../bridge/connection/polling.ts';
import type { Tier } from '../../../bridge/sync/budget.ts';
import { until } from '../../helpers/stack.ts';

let polling: Polling | undefined;
afterEach(() => polling?.stop());

/** The clock moves when the test says so; looks are as quick as they can be. */
function start(read: (since: number) => Promise<unknown>) {
  const simulation = { time: 1_000_000, hears: false, tier: 'normal' as Tier };
  polling = createPolling({
    read,
    hears: () => simulation.hears,
    tier: () => simulation.tier,
    logger: pino({ level: 'silent' }),
    lookMs: 1,
    now: () => simulation.time,
  });
  return { world: simulation, polling };
}

describe('asking in place of events', () => {
  it('begins where events ended, goes on from its last beginning, and reads the seam when events come again', async () => {
    const reads: number[] = [];
    const { world, polling } = start(async (since) => void reads.push(since));
    polling.begin(500, 'subscription.limit.exceeded');
    polling.begin(900, 'subscription.limit.exceeded');
    await until('it was asked', () => polling.state()?.lastAt === 1_000_000);
    world.time = 1_060_000;
    await until('it was asked again', () => reads.length === 2);
    world.time = 1_070_000;
    world.hears = true;
    await until('events come again', () => polling.state() === undefined);
    expect(reads).toEqual([500, 1_000_000, 1_060_000]);
    polling.begin(1_080_000, 'subscription.limit.exceeded');
    await until('it was asked', () => reads.length >= 4);
    expect(reads[3]).toBe(1_080_000);
  });

  it('asks for the same again when it failed, and does not go back to events before that', async () => {
    const reads: number[] = [];
    const { world, polling } = start(async (since) => {
      reads.push(since);
      if (reads.length < 3) throw new Error('SERVER_UNAVAILABLE');
    });
    polling.begin(500, 'subscription.limit.exceeded');
    await until('it failed', () => polling.state()?.problem === 'SERVER_UNAVAILABLE');
    world.hears = true;
    world.time += 60_000;
    await until('it failed again', () => reads.length === 2);
    expect(polling.state()).toBeDefined();
    world.time += 60_000;
    await until('events come again', () => polling.state() === undefined);
    expect(reads).toEqual([500, 500, 500]);
  });

  it('asks less often when calls run short, and not at all before there is room again', async () => {
    const reads: number[] = [];
    const { world, polling } = start(async (since) => void reads.push(since));
    world.tier = 'deferred';
    polling.begin(500, 'subscription.limit.exceeded');
    await until('it says why', () => polling.state()?.problem === 'Salesforce API calls run short.');
    world.tier = 'warned';
    await until('it was asked', () => reads.length === 1);
    expect(polling.state()?.problem).toBeUndefined();
    world.time += 299_999;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reads).toHaveLength(1);
    world.time += 1;
    await until('it was asked again', () => reads.length === 2);
  });
});
