// In place of events, what changed is asked for; by a clock that the test moves.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createPolling, type Polling } from '../../../bridge/connection/polling.ts';
import { say } from '../../../bridge/model/message.ts';
import type { Tier } from '../../../bridge/sync/budgetStatus.ts';
import { createClock, settled, type Clock } from '../../helpers/clock.ts';

const START = 1_000_000;
let clock: Clock;
let polling: Polling;
beforeEach(() => {
  clock = createClock(START);
});
afterEach(() => polling.stop());

function start(read: (since: number) => Promise<unknown>) {
  const org = { connected: false, tier: 'normal' as Tier };
  polling = createPolling({
    read,
    isConnected: () => org.connected,
    tier: () => org.tier,
    logger: pino({ level: 'silent' }),
    timer: clock,
  });
  return org;
}

/** Moves time on, with a look each second. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed <= ms; passed += 1_000) {
    clock.pass(passed === 0 ? 0 : 1_000);
    await settled();
  }
}

describe('asking in place of events', () => {
  it('begins where events ended, goes on from its last beginning, and reads the seam when events come again', async () => {
    const reads: number[] = [];
    const org = start(async (since) => void reads.push(since));
    polling.begin(500, 'SUBSCRIPTION_LIMIT_EXCEEDED');
    polling.begin(900, 'SUBSCRIPTION_LIMIT_EXCEEDED');
    await pass(59_000);
    expect(reads).toEqual([500]);
    expect(polling.state()).toMatchObject({ since: 500, lastAt: START });
    await pass(1_000);
    expect(reads).toEqual([500, START]);
    org.connected = true;
    await pass(2_000);
    expect(reads).toEqual([500, START, START + 60_000]);
    expect(polling.state()).toBeUndefined();
    expect(clock.due()).toEqual([]);
    org.connected = false;
    polling.begin(1_080_000, 'SUBSCRIPTION_LIMIT_EXCEEDED');
    await pass(0);
    expect(reads[3]).toBe(1_080_000);
  });

  it('asks for the same again when it failed, and does not go back to events before that', async () => {
    const reads: number[] = [];
    const org = start(async (since) => {
      reads.push(since);
      if (reads.length < 3) throw new Error('SERVER_UNAVAILABLE');
    });
    polling.begin(500, 'SUBSCRIPTION_LIMIT_EXCEEDED');
    await pass(0);
    expect(polling.state()?.problem?.sentence).toBe('SERVER_UNAVAILABLE');
    org.connected = true;
    await pass(60_000);
    expect(reads).toHaveLength(2);
    expect(polling.state()).toBeDefined();
    await pass(60_000);
    expect(polling.state()).toBeUndefined();
    expect(reads).toEqual([500, 500, 500]);
  });

  it('asks less often when calls run short, and not at all before there is room again', async () => {
    const reads: number[] = [];
    const org = start(async (since) => void reads.push(since));
    org.tier = 'deferred';
    polling.begin(500, 'SUBSCRIPTION_LIMIT_EXCEEDED');
    await pass(10_000);
    expect(reads).toEqual([]);
    expect(polling.state()?.problem).toEqual(say('callsShort'));
    org.tier = 'warned';
    await pass(1_000);
    expect(reads).toHaveLength(1);
    expect(polling.state()?.problem).toBeUndefined();
    await pass(298_000);
    expect(reads).toHaveLength(1);
    await pass(2_000);
    expect(reads).toHaveLength(2);
  });

  it('reads on by the clock of the org, and goes on every minute when the clock of the bridge is set', async () => {
    const reads: number[] = [];
    let setBy = 0;
    polling = createPolling({
      ...{ read: async (since) => void reads.push(since), isConnected: () => false, tier: () => 'normal' },
      logger: pino({ level: 'silent' }),
      timer: { ...clock, now: () => clock.now() + setBy, steady: clock.now },
      orgNow: clock.now,
    });
    polling.begin(500, 'SUBSCRIPTION_LIMIT_EXCEEDED');
    await pass(0);
    for (setBy of [3_600_000, -3_600_000]) await pass(60_000);
    expect(reads).toEqual([500, START, START + 60_000]);
  });
});
