// Start, pause and disconnect, end to end (B20, M1): nothing is written before Start, what waits is counted by the core's own
// decisions, a pause loses nothing, and what was disconnected stays so until somebody connects again.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, until, type Stack } from '../helpers/stack.ts';
import { Story, type Row } from './story.ts';

let stack: Stack;
let story: Story;
beforeAll(async () => {
  const logFile = join(mkdtempSync(join(tmpdir(), 'sync-state-')), 'bridge.log');
  stack = await startStack({ logFile, env: { START_SYNC: 'false' } });
  await mapFields(stack.admin, stack.prefix);
  story = new Story(stack, logFile);
  await stack.bridge.start();
}, 60_000);
afterAll(async () => stack?.stop());

const ended = ['Done', 'Failed', 'Stopped'];

/** Asks as the pages do. @returns the ended request, its data parsed */
async function asked(type: string, parameters?: Record<string, unknown>): Promise<Row & { data: Row }> {
  const id = await story.create('@Sync_Request__c', {
    '@Type__c': type,
    ...(parameters ? { '@Parameters__c': JSON.stringify(parameters) } : {}),
  });
  const row = await until(`${type} has ended`, async () => {
    const [found] = await story.query(
      `SELECT @Status__c, @Result__c, @Result_Data__c FROM @Sync_Request__c WHERE Id = '${id}'`,
    );
    return found && ended.includes(String(found['Status__c'])) ? story.plain(found) : undefined;
  });
  return { ...row, data: JSON.parse(String(row['Result_Data__c'] ?? '{}')) as Row };
}

const bridgeStatus = async (): Promise<Row | undefined> =>
  (
    await story.query(
      'SELECT Sync_State__c, Sync_State_By__c, Rights__c, Hours__c, Events_Limit__c, Api_Share_Limit__c, Org_Name__c FROM Bridge_Status__c',
    )
  )[0];

describe('a new connection', () => {
  it('writes nothing in either system before Start, and refuses what would (B20)', async () => {
    const phone = story.phone();
    await story.create('Lead', { LastName: 'Waiting', Company: 'Waiting Ltd', Phone: phone });
    const counts = await until('the change is counted', async () => {
      const preview = await asked('PreviewStart');
      return (preview.data['toSellfire'] as { create: number }).create === 1 ? preview : undefined;
    });
    expect(counts).toMatchObject({
      Status__c: 'Done',
      data: { toSellfire: { create: 1, update: 0, refused: 0 }, toSalesforce: { create: 0 } },
    });
    await expect(asked('LinkExisting')).resolves.toMatchObject({
      Status__c: 'Failed',
      Result__c: expect.stringContaining('SYNC_NOT_STARTED'),
    });
    expect(stack.sellfire.dialer.leads.findByPhone(phone)).toBeUndefined();
    await expect(bridgeStatus()).resolves.toMatchObject({ Sync_State__c: 'NotStarted' });
    await asked('Start');
    await story.arrival(phone);
    await expect(bridgeStatus()).resolves.toMatchObject({ Sync_State__c: 'Running', Org_Name__c: expect.any(String) });
  });

  it('has its rights, hours and allocations on Bridge Status (M1, B30)', async () => {
    const { data } = await asked('CheckSetup');
    const rights = data['rights'] as { object: string; missing: string[] }[];
    expect(rights.filter(({ missing }) => missing.length > 0)).toEqual([]);
    expect(rights.map(({ object }) => object)).toEqual(expect.arrayContaining(['Lead', 'Contact', 'Account']));
    const status = await bridgeStatus();
    expect(JSON.parse(String(status?.['Rights__c']))).toEqual(rights);
    const hours = JSON.parse(String(status?.['Hours__c'])) as { in: number; out: number }[];
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)?.in).toBeGreaterThan(0);
    expect(status).toMatchObject({ Events_Limit__c: expect.any(Number), Api_Share_Limit__c: expect.any(Number) });
    const objects = await story.query('SELECT Api_Name__c, Triggers__c FROM Mappable_Object__c');
    expect(objects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Api_Name__c: 'Lead', Triggers__c: 'create/update;demo set;sale' }),
      ]),
    );
    expect(objects.map((row) => row['Api_Name__c'])).not.toContain('Sync_Request__c');
  });
});

describe('a pause', () => {
  it('holds every change and loses none (B20)', async () => {
    const { id, lead } = await story.fromSalesforce();
    await expect(asked('Pause')).resolves.toMatchObject({ Status__c: 'Done' });
    await story.update('Lead', id, { Title: 'Meanwhile' });
    await until(
      'the change waits',
      async () => ((await asked('PreviewStart')).data['toSellfire'] as { update: number }).update === 1,
    );
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('Meanwhile');
    await asked('Resume');
    await story.sellfireHas(lead.id, { title: 'Meanwhile' });
  });

  it('outlives a restart', async () => {
    await asked('Pause');
    await stack.bridge.kill();
    await stack.bridge.start();
    await until('the bridge is paused', async () => (await bridgeStatus())?.['Sync_State__c'] === 'Paused');
    await asked('Resume');
  });
});

describe('a mapping that is not saved yet', () => {
  it('is shown on real records, and writes nothing (M9)', async () => {
    const { id, lead } = await story.fromSalesforce({ Website: 'https://one.example' });
    const draft = {
      sellfireObject: 'lead',
      sellfireField: 'title',
      salesforceObject: 'Lead',
      salesforceField: 'Website',
      triggers: ['create/update'],
      rule: 'SalesforceUnlessBlank',
    };
    const { data } = await asked('PreviewMapping', { mapping: null, draft });
    expect(data).toMatchObject({
      total: expect.any(Number),
      rows: expect.arrayContaining([
        expect.objectContaining({ recordId: id, side: 'sellfire', after: 'https://one.example' }),
      ]),
    });
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('https://one.example');
  });
});

describe('the test record', () => {
  it('makes the round trip and is retired', async () => {
    const { data, ...row } = await asked('TestRecord');
    expect([row['Status__c'], row['Result__c']]).toEqual(['Done', expect.stringContaining('both directions work')]);
    expect((data['steps'] as { ok: boolean }[]).every(({ ok }) => ok)).toBe(true);
    // A second one uses the same lead.
    await expect(asked('TestRecord')).resolves.toMatchObject({ Status__c: 'Done' });
  });
});

describe('an org that is disconnected', () => {
  it('stops at once, revokes the token, and stays so through a restart with a key (M1)', async () => {
    const { id, lead } = await story.fromSalesforce();
    await expect(asked('Disconnect')).resolves.toMatchObject({ Status__c: 'Done' });
    await expect(bridgeStatus()).resolves.toMatchObject({ Sync_State__c: 'Disconnected' });
    await until(
      'the bridge is not ready',
      async () => (await fetch(`${stack.bridge.url}/health/ready`)).status === 503,
    );
    await story.update('Lead', id, { Title: 'Unheard' });
    await stack.bridge.stop();
    stack.bridge.launch();
    const live = (): Promise<boolean> =>
      fetch(`${stack.bridge.url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until('the bridge lives', live);
    const ready = (await (await fetch(`${stack.bridge.url}/health/ready`)).json()) as { checks: { detail: string }[] };
    expect(ready.checks.map(({ detail }) => detail).join()).toContain('disconnected the org');
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('Unheard');
  });
});
