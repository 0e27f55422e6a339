// Work beside the changes that fails is said in the readiness once it lasts, with its cause and since when, and no longer once it
// succeeds.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { keepTrying, type Attempts } from '../../../bridge/connection/retry.ts';
import { checksOf } from '../../../bridge/connection/status/readiness.ts';
import type { Snapshot } from '../../../bridge/connection/status/snapshot.ts';
import { createLog } from '../../../bridge/log.ts';
import { PeerError, SHARE_USED } from '../../../bridge/model/fault.ts';
import { budgetStatus } from '../../../bridge/sync/budgetStatus.ts';
import { createClock, type Clock } from '../../helpers/clock.ts';

const MINUTE = 60_000;
const WHAT = 'the comparison with Salesforce';
const refused = (code = 'INVALID_FIELD') =>
  new PeerError('salesforce', { class: 'record', code, message: 'No such column.', fields: [], unknownOutcome: false });

let clock: Clock;
let attempts: Attempts;
beforeEach(() => {
  clock = createClock();
  attempts = keepTrying({ logger: createLog({ level: 'silent' }), timer: clock });
});

const fail = (error: Error): Promise<unknown> =>
  attempts
    .watch(WHAT, async () => Promise.reject(error))()
    .catch((caught: unknown) => expect(caught).toBe(error));

function check() {
  const snapshot = {
    background: attempts.failing(),
    problems: [],
    feed: {},
    jobs: { running: 0, waiting: 0, delayed: 0 },
    clockAhead: {},
    counts: { pending: 0, parked: 0, reports: 0, links: 0 },
    budget: budgetStatus({ own: 0, org: undefined, share: 50 }),
    sync: { state: 'Running' },
    diskProblem: undefined,
    phoneMapped: true,
    rights: [],
    lastCarried: {},
  } as unknown as Snapshot;
  return checksOf(snapshot, clock.now()).find(({ name }) => name === 'background work');
}

describe('work beside the changes', () => {
  it('is well while it succeeds, and its result is given to whoever repeats it', async () => {
    await expect(attempts.watch(WHAT, async () => 7)()).resolves.toBe(7);
    expect(check()).toMatchObject({ ok: true });
  });

  it('that fails for a moment is no fault; that fails longer is one, since its first failure, by its last cause', async () => {
    const first = new Date(clock.now()).toISOString();
    await fail(new Error('away'));
    expect(check()).toMatchObject({ ok: true });
    clock.pass(60 * MINUTE);
    await fail(refused());
    expect(check()).toMatchObject({ ok: false, detail: expect.stringContaining(`${WHAT}: fails since ${first}.`) });
    expect(check()?.detail).toContain('No such column.');
    expect(check()?.detail).not.toContain('away');
  });

  it('that succeeds again is well', async () => {
    await fail(refused());
    clock.pass(60 * MINUTE);
    await attempts.watch(WHAT, async () => undefined)();
    expect(check()).toMatchObject({ ok: true });
  });

  it('that was refused for good is a fault until nothing is refused any more', () => {
    attempts.note('a report row', refused());
    clock.pass(60 * MINUTE);
    expect(check()).toMatchObject({ ok: false });
    attempts.note('a report row', undefined);
    expect(check()).toMatchObject({ ok: true });
  });

  it('that waits for API calls is none: their check says so', async () => {
    await fail(refused(SHARE_USED));
    expect(attempts.failing()).toEqual([]);
  });
});
