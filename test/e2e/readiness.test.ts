// What readiness and the org's status say of a direction that stands still, and of a clock that is off: with both systems, and
// a clock that the test moves.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

jest.setTimeout(60_000);

let local: LocalConnection;
let admin: Admin;
beforeAll(async () => {
  local = await startLocalConnection({}, async (org) => {
    admin = await signIn(org, org.users.admin.username);
    await mapFields(admin, '');
  });
  await until('the bridge is ready', async () => (await checks()).every(({ ok }) => ok));
});
afterAll(() => local.stop());
afterEach(() => {
  jest.restoreAllMocks();
  local.sellfire.faults.set({ unavailable: 0 });
});

const checks = (aheadMs = 0) => local.connection.checks(Date.now() + aheadMs);
const check = async (name: string, aheadMs = 0) => (await checks(aheadMs)).find((one) => one.name === name);
/** The bridge's clock from now on. */
function offBy(ms: number): void {
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + ms);
}

describe('readiness', () => {
  it('has the lag of each direction, and nothing waits when all is done', async () => {
    expect(await check('salesforce to sellfire')).toEqual({
      name: 'salesforce to sellfire',
      ok: true,
      detail: 'Nothing waits.',
    });
    expect(await check('sellfire to salesforce')).toMatchObject({ ok: true });
  });

  it('fails when a direction has work and has carried nothing for two minutes, and says why', async () => {
    local.sellfire.faults.set({ unavailable: 1_000_000 });
    await admin.sobject('Lead').create({ Phone: '+15125550191', LastName: 'Stone', Company: 'Acme' });
    await until('the Lead was tried in vain', async () => {
      const one = await check('salesforce to sellfire', 60_000);
      return one?.detail.startsWith('The oldest change waits');
    });
    const still = await until('it stands still', async () => {
      const one = await check('salesforce to sellfire', 125_000);
      return one?.ok === false && one.detail.includes('maintained') ? one : undefined;
    });
    expect(still.detail).toMatch(/^It stands still\. The oldest change waits for \d+ s\./);
    expect(await check('sellfire to salesforce', 125_000)).toMatchObject({ ok: true });
    local.sellfire.faults.set({ unavailable: 0 });
    await until('it goes on', async () => (await check('salesforce to sellfire'))?.detail === 'Nothing waits.', 40_000);
  });

  it.each([
    [3_600_000, 'ahead of'],
    [-3_600_000, 'behind'],
  ])('names a clock that is off by %i ms', async (ms, words) => {
    expect(await check('clock')).toMatchObject({ ok: true });
    offBy(ms);
    await until('the clock is named', async () => {
      await local.sellfireClient.account();
      const one = await check('clock');
      return one?.ok === false && one.detail.includes(`${words} Sellfire's`);
    });
    jest.restoreAllMocks();
    await until('the clock agrees', async () => {
      await local.sellfireClient.account();
      return (await check('clock'))?.ok;
    });
  });
});
