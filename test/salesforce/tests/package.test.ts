// The package of this repository deploys to the local org as it stands, and works there.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildComponents } from '../../../scripts/package/lwc/build.ts';
import { flowAutomation } from '../flows/automation.ts';
import { deployFolder } from '../metadata.ts';
import { packageOf } from '../metadata/source.ts';
import { createOrg } from '../org.ts';
import { eventBus } from '../pubsub/bus.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { PubSubClient, type PublishResponse, type TopicInfo } from './pubsubClient.ts';

/** The package as it is shipped: what works here works because its metadata says so. */
const PACKAGE = 'force-app';

describe.each([undefined, 'sellfire'])('the package with the namespace %s', (namespace) => {
  const named = (name: string): string => (namespace ? `${namespace}__${name}` : name);
  let running: RunningOrg;
  let client: PubSubClient;

  beforeAll(async () => {
    running = await startOrg({ deploy: PACKAGE, ...(namespace ? { namespace } : {}) });
    client = new PubSubClient(running.org, running.pubsub);
  });
  afterAll(async () => {
    client.close();
    await running.close();
  });

  it('publishes changes of leads, contacts and accounts on its channel, with its own fields', async () => {
    const { org } = running;
    const mark = eventBus(org).log.tip();
    org.transact({ user: org.users.admin.id, origin: '' }, (tx) => {
      tx.create('Lead', { LastName: 'Ng', Company: 'Acme', [named('Phase__c')]: 'ColdCallCold' });
      tx.create('Opportunity', { Name: 'Deal', StageName: 'Qualification', CloseDate: '2026-12-01' });
      tx.create('Account', { Name: 'Acme' });
      tx.create('Contact', { LastName: 'Ng' });
    });
    const stream = client.subscribe({
      topic_name: `/data/${named('Sellfire__chn')}`,
      num_requested: 10,
      replay_preset: 'CUSTOM',
      replay_id: mark,
    });
    const events = await Promise.all((await stream.take(3)).map((event) => client.decode(event)));
    expect(events.map((event) => event.ChangeEventHeader.entityName)).toEqual(['Lead', 'Account', 'Contact']);
    expect(events[0]?.[named('Phase__c')]).toBe('ColdCallCold');
  });

  it('stores each report that is published, once', async () => {
    const { org } = running;
    const topic_name = `/event/${named('Integration_Report__e')}`;
    const { schema_id } = await client.call<TopicInfo>('GetTopic', { topic_name });
    const fields = [...org.schema.object(named('Integration_Report__e')).fields.values()].filter(
      ({ custom }) => custom,
    );
    const blank = Object.fromEntries(fields.map(({ name }) => [name, null]));
    const payload = await client.encode(schema_id, {
      CreatedDate: 0n,
      CreatedById: '',
      ...blank,
      [named('Report_Id__c')]: { string: 'r-1' },
      [named('Outcome__c')]: { string: 'Success' },
      [named('Reason__c')]: { string: 'Created the lead.' },
    });
    const event = { schema_id, payload };
    const answer = await client.call<PublishResponse>('Publish', {
      topic_name,
      events: [
        { id: '1', ...event },
        { id: '2', ...event },
      ],
    });
    expect(answer.results.map(({ error }) => error)).toEqual([null, null]);
    await flowAutomation(org).idle();
    expect(flowAutomation(org).failures).toEqual([]);
    expect(org.find(named('Integration_Report__c'), {})).toMatchObject([
      {
        [named('Report_Id__c')]: 'r-1',
        [named('Reason__c')]: 'Created the lead.',
        CreatedById: org.users.integration.id,
      },
    ]);
  });

  it('notifies the bridge when a mapping is saved or deleted, after the commit', async () => {
    const { org } = running;
    const stream = client.subscribe({
      topic_name: `/event/${named('Configuration_Changed__e')}`,
      num_requested: 10,
      replay_preset: 'EARLIEST',
    });
    const mapping = {
      [named('Sellfire_Object__c')]: 'lead',
      [named('Sellfire_Field__c')]: 'business_name',
      [named('Salesforce_Object__c')]: 'Lead',
      [named('Salesforce_Field__c')]: 'Company',
      [named('Sync_Rule__c')]: 'TwoWay',
    };
    const user = org.users.admin.id;
    const id = org.transact({ user, origin: '' }, (tx) => tx.create(named('Field_Mapping__c'), mapping));
    org.transact({ user, origin: '' }, (tx) => tx.remove(named('Field_Mapping__c'), id));
    const events = await Promise.all((await stream.take(2)).map((event) => client.decode(event)));
    expect(events).toMatchObject([
      { [named('Record_Id__c')]: id, CreatedById: user },
      { [named('Record_Id__c')]: id, [named('Change__c')]: 'Deleted', [named('Object__c')]: 'Field_Mapping__c' },
    ]);
  });
});

describe('the package', () => {
  it('deploys again over itself', async () => {
    const org = createOrg();
    const first = await deployFolder(org, PACKAGE);
    const second = await deployFolder(org, PACKAGE);
    expect(second.components).toHaveLength(first.components.length);
    org.close();
  });

  it('is kept as it was read, with the bytes of every file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'org-package-'));
    const base = join(folder, 'staticresources');
    const bytes = Buffer.from([0, 0xff, 0x80, 0x0a]);
    try {
      await mkdir(base);
      await writeFile(join(base, 'Blob.bin'), bytes);
      await writeFile(
        join(base, 'Blob.resource-meta.xml'),
        `<?xml version="1.0" encoding="UTF-8"?><StaticResource xmlns="http://soap.sforce.com/2006/04/metadata">
          <cacheControl>Private</cacheControl><contentType>application/octet-stream</contentType></StaticResource>`,
      );
      const read = await packageOf(folder);
      expect(await packageOf(folder)).toEqual(read);
      expect(read).toMatchObject({
        files: [{ fullName: 'Blob', document: { name: 'StaticResource', element: { cacheControl: 'Private' } } }],
        problems: [],
      });
      expect([...(read.files[0]?.content?.values() ?? [])]).toEqual([bytes]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is deployed by the Salesforce CLI', async () => {
    const running = await startOrg();
    const home = await mkdtemp(join(tmpdir(), 'org-home-'));
    try {
      const { token } = running.org.sessions.open(running.users.admin.id, 'tests');
      const env = {
        ...process.env,
        HOME: home,
        SF_ACCESS_TOKEN: token,
        SF_DISABLE_TELEMETRY: 'true',
        SF_DISABLE_LOG_FILE: 'true',
        SF_AUTOUPDATE_DISABLE: 'true',
        SF_SKIP_NEW_VERSION_CHECK: 'true',
      };
      const sf = async (...args: string[]): Promise<{ status: number; result: Record<string, unknown> }> => {
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [join('node_modules', '@salesforce', 'cli', 'bin', 'run.js'), ...args, '--json'],
          { env },
        );
        return JSON.parse(stdout) as { status: number; result: Record<string, unknown> };
      };
      await buildComponents(PACKAGE);
      await sf('org', 'login', 'access-token', '--instance-url', running.restUrl, '--alias', 'local', '--no-prompt');
      const { status, result } = await sf(
        'project',
        'deploy',
        'start',
        '--source-dir',
        PACKAGE,
        '--target-org',
        'local',
      );
      expect([status, result['status'], result['numberComponentErrors']]).toEqual([0, 'Succeeded', 0]);
      expect(running.org.schema.find('Field_Mapping__c')).toBeDefined();
      expect(eventBus(running.org).topic('/data/Sellfire__chn')).toBeDefined();
    } finally {
      await running.close();
      await rm(home, { recursive: true, force: true });
    }
    // Two processes of a tool that needs seconds to start, more on a machine that is busy.
  }, 120_000);
});
