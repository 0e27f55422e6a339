// Each alert rule about a connection is made true by what it is about, and false again once that is over: with both systems, and a clock
// that the test moves. Those about processes are with the tests of what happens to processes; test/unit/docs finds one that is nowhere.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection as Admin } from 'jsforce';
import { createClock, type Clock } from '../helpers/clock.ts';
import { startLocalConnection, type LocalConnection } from '../helpers/connection.ts';
import { mapFields } from '../helpers/mappings.ts';
import { signIn } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { deploy } from '../salesforce/tests/packages.ts';
import { conditionOf } from '../salesforce/validation.ts';
import { alertRules, Prometheus } from './prometheus.ts';

jest.setTimeout(60_000);

/** ms between two scrapes. */
const STEP_MS = 30_000;
const HOUR_MS = 3_600_000;
const PACKAGE_SET = 'permissionsets/Sellfire_Integration.permissionset';

let clock: Clock;
let local: LocalConnection;
let admin: Admin;
const prometheus = new Prometheus();
beforeAll(async () => {
  clock = createClock(Date.now());
  local = await startLocalConnection(
    {},
    async (org) => {
      // Longer than all that passes here.
      org.org.sessions.lifetimeMs = 30 * 24 * HOUR_MS;
      admin = await signIn(org, org.users.admin.username);
      await mapFields(admin, '');
    },
    { clock },
  );
  await until('the bridge is ready', async () => {
    clock.pass(1_000);
    return (await local.connection.checks(clock.now())).every(({ ok }) => ok);
  });
  await scrape();
  await scrape();
  for (const { alert } of alertRules()) expect({ alert, holds: prometheus.holds(alert) }).toEqual({ alert, holds: [] });
});
afterAll(() => local.stop());
afterEach(() => {
  local.sellfire.faults.set({ unavailable: 0 });
  local.sellfire.faults.refusing = undefined;
  local.org.pubsub.faults.endSilence();
});

const USUAL_BYTES = 300e6;
/** What the process is said to hold: it is that of the tests, with what the suites before this one have left in it. */
let residentBytes = USUAL_BYTES;
const RESIDENT = /^(process_resident_memory_bytes(?:\{[^}]*\})?) \d+$/m;

async function scrape(ms = STEP_MS): Promise<void> {
  clock.pass(ms);
  const text = await local.scrape(clock.now());
  expect(text).toMatch(RESIDENT);
  prometheus.take('bridge', clock.now(), text.replace(RESIDENT, `$1 ${residentBytes}`));
}
/** Time passes until the rule fires. */
const expectFires = (alert: string, ms?: number): Promise<unknown> =>
  until(`${alert} fires`, async () => {
    await scrape(ms);
    return prometheus.fires(alert);
  });
const expectOver = (alert: string): Promise<unknown> =>
  until(`${alert} is over`, async () => {
    await scrape();
    return prometheus.holds(alert).length === 0;
  });
const soon = (what: string, look: () => unknown): Promise<unknown> =>
  until(what, () => {
    clock.pass(250);
    return look();
  });

let numbers = 0;
const phone = (): string => `+1512555${String((numbers += 1)).padStart(4, '0')}`;
const inSalesforce = () => ({ Phone: phone(), LastName: 'Stone', Company: 'Acme' });
const inSellfire = () =>
  local.sellfire.desk.createLead({ primary_phone_number: phone(), last_name: 'Sand', business_name: 'Acme' });
/** Leads of Sellfire that are linked. */
async function linked(count: number): Promise<string[]> {
  const leads = Array.from({ length: count }, () => inSellfire().id);
  await soon('all are linked', () =>
    leads.every((id) => Boolean(local.sellfire.dialer.leads.find(id)?.salesforce.lead_id)),
  );
  return leads;
}

describe('an alert rule about a connection', () => {
  it('LagGrows and NotReady fire while Sellfire is away and a change waits', async () => {
    local.sellfire.faults.set({ unavailable: 1_000_000 });
    await admin.sobject('Lead').create(inSalesforce());
    await expectFires('LagGrows');
    await expectFires('NotReady');
    expect(prometheus.holds('NotReady').map(({ check }) => check)).toContain('salesforce to sellfire');
    local.sellfire.faults.set({ unavailable: 0 });
    await expectOver('LagGrows');
    await expectOver('NotReady');
  });

  it('StreamSilent fires where a stream says nothing, however often it is opened', async () => {
    local.org.pubsub.faults.silence();
    await expectFires('StreamSilent');
    local.org.pubsub.faults.endSilence();
    await expectOver('StreamSilent');
  });

  it('CallsUsedUp fires where the share of the calls is gone', async () => {
    const { apiRequests } = local.org.org.usage;
    const before = { ...apiRequests };
    Object.assign(apiRequests, { used: apiRequests.max });
    inSellfire();
    await expectFires('CallsUsedUp');
    Object.assign(apiRequests, before);
    // Settings are read whatever is left, and the answer carries what is.
    await admin.sobject('Sync_Settings__c').create({ Name: 'Settings', Report_Days__c: 60 });
    await expectOver('CallsUsedUp');
  });

  it('EventsRunOut fires with the first stream that an org ends because its events are used up', async () => {
    local.org.pubsub.faults.exhaustDeliveries();
    await until('it is counted', async () => {
      await scrape();
      return prometheus.query('reconnects_total{reason="exhausted"} > 0').length > 0;
    });
    expect(prometheus.fires('EventsRunOut')).toBe(true);
    local.org.pubsub.faults.restoreDeliveries();
    await expectOver('EventsRunOut');
  });

  it('CreationPaused fires where a field that every Lead needs is mapped no more', async () => {
    const mappings = admin.sobject('Field_Mapping__c');
    const [needed] = await mappings.find({ Salesforce_Object__c: 'Lead', Salesforce_Field__c: 'LastName' }, ['Id']);
    await mappings.destroy(String(needed?.['Id']));
    await expectFires('CreationPaused');
    expect(prometheus.holds('CreationPaused').map(({ object }) => object)).toEqual(['Lead']);
    await mapFields(admin, '', [['last_name', 'Lead', 'LastName', 'TwoWay']]);
    await expectOver('CreationPaused');
  });

  it('WritesFail fires with the first burst of refusals, and ReportsWait fires where the reports of them may not be published', async () => {
    const { validation } = local.org.org;
    const leads = await linked(110);
    const allowed = permissionSet();
    const forbidden = allowed.replace(
      /(<objectPermissions>\s*)<allowCreate>true(<\/allowCreate>(?:(?!<\/objectPermissions>)[^])*<object>Integration_Report__e<)/,
      '$1<allowCreate>false$2',
    );
    expect(forbidden).not.toBe(allowed);
    await deploy(local.org.org, { [PACKAGE_SET]: forbidden });
    validation.install({
      ...{ object: 'Lead', name: 'NoHermit', active: true, message: 'No hermits.', field: 'Title' },
      condition: conditionOf('CONTAINS(Title, "Hermit")'),
    });
    await scrape();
    for (const id of leads) local.sellfire.desk.editLead(id, { title: 'Hermit' });
    await expectFires('WritesFail');
    const { connection, store } = local;
    await soon('their reports wait', async () => (await store.counts(connection.id)).reports >= leads.length);
    const reports = await store.reports(connection.id, leads.length);
    for (let round = 0; round < 10; round += 1)
      await store.addReports(
        connection.id,
        reports.map(({ id: _, ...report }) => report),
      );
    await expectFires('ReportsWait');
    validation.remove('Lead', 'NoHermit');
    await deploy(local.org.org, { [PACKAGE_SET]: allowed });
    await expectOver('ReportsWait');
    await expectOver('WritesFail');
  });

  it('ChangesParked fires where Sellfire makes no lead of many records', async () => {
    local.sellfire.faults.refusing = { code: 'invalid_value', detail: 'No more leads.', path: '/v1/leads/batch' };
    // A few refusals have creation pause; from then on what would make a lead is parked.
    await until('creation pauses', async () => {
      await admin.sobject('Lead').create(inSalesforce());
      await scrape();
      return prometheus.query('creation_paused{object="Sellfire"} == 1').length > 0;
    });
    await admin.sobject('Lead').create(Array.from({ length: 110 }, inSalesforce));
    await expectFires('ChangesParked');
    local.sellfire.faults.refusing = undefined;
    // Some try it, and then all.
    await admin.sobject('Sync_Request__c').create({ Type__c: 'RefreshCatalogue' });
    await expectOver('ChangesParked');
  });

  it('InvariantBroken fires where a link claims to have delivered what was never decided', async () => {
    const [id = ''] = await linked(1);
    const { connection, store } = local;
    await soon('it is done', async () => (await store.counts(connection.id)).pending === 0);
    const link = (await store.links(connection.id, '', 1_000)).find(({ leadId }) => leadId === id);
    if (!link) throw new Error('It has a link.');
    const field = link.fields['city'] ?? { previousValues: [], flipFlops: 0, suspended: false };
    const ahead = { ...field, replicas: { sellfire: { targetVersion: 0, delivered: 9, confirmed: 0 } } };
    const broken = { ...link, fields: { ...link.fields, city: ahead } };
    await store.settle(connection.id, { key: id, done: [], parked: [], link: broken, reports: [] });
    expect(prometheus.holds('InvariantBroken')).toEqual([]);
    local.sellfire.desk.editLead(id, { title: 'CEO' });
    await expectFires('InvariantBroken');
    expect(prometheus.holds('InvariantBroken').map(({ invariant }) => invariant)).toEqual(['replica_not_ahead']);
  });

  it('CursorGrowsOld fires where no stream has moved its place for two days', async () => {
    await admin.sobject('Lead').create(inSalesforce());
    await until('the stream has a place', async () => {
      await scrape();
      return prometheus.query('cursor_age_seconds < 3600').length > 0;
    });
    local.org.pubsub.faults.silence();
    await expectFires('CursorGrowsOld', HOUR_MS);
    local.org.pubsub.faults.endSilence();
    await expectOver('CursorGrowsOld');
  });

  it('MemoryGrows fires where the process holds a gigabyte', async () => {
    residentBytes = 1.1e9;
    await expectFires('MemoryGrows');
    residentBytes = USUAL_BYTES;
    await expectOver('MemoryGrows');
  });
});

const permissionSet = (): string =>
  readFileSync(fileURLToPath(new URL(`../../force-app/main/default/${PACKAGE_SET}-meta.xml`, import.meta.url)), 'utf8');
