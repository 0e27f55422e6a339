// The lease of a process that leads is renewed in time, or given up.
import { expect, describe, it } from '@jest/globals';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import { BridgeError } from '../../../bridge/model/fault.ts';
import { startRenewal } from '../../../bridge/store/postgres/renewal.ts';
import { createClock, settled } from '../../helpers/clock.ts';

const LEASE_MS = 9_000;

/** A renewal whose answers the test gives. */
function renewing() {
  const clock = createClock();
  let asked = 0;
  let answer: () => Promise<number | undefined> = async () => undefined;
  const renewal = startRenewal({
    leaseMs: LEASE_MS,
    renew() {
      asked += 1;
      return answer();
    },
    timer: clock,
    steady: clock.now,
  });
  const pass = async (ms: number): Promise<void> => {
    clock.pass(ms);
    await settled();
  };
  return { renewal, pass, asked: () => asked, answers: (next: typeof answer) => void (answer = next) };
}

describe('the lease of a process that leads', () => {
  it('is renewed three times while it would hold, and holds on', async () => {
    const { renewal, pass, asked } = renewing();
    for (let third = 1; third <= 9; third += 1) {
      await pass(LEASE_MS / 3);
      expect([asked(), renewal.isCurrent(), renewal.isDue()]).toEqual([third, true, false]);
    }
  });

  it('does not hold where the database does not answer for so long, and holds again once it does', async () => {
    const { renewal, pass, answers } = renewing();
    answers(async () =>
      Promise.reject(new BridgeError(explain('STORE_UNUSABLE.database', { place: 'db', cause: 'x' }))),
    );
    for (let second = 1; second < 9; second += 1) await pass(1_000);
    expect([renewal.isCurrent(), renewal.isDue()]).toEqual([true, true]);
    await pass(1_000);
    expect(renewal.isCurrent()).toBe(false);
    answers(async () => undefined);
    await pass(1_000);
    expect(renewal.isCurrent()).toBe(true);
  });

  it('counts from before it was asked for', async () => {
    const { renewal, pass, answers } = renewing();
    const late = Promise.withResolvers<undefined>();
    answers(() => late.promise);
    await pass(LEASE_MS / 3);
    await pass(LEASE_MS - 1_000);
    late.resolve(undefined);
    await settled();
    expect(renewal.isCurrent()).toBe(true);
    await pass(1_000);
    expect(renewal.isCurrent()).toBe(false);
  });

  it('ends for good where another process has taken the lead, and is asked for no more', async () => {
    const { renewal, pass, asked, answers } = renewing();
    answers(async () => Promise.reject(new BridgeError(explain('STORE_TAKEN_OVER'))));
    await pass(LEASE_MS / 3);
    await expect(renewal.lost).resolves.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    expect(renewal.isCurrent()).toBe(false);
    await pass(LEASE_MS);
    expect(asked()).toBe(1);
  });
});
