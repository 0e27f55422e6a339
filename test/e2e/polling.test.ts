// When the org has no events left to deliver: changes are asked for instead, and events are gone back to by themselves – through
// the real protocols, with an org that ends its streams as the platform does.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

jest.setTimeout(60_000);

const POLL_MS = 200;
const SEVERAL_POLLS_MS = 5 * POLL_MS;

let local: LocalConnection;
let admin: Admin;
beforeAll(async () => {
  const pace = { pollMs: POLL_MS, pollLookMs: 50, stream: { waitMs: 100, longestWaitMs: 400 } };
  local = await startLocalConnection(pace, async (org) => {
    admin = await signIn(org, org.users.admin.username);
    await mapFields(admin, '');
  });
  await until('the change stream is connected', async () => (await events()).ok);
});
afterAll(() => local.stop());

async function events(): Promise<{ ok: boolean; detail: string }> {
  const check = (await local.connection.checks()).find(({ name }) => name === 'salesforce events');
  if (!check) throw new Error('There is no such check.');
  return check;
}

async function create(phone: string, company: string): Promise<string> {
  const result = await admin.sobject('Lead').create({ Phone: phone, LastName: 'Stone', Company: company });
  if (!result.success) throw new Error(JSON.stringify(result));
  return result.id;
}

const lead = (phone: string) => local.sellfire.dialer.leads.findByPhone(phone);
const arrives = (phone: string) => until(`a lead with ${phone}`, () => lead(phone));

describe('an org whose event deliveries are used up', () => {
  it('is asked what has changed, which is said, and events are gone back to when they come again', async () => {
    const first = await create('+15125550101', 'Before');
    await arrives('+15125550101');
    const delivered = local.org.org.usage.deliveredEvents;

    local.org.pubsub.faults.exhaustDeliveries();
    const asks = await until('it says that it asks', async () => {
      const { detail } = await events();
      return detail.includes('asked about every minute') && detail;
    });
    expect(asks).toContain('SUBSCRIPTION_LIMIT_EXCEEDED');
    const before = delivered.used;
    const second = await create('+15125550102', 'Meanwhile');
    await arrives('+15125550102');
    await until('the record shows its lead', () => local.org.org.get('Lead', second)?.['Sellfire_Lead_Id__c']);
    await admin.sobject('Lead').destroy(second);
    await until('the deletion is reported', () =>
      local.org.org
        .find('Integration_Report__c', { Event__c: 'LeadDeleted' })
        .some((row) => row['Salesforce_Record_Id__c'] === second),
    );
    await admin.sobject('Lead').update({ Id: first, Company: 'Renamed meanwhile' });
    await until('the name is in Sellfire', () => lead('+15125550101')?.fields['business_name'] === 'Renamed meanwhile');
    expect(delivered.used).toBe(before);
    expect(await events()).toMatchObject({ ok: true });
    // The status page says it too.
    expect((await local.connection.checks()).every(({ ok }) => ok)).toBe(true);

    local.org.pubsub.faults.restoreDeliveries();
    await until('the change stream is connected', async () => (await events()).detail.startsWith('connected'));
    const calls = local.org.org.usage.apiRequests;
    await create('+15125550103', 'Afterwards');
    await arrives('+15125550103');
    await until('events are delivered', () => delivered.used > before);
    // What is in events is not asked for any more.
    let last = -1;
    const isSame = (): boolean => {
      const before = last;
      last = calls.used;
      return last === before;
    };
    await until('nothing is asked any more', isSame, 20_000, SEVERAL_POLLS_MS);
    expect(local.sellfire.dialer.leads.size).toBe(3);
  });

  it('has nothing missed at the seams, however often deliveries stop and come again', async () => {
    const phones = Array.from({ length: 30 }, (_, index) => `+1512555${String(2000 + index)}`);
    for (const [index, phone] of phones.entries()) {
      if (index % 5 === 1) local.org.pubsub.faults.exhaustDeliveries();
      if (index % 5 === 4) local.org.pubsub.faults.restoreDeliveries();
      await create(phone, `Seam ${index}`);
    }
    local.org.pubsub.faults.restoreDeliveries();
    for (const phone of phones) await arrives(phone);
    expect(local.sellfire.dialer.leads.size).toBe(33);
  });

  it.each([3_600_000, -3_600_000])('has nothing missed while the clock of the bridge is off by %i ms', async (ms) => {
    const phones = ['+15125553001', '+15125553002'].map((phone) =>
      phone.replace('555300', ms > 0 ? '555300' : '555400'),
    );
    local.org.pubsub.faults.exhaustDeliveries();
    await until('it says that it asks', async () => (await events()).detail.includes('asked about every minute'));
    const real = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => real() + ms);
    try {
      for (const phone of phones) {
        await create(phone, 'Meanwhile');
        await arrives(phone);
      }
    } finally {
      jest.restoreAllMocks();
    }
    // Set right again, it reads on from the time of the org.
    await create(`${phones[0]?.slice(0, -1)}9`, 'Afterwards');
    await arrives(`${phones[0]?.slice(0, -1)}9`);
    local.org.pubsub.faults.restoreDeliveries();
    await until('the change stream is connected', async () => (await events()).detail.startsWith('connected'));
  });
});
