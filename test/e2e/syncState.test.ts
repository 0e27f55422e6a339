// Start, pause and disconnect, end to end (B20, M1): nothing is written before Start, what waits is counted by the core's own
// decisions, a pause loses nothing, and what was disconnected stays so until somebody connects again.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../bridge/cli.ts';
import { saveSyncState } from '../../bridge/connection/syncState.ts';
import { openSqliteStore } from '../../bridge/store/sqlite/store.ts';
import { mapFields, SENSIBLE } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story, type Row } from './story.ts';

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack({ env: { START_SYNC: 'false' } });
  await mapFields(
    stack.admin,
    stack.prefix,
    SENSIBLE.filter((row) => !isContactName(row)),
  );
  story = new Story(stack);
  await stack.bridge.start();
}, 60_000);
afterAll(async () => stack?.stop());

/** Without it no Contact can be created. */
const isContactName = ([field, object]: (typeof SENSIBLE)[number]): boolean =>
  field === 'last_name' && object === 'Contact';

const paused = (): Promise<Row[]> =>
  story.query(`SELECT Id FROM @Integration_Report__c WHERE @Code__c = 'CREATION_PAUSED'`);

/** Asks as the pages do. @returns the ended request, its data parsed */
const asked = (type: string, parameters?: Row): ReturnType<Story['asked']> => story.asked(type, parameters);

const bridgeStatus = async (): Promise<Row | undefined> =>
  (
    await story.query(
      'SELECT Sync_State__c, Sync_State_By__c, Rights__c, Hours__c, Events_Limit__c, Api_Share_Limit__c, Org_Name__c FROM Bridge_Status__c',
    )
  )[0];

const statusOf = async (request: string): Promise<unknown> =>
  (await story.query(`SELECT @Status__c FROM @Sync_Request__c WHERE Id = '${request}'`))[0]?.[
    story.named('@Status__c')
  ];

/** More than two parts of an import. */
const MANY = 450;

/** An import of Leads that nothing else brings over, of which a first part is in Sellfire; everything is slow. */
async function importing(): Promise<{ request: string; there: () => number }> {
  const [settings] = await story.query('SELECT Id FROM @Sync_Settings__c');
  const id = settings ? String(settings['Id']) : await story.create('@Sync_Settings__c', { Name: 'Sellfire' });
  const createdSince = new Date(Date.now() - 1000).toISOString();
  await story.reloaded(() => story.update('@Sync_Settings__c', id, { '@Create_In_Sellfire__c': false }));
  const phones = Array.from({ length: MANY }, () => story.phone());
  for (const phone of phones) await story.create('Lead', { LastName: 'Many', Company: 'Many', Phone: phone });
  await story.quiet();
  await story.reloaded(() => story.update('@Sync_Settings__c', id, { '@Create_In_Sellfire__c': true }));
  const there = (): number => phones.filter((phone) => stack.sellfire.dialer.leads.findByPhone(phone)).length;
  stack.sellfire.faults.set({ latency_ms: 400 });
  const parameters = JSON.stringify({ objects: ['Lead'], createdSince });
  const request = await story.create('@Sync_Request__c', { '@Type__c': 'Import', '@Parameters__c': parameters });
  await until('a first part is imported', () => there() > 0);
  return { request, there };
}

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
    await expect(paused()).resolves.toEqual([]);
    await asked('Start');
    await story.arrival(phone);
    await expect(bridgeStatus()).resolves.toMatchObject({ Sync_State__c: 'Running', Org_Name__c: expect.any(String) });
  });

  it('reports with Start, and not before, that a mapping is missing without which no Contact is created (B20, B23)', async () => {
    await story.reports(`@Code__c = 'CREATION_PAUSED'`);
    await story.reloaded(() => mapFields(stack.admin, stack.prefix, SENSIBLE.filter(isContactName)));
    await story.quiet();
    await expect(paused()).resolves.toHaveLength(1);
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
    await until('it says who has paused', async () => {
      const status = await bridgeStatus();
      return status?.['Sync_State__c'] === 'Paused' && status['Sync_State_By__c'] === stack.org.users.admin.name;
    });
    await story.update('Lead', id, { Title: 'Meanwhile' });
    await until(
      'the change waits',
      async () => ((await asked('PreviewStart')).data['toSellfire'] as { update: number }).update === 1,
    );
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('Meanwhile');
    await asked('Resume');
    await story.sellfireHas(lead.id, { title: 'Meanwhile' });
  });

  it('holds a request that is writing, which goes on where it stood (B20)', async () => {
    const { request, there } = await importing();
    await asked('Pause');
    stack.sellfire.faults.set({ latency_ms: 0 });
    const held = there();
    expect(held).toBeLessThan(MANY);
    await asked('CheckSetup');
    await asked('PreviewStart');
    expect(there()).toBe(held);
    expect(await statusOf(request)).toBe('Running');
    await asked('Resume');
    await until('the rest is imported', () => there() === MANY);
    await until('the request is done', async () => (await statusOf(request)) === 'Done');
  }, 90_000);

  it('outlives a restart', async () => {
    await asked('Pause');
    await stack.bridge.kill();
    await stack.bridge.start();
    await until('the bridge is paused', async () => (await bridgeStatus())?.['Sync_State__c'] === 'Paused');
    await asked('Resume');
  });
});

describe('a mapping that is not saved yet', () => {
  it('is previewed on real records, and writes nothing (M9)', async () => {
    const { id, lead } = await story.fromSalesforce({ Fax: '+1 512 555 9999' });
    const draft = {
      sellfireObject: 'lead',
      sellfireField: 'title',
      salesforceObject: 'Lead',
      // Not mapped yet, so that nothing else has it read.
      salesforceField: 'Fax',
      triggers: ['create/update'],
      rule: 'SalesforceUnlessBlank',
    };
    const { data } = await asked('PreviewMapping', { mapping: null, draft });
    expect(data).toMatchObject({
      total: expect.any(Number),
      rows: expect.arrayContaining([
        expect.objectContaining({ recordId: id, side: 'sellfire', after: '+1 512 555 9999' }),
      ]),
    });
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('+1 512 555 9999');
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

  it('does not say that a direction works which nothing is mapped in', async () => {
    const inbound = await story.query(
      "SELECT Id, @Sync_Rule__c FROM @Field_Mapping__c WHERE @Sellfire_Field__c != 'primary_phone_number'",
    );
    const rule = story.named('@Sync_Rule__c');
    const both = inbound.filter((row) => row[rule] === 'TwoWay' || row[rule] === 'SalesforceUnlessBlank');
    const setRule = async (to?: string): Promise<void> => {
      for (const row of both)
        await story.update('@Field_Mapping__c', String(row['Id']), { '@Sync_Rule__c': to ?? row[rule] });
    };
    await story.reloaded(() => setRule('AlwaysSellfire'));
    const { data, ...row } = await asked('TestRecord');
    expect(row['Result__c']).toEqual(expect.stringContaining('Only the direction to Salesforce was tested'));
    expect((data['steps'] as { step: string }[]).map(({ step }) => step)).not.toContain('arriveInSellfire');
    await story.reloaded(() => setRule());
  });
});

describe('an org that is disconnected', () => {
  it('stops at once, revokes the token, and stays so through a restart with a key (M1)', async () => {
    const { id, lead } = await story.fromSalesforce();
    // A request under way does not hold it up.
    const { there } = await importing();
    await expect(asked('Disconnect')).resolves.toMatchObject({ Status__c: 'Done' });
    const held = there();
    await expect(bridgeStatus()).resolves.toMatchObject({ Sync_State__c: 'Disconnected' });
    stack.sellfire.faults.set({ latency_ms: 0 });
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
    await until('it says that it is disconnected', async () =>
      (await stack.bridge.readiness()).text.includes('disconnected the org'),
    );
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('Unheard');
    expect([there(), held < MANY]).toEqual([held, true]);
  }, 90_000);

  it('goes on where it was once somebody connects again, and a disconnect that was cut off is carried out (M1)', async () => {
    await stack.bridge.stop();
    const out: string[] = [];
    const terminal = { env: stack.bridge.env, out: (text: string) => void out.push(text), err: () => undefined };
    expect([await run(['connect', 'jwt'], terminal), out.join()]).toEqual([0, expect.stringContaining('Connected')]);
    await stack.bridge.start();
    await story.fromSalesforce();
    await stack.bridge.kill();
    // As a bridge leaves it that dies between the word and the deed.
    const store = await openSqliteStore({ file: join(stack.bridge.env['DATA_DIR'] ?? '', 'bridge.sqlite') });
    const [connection] = await store.connections();
    await saveSyncState(store, connection?.id ?? '', { state: 'Disconnected', by: 'Somebody', at: Date.now() });
    await store.close();
    stack.bridge.launch();
    await until('it says who has disconnected it', async () => {
      const answer = await fetch(`${stack.bridge.url}/health/ready`).catch(() => undefined);
      return answer?.status === 503 && (await answer.text()).includes('Somebody disconnected the org');
    });
  }, 60_000);
});
