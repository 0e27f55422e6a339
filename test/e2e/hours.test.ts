// Bad days that last for hours, with the waiting times of production and by one clock that the test moves: that of both systems, and of
// the bridge where it waits for them (F16, F20, F23, F29).
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import { createClock, type Clock } from '../helpers/clock.ts';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { JobStore } from '../salesforce/bulk/jobs.ts';
import { element, filter, onSave, sets } from '../salesforce/tests/flowFiles.ts';
import { deploy } from '../salesforce/tests/packages.ts';

jest.setTimeout(120_000);

const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1_000, 60_000, 3_600_000];
/** One page of REST holds 2,000: more are read by a job. */
const MANY = 2_100;

let clock: Clock;
let local: LocalConnection;
let admin: Admin;
beforeAll(async () => {
  // In the past, so that an assertion of now is good for every hour that passes.
  clock = createClock(Date.now() - 48 * HOUR_MS);
  local = await startLocalConnection(
    {},
    async (org) => {
      admin = await signIn(org, org.users.admin.username);
      await mapFields(admin, '');
      for (let made = 0; made < MANY; made += 100)
        org.org.transact({ user: org.users.admin.id, origin: '' }, (transaction) => {
          for (let n = made; n < made + 100; n += 1)
            transaction.create('Lead', { LastName: `L${n}`, Company: 'Acme', Phone: `+1213${2_000_000 + n}` });
        });
      // They are older than the connection: only an import brings them.
      clock.pass(HOUR_MS);
      await deploy(org.org, {
        'flows/Reset.flow': onSave(
          'Lead',
          'Set',
          element('recordUpdates', 'Set', `${sets({ City: 'Austin' })}<inputReference>$Record</inputReference>`),
          'Update',
          `<filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Dallas')}`,
        ),
      });
    },
    { clock, sellfireAheadMs: 5 * SECOND_MS },
  );
  const { feed } = local.sellfire.dialer;
  feed.onAppend(() => void local.connection.onWebhook(feed.after(feed.lastSequence - 1)));
  await connected();
});
afterAll(() => local.stop());

const check = async (name: string): Promise<{ ok: boolean; detail: string }> => {
  const found = (await local.connection.checks(clock.now())).find((one) => one.name === name);
  if (!found) throw new Error(`There is no check of ${name}.`);
  return found;
};
const connected = (): Promise<unknown> => {
  let said = '';
  return until(
    () => `the change stream is connected: ${said}`,
    async () => {
      clock.pass(50);
      const { ok, detail } = await check('salesforce events');
      said = detail;
      return ok && detail.startsWith('connected');
    },
  );
};

let phones = 0;
interface Pair {
  leadId: string;
  id: string;
}
/** A lead that a rep made, once it is in Salesforce and its own events have arrived. */
async function pair(): Promise<Pair> {
  phones += 1;
  const { id: leadId } = local.sellfire.desk.createLead({
    primary_phone_number: `+1512555${String(phones).padStart(4, '0')}`,
    ...{ last_name: 'Sand', business_name: `Beta ${phones}`, city: 'Tyler' },
  });
  const id = await until('its Lead', () => lead(leadId).salesforce.lead_id);
  await until('its Lead shows it', () => record(id)?.['Sellfire_Lead_Id__c'] === leadId);
  return { leadId, id };
}
const lead = (id: string) => local.sellfire.dialer.leads.get(id);
const record = (id: string) => local.org.org.get('Lead', id);
/** What both sides hold of the city. */
const cities = ({ leadId, id }: Pair): unknown[] => [lead(leadId).fields['city'], record(id)?.['City']];
const both = (one: Pair, city: string, passing = 0): Promise<unknown> =>
  until(
    () => `both have ${city}: ${JSON.stringify(cities(one))}`,
    () => {
      clock.pass(passing);
      return cities(one).every((value) => value === city);
    },
  );
const byRep = ({ leadId }: Pair, fields: Record<string, string>): void =>
  void local.sellfire.desk.editLead(leadId, fields);
const byAdmin = ({ id }: Pair, fields: Record<string, string>): void =>
  local.org.org.transact({ user: local.org.users.admin.id, origin: '' }, (transaction) =>
    transaction.update('Lead', id, fields),
  );
const reportsOf = (leadId: string) =>
  local.org.org.find('Integration_Report__c', { Sellfire_Lead_Id__c: leadId }).map((row) => row['Code__c'] ?? 'ok');
/** Time for what is under way to be done, and for what must not be done to show. */
async function settled(): Promise<void> {
  let [seen, looks] = ['', 0];
  await until('all is quiet', async () => {
    const now = `${local.org.org.usage.apiRequests.used} ${local.sellfire.dialer.feed.lastSequence}`;
    looks = now === seen ? looks + 1 : 0;
    seen = now;
    return looks > 20;
  });
}

describe('two automations that rewrite one field', () => {
  /** Each sets its own words where it finds others, so long after them. @returns how often both did */
  async function disagree(one: Pair, pauseMs: number, rounds: number): Promise<number> {
    for (let round = 0; round < rounds; round += 1) {
      clock.pass(pauseMs);
      byRep(one, { title: `of Sellfire ${round}` });
      const isThere = (): boolean => record(one.id)?.['Title'] === `of Sellfire ${round}`;
      const isStopped = (): boolean => reportsOf(one.leadId).includes('BOUNCING');
      await until('the rep’s word crosses, or the field is stopped', () => isThere() || isStopped());
      if (isStopped()) return round;
      clock.pass(pauseMs);
      byAdmin(one, { Title: `of the org ${round}` });
      await until(
        'the org’s word crosses, or the field is stopped',
        () => lead(one.leadId).fields['title'] === `of the org ${round}` || isStopped(),
      );
      if (isStopped()) return round;
    }
    return rounds;
  }

  it('are stopped, which is said once; the rest goes on, and the field again after five quiet minutes (F23)', async () => {
    const one = await pair();
    await expect(disagree(one, 20 * SECOND_MS, 30)).resolves.toBeLessThanOrEqual(6);
    const before = local.org.org.usage.apiRequests.used;
    for (let more = 0; more < 3; more += 1) {
      clock.pass(20 * SECOND_MS);
      byAdmin(one, { Title: `not any more ${more}` });
    }
    await settled();
    // Reports and the status are events, and no calls.
    expect(local.org.org.usage.apiRequests.used - before).toBeLessThanOrEqual(3);
    byRep(one, { city: 'Plano' });
    await both(one, 'Plano');
    expect(reportsOf(one.leadId).filter((code) => code === 'BOUNCING')).toHaveLength(1);
    clock.pass(6 * MINUTE_MS);
    byRep(one, { title: 'Owner' });
    await until('the word of a person crosses', () => record(one.id)?.['Title'] === 'Owner');
  });

  it('are no people: those who disagree every two minutes for an hour are each obeyed (F23)', async () => {
    const one = await pair();
    await expect(disagree(one, 2 * MINUTE_MS, 15)).resolves.toBe(15);
    expect(reportsOf(one.leadId)).not.toContain('BOUNCING');
  });
});

describe('events that are hours late', () => {
  it('bring nothing back to life: what was deleted stays so, and what was undeleted goes on (F23)', async () => {
    const one = await pair();
    local.org.pubsub.faults.delay(24 * HOUR_MS);
    byAdmin(one, { City: 'Waco' });
    clock.pass(HOUR_MS);
    local.org.org.transact({ user: local.org.users.admin.id, origin: '' }, (tx) => tx.remove('Lead', one.id));
    clock.pass(HOUR_MS);
    byRep(one, { city: 'Reno' });
    await settled();
    clock.pass(HOUR_MS);
    local.org.pubsub.faults.delay(0);
    await settled();
    expect(record(one.id)).toBeUndefined();
    expect(local.org.org.find('Lead', { Company: String(lead(one.leadId).fields['business_name']) })).toEqual([]);
    byRep(one, { city: 'Paris' });
    await settled();
    expect(record(one.id)).toBeUndefined();
    local.org.org.transact({ user: local.org.users.admin.id, origin: '' }, (tx) => tx.undelete('Lead', one.id));
    await both(one, 'Paris');
    expect(local.sellfire.dialer.leads.findByPhone(String(lead(one.leadId).fields['primary_phone_number']))?.id).toBe(
      one.leadId,
    );
  });

  it('decide by what stands in Salesforce, also where a flow reset the bridge’s own write hours ago (F29)', async () => {
    const [reset, later, over] = [await pair(), await pair(), await pair()];
    local.org.pubsub.faults.delay(24 * HOUR_MS);
    for (const one of [reset, later, over]) byRep(one, { city: 'Dallas' });
    await until('the flow has reset all', () =>
      [reset, later, over].every(({ id }) => record(id)?.['City'] === 'Austin'),
    );
    clock.pass(2 * HOUR_MS);
    byAdmin(later, { City: 'Laredo' });
    clock.pass(HOUR_MS);
    byRep(over, { city: 'Paris' });
    await until('the later word is there', () => record(over.id)?.['City'] === 'Paris');
    clock.pass(HOUR_MS);
    local.org.pubsub.faults.delay(0);
    await both(reset, 'Austin');
    await both(later, 'Laredo');
    await settled();
    expect([reset, later, over].map(cities)).toEqual([
      ['Austin', 'Austin'],
      ['Laredo', 'Laredo'],
      ['Paris', 'Paris'],
    ]);
  });
});

describe('an allocation that is used up for hours', () => {
  it('hides no flow that resets the bridge’s own write, and the events of then bring nothing back (F20, F29)', async () => {
    const [reset, over] = [await pair(), await pair()];
    local.org.pubsub.faults.exhaustDeliveries();
    await until('it says that it asks', async () => {
      clock.pass(SECOND_MS);
      return (await check('salesforce events')).detail.includes('asked about every minute');
    });
    byRep(reset, { city: 'Dallas' });
    byRep(over, { city: 'Dallas' });
    await both(reset, 'Austin', 10 * SECOND_MS);
    await both(over, 'Austin', 10 * SECOND_MS);
    for (let hours = 0; hours < 3; hours += 1) {
      clock.pass(HOUR_MS);
      byRep(over, { city: 'Dallas' });
      await both(over, 'Austin', 10 * SECOND_MS);
    }
    byAdmin(over, { City: 'Laredo' });
    await both(over, 'Laredo', 10 * SECOND_MS);
    local.org.pubsub.faults.restoreDeliveries();
    clock.pass(HOUR_MS);
    await connected();
    await settled();
    expect([cities(reset), cities(over)]).toEqual([
      ['Austin', 'Austin'],
      ['Laredo', 'Laredo'],
    ]);
    byRep(over, { city: 'Paris' });
    await both(over, 'Paris');
  });
});

describe('a query job that works for hours', () => {
  const jobs = (): number => new JobStore(local.org.org, 'query').list(local.org.users.admin.id).length;
  const imported = (): number => [...local.sellfire.dialer.leads.live()].length;

  it('is waited for through an ended session, ends with its reader at a restart, and brings every row once (F16)', async () => {
    // The sessions of the hours before have ended.
    admin = await signIn(local.org, local.org.users.admin.username);
    const before = imported();
    local.org.org.faults.add({ kind: 'bulk-slow', path: 'Lead', times: 2, ms: 3 * HOUR_MS });
    const { id } = await admin.sobject('Sync_Request__c').create({ Type__c: 'Import' });
    await until('the job is there', () => jobs() === 1);
    const calls = local.org.org.usage.apiRequests.used;
    const begun = clock.now();
    await until('an hour has passed', () => {
      clock.pass(MINUTE_MS);
      return clock.now() - begun >= HOUR_MS;
    });
    // It has looked, and goes on.
    expect(local.org.org.usage.apiRequests.used - calls).toBeGreaterThan(30);
    expect(jobs()).toBe(1);
    await local.restart();
    expect(jobs()).toBe(0);
    expect(imported()).toBe(before);
    await until('another job is there', () => {
      clock.pass(50);
      return jobs() === 1;
    });
    // Longer than a session lasts.
    await until(
      'the import has ended',
      () => {
        clock.pass(MINUTE_MS);
        return local.org.org.get('Sync_Request__c', String(id))?.['Status__c'] === 'Done';
      },
      60_000,
    );
    expect(jobs()).toBe(0);
    expect(imported()).toBe(before + MANY);
    expect(local.org.org.usage.apiRequests.used - calls).toBeLessThan(4 * 60 * 4);
  });
});
