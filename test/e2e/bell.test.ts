// The bell (B24), in an org with the package: it rings once for each alert that the heartbeat brings, once when the heartbeats stop, and
// once when they come again – for the administrators of the integration, and by the org's clock, which the test moves.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flowAutomation } from '../salesforce/flows/automation.ts';
import type { Row, Transaction } from '../salesforce/model.ts';
import { startOrg, type RunningOrg } from '../salesforce/server.ts';

const MINUTE_MS = 60_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe.each([[''], ['sfi']])('the bell of an org (namespace "%s")', (namespace) => {
  const prefix = namespace ? `${namespace}__` : '';
  let org: RunningOrg;
  let now = Date.UTC(2026, 10, 29, 8);
  let rung = 0;
  beforeAll(async () => {
    org = await startOrg({
      deploy: join(ROOT, 'force-app'),
      clock: () => now,
      ...(namespace ? { namespace } : {}),
    });
    if (assignments().length === 0)
      act((transaction) =>
        transaction.create('PermissionSetAssignment', { PermissionSetId: adminSet(), AssigneeId: org.users.admin.id }),
      );
  });
  afterAll(() => org.close());

  /** As the administrator. */
  function act(work: (transaction: Transaction) => unknown): void {
    org.org.transact({ user: org.users.admin.id, origin: '' }, work);
  }
  const adminSet = () => String(org.org.find('PermissionSet', { Name: 'Sellfire_Administrator' }, 1)[0]?.['Id']);
  const assignments = () => org.org.find('PermissionSetAssignment', { PermissionSetId: adminSet() });
  const named = (fields: Row): Row =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]));
  const bell = () => flowAutomation(org.org).notifications;
  const fresh = () => bell().slice(rung);
  beforeEach(() => {
    rung = bell().length;
  });

  /** As the bridge publishes it. */
  async function heartbeat(fields: Row = {}): Promise<void> {
    const seen = {
      Key__c: 'bridge',
      Sync_State__c: 'Running',
      Last_Seen_At__c: new Date(now).toISOString(),
      ...fields,
    };
    act((transaction) => transaction.publish(`${prefix}Bridge_Status__e`, named(seen)));
    await flowAutomation(org.org).idle();
  }
  /** Time goes on, minute by minute. @param each what happens in every minute */
  async function minutes(count: number, each?: () => Promise<void>): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      now += MINUTE_MS;
      flowAutomation(org.org).runDue();
      await each?.();
    }
  }
  const alert = (key: string) => ({ Alert_Key__c: key, Alert_Title__c: `Title ${key}`, Alert_Text__c: `Text ${key}` });

  it('rings once for each alert, however often a heartbeat repeats it', async () => {
    await heartbeat();
    await minutes(2, () => heartbeat());
    await minutes(3, () => heartbeat(alert('one')));
    await minutes(3, () => heartbeat(alert('two')));
    expect(fresh()).toEqual(
      ['one', 'two'].map((key) =>
        expect.objectContaining({
          type: 'Sellfire_Alert',
          title: `Title ${key}`,
          body: `Text ${key}`,
          recipients: [org.users.admin.id],
        }),
      ),
    );
  });

  it('does not ring while heartbeats come', async () => {
    await minutes(30, () => heartbeat(alert('two')));
    expect(fresh()).toEqual([]);
  });

  it('rings once when they have stopped for ten minutes, and once when they come again', async () => {
    await heartbeat(alert('two'));
    await minutes(9);
    expect(fresh()).toEqual([]);
    await minutes(60);
    expect(fresh().map(({ title }) => title)).toEqual(['The Sellfire bridge is silent']);
    await minutes(3, () => heartbeat(alert('two')));
    expect(fresh().map(({ title }) => title)).toEqual(['The Sellfire bridge is silent', 'The Sellfire bridge is back']);
  });

  it('rings for the return and for the alert that it brings', async () => {
    await heartbeat(alert('two'));
    await minutes(11);
    await heartbeat(alert('three'));
    expect(fresh().map(({ title }) => title)).toEqual([
      'The Sellfire bridge is silent',
      'Title three',
      'The Sellfire bridge is back',
    ]);
  });

  it('does not ring for the silence of an org that was disconnected', async () => {
    await heartbeat({ ...alert('three'), Sync_State__c: 'Disconnected' });
    await minutes(30);
    expect(fresh()).toEqual([]);
    await heartbeat(alert('three'));
  });

  it('does not ring for a silence where the bell is switched off', async () => {
    act((transaction) =>
      transaction.create(`${prefix}Sync_Settings__c`, { Name: 'Sellfire', ...named({ Alert_Bell__c: false }) }),
    );
    await heartbeat(alert('three'));
    await minutes(30);
    expect(fresh()).toEqual([]);
  });

  it('leaves the status saved where nobody can hear it', async () => {
    act((transaction) => assignments().forEach(({ Id }) => transaction.remove('PermissionSetAssignment', String(Id))));
    await heartbeat(alert('four'));
    expect(fresh()).toEqual([]);
    expect(org.org.find(`${prefix}Bridge_Status__c`, {})).toEqual([
      expect.objectContaining(named({ Alert_Key__c: 'four' })),
    ]);
    expect(flowAutomation(org.org).failures).toEqual([]);
  });
});
