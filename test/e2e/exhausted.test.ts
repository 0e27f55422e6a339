// An org whose event allocation is used up, with the waiting times of production: by a clock that the test moves.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import { createClock, type Clock } from '../helpers/clock.ts';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
let clock: Clock;
let local: LocalConnection;
let admin: Admin;
beforeAll(async () => {
  clock = createClock(Date.now());
  local = await startLocalConnection({ timer: clock }, async (org) => {
    admin = await signIn(org, org.users.admin.username);
    await mapFields(admin, '');
  });
  await until('the change stream is connected', async () => {
    clock.pass(50);
    return (await events()).ok;
  });
});
afterAll(() => local.stop());

async function events(): Promise<{ ok: boolean; detail: string }> {
  const check = (await local.connection.checks()).find(({ name }) => name === 'salesforce events');
  if (!check) throw new Error('There is no such check.');
  return check;
}
const create = (phone: string) => admin.sobject('Lead').create({ Phone: phone, LastName: 'Stone', Company: 'Acme' });
const arrived = (phone: string) => local.sellfire.dialer.leads.findByPhone(phone);
describe('a used-up allocation, in the time that it takes', () => {
  it('is bridged by asking every minute until events come again, whatever cuts there were, and the status says so (F20)', async () => {
    for (let cuts = 0; cuts < 8; cuts += 1) {
      local.org.pubsub.faults.dropStreams();
      await until('the change stream is connected again', async () => {
        clock.pass(1_000);
        return (await events()).ok;
      });
    }
    local.org.pubsub.faults.exhaustDeliveries();
    // While it tries, it does not say when: what one reading says is taken.
    const again = await until('it says that it asks, and when it tries again', async () => {
      clock.pass(1_000);
      const { detail } = await events();
      const at = /tried again at (\S+Z)/.exec(detail)?.[1];
      return detail.includes('asked about every minute') && at !== undefined && Date.parse(at);
    });
    expect(again - clock.now()).toBeLessThanOrEqual(5 * MINUTE_MS);
    for (const phone of ['+15125550171', '+15125550172']) {
      await create(phone);
      await until(`the lead with ${phone}`, () => {
        clock.pass(1_000);
        return arrived(phone);
      });
      expect((await events()).detail).toContain('SUBSCRIPTION_LIMIT_EXCEEDED');
    }
    local.org.pubsub.faults.restoreDeliveries();
    clock.pass(Math.max(0, again - clock.now()));
    await until('the change stream is connected', async () => {
      clock.pass(1_000);
      return (await events()).detail.startsWith('connected');
    });
    await create('+15125550173');
    await until('the lead of an event', () => arrived('+15125550173'));
  });

  it('keeps no admin waiting for a request whose event does not arrive: open requests are looked for every minute', async () => {
    local.org.pubsub.faults.exhaustDeliveries();
    local.org.pubsub.faults.dropStreams();
    await until('it says that it asks', async () => {
      clock.pass(1_000);
      return (await events()).detail.includes('asked about every minute');
    });
    const asked = clock.now();
    const { id = '' } = await admin.sobject('Sync_Request__c').create({ Type__c: 'CheckSetup' });
    await until('the request is done', async () => {
      clock.pass(1_000);
      return (await admin.sobject('Sync_Request__c').retrieve(id))['Status__c'] === 'Done';
    });
    expect(clock.now() - asked).toBeLessThanOrEqual(3 * MINUTE_MS);
    expect((await events()).detail).toContain('SUBSCRIPTION_LIMIT_EXCEEDED');
  });
});
