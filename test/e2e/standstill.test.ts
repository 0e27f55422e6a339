// A direction that has work and carries nothing for two minutes is not ready, and says why, whatever the cause: with both systems, and
// a clock that the test moves.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import type { Check } from '../../bridge/http/health.ts';
import { createClock, type Clock } from '../helpers/clock.ts';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

jest.setTimeout(90_000);

let clock: Clock;
let local: LocalConnection;
let admin: Admin;
beforeEach(async () => {
  clock = createClock(Date.now());
  local = await startLocalConnection({ timer: clock }, async (org) => {
    admin = await signIn(org, org.users.admin.username);
    await mapFields(admin, '');
  });
  await passUntil('the bridge is ready', isReady);
});
afterEach(() => local.stop());

const checks = (): Promise<Check[]> => local.connection.checks(clock.now());
const isReady = async (): Promise<boolean> => (await checks()).every(({ ok }) => ok);
const passUntil = (what: string | (() => string), look: () => unknown): Promise<unknown> =>
  until(what, async () => {
    clock.pass(1_000);
    return look();
  });

let numbers = 4_000;
const phone = (): string => `+1512555${String((numbers += 1))}`;
const inSellfire = (): unknown =>
  local.sellfire.desk.createLead({ primary_phone_number: phone(), last_name: 'Sand', business_name: 'Acme' });
const inSalesforce = (): unknown =>
  admin.sobject('Lead').create({ Phone: phone(), LastName: 'Stone', Company: 'Acme' });
const TO_SALESFORCE = 'sellfire to salesforce';
const TO_SELLFIRE = 'salesforce to sellfire';

type Cause = [what: string, direction: string, words: RegExp, work: () => unknown, begin: () => void];
const CAUSES: Cause[] = [
  [
    'Sellfire is away',
    TO_SELLFIRE,
    /Sellfire is being maintained/,
    inSalesforce,
    () => local.sellfire.faults.set({ unavailable: 1_000_000 }),
  ],
  [
    'Salesforce answers nothing but that it is away',
    TO_SALESFORCE,
    /SERVER_UNAVAILABLE/,
    inSellfire,
    () => local.org.org.faults.add({ kind: 'unavailable', times: null }),
  ],
  [
    'the connected user may sign in no more',
    TO_SALESFORCE,
    /INVALID_GRANT|SIGN_IN/,
    inSellfire,
    () => {
      for (const app of local.org.org.apps) app.addresses = ['192.0.2.1'];
      local.org.org.sessions.expireAll();
    },
  ],
  [
    'the calls of the day are used up',
    TO_SALESFORCE,
    /REQUEST_LIMIT_EXCEEDED/,
    inSellfire,
    () => local.org.org.faults.add({ kind: 'request-limit', times: null }),
  ],
];

describe('a direction that stands still because', () => {
  it.each(CAUSES)('%s is not ready, and says so', async (_, direction, words, work, begin) => {
    begin();
    await work();
    let last: Check[] = [];
    const still = async (): Promise<Check | undefined> =>
      (await checks()).find(({ name, ok, detail }) => name === direction && !ok && words.test(detail));
    await passUntil(
      () => `it is not ready, and says why: ${JSON.stringify(last)}`,
      async () => {
        last = await checks();
        return still();
      },
    );
    expect((await still())?.detail).toMatch(/^It stands still\. The oldest change waits for \d+ s\. /);
  });
});
