// The clients that the field uses work against the local org unchanged: jsforce and @salesforce/core.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { fieldDef } from '../fields.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { assertion } from './client.ts';

// Nothing here is ours but the org: these are the clients that work with a real one.
let running: RunningOrg;

beforeAll(async () => {
  running = await startOrg();
  running.org.schema.addField(
    'Lead',
    fieldDef({ name: 'Ext__c', type: 'string', length: 40, unique: true, externalId: true }),
  );
});
afterAll(() => running.close());

describe('jsforce', () => {
  let connection: jsforce.Connection;

  beforeAll(async () => {
    connection = new jsforce.Connection({
      loginUrl: running.restUrl,
      version: '67.0',
      callOptions: { client: 'sellfire-bridge' },
    });
    await connection.authorize({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await assertion(running),
    });
  });

  it('signs in and knows who it is', async () => {
    expect(connection.instanceUrl).toBe(running.restUrl);
    expect(await connection.identity()).toMatchObject({
      organization_id: running.org.id,
      username: running.users.admin.username,
    });
    expect((await connection.limits()).DailyApiRequests?.Max).toBe(running.org.usage.apiRequests.max);
    expect(connection.limitInfo.apiUsage?.limit).toBe(running.org.usage.apiRequests.max);
  });

  it('writes single records, and its name is in their change origin', async () => {
    const origins: string[] = [];
    running.org.listen({ committed: (commit) => void origins.push(commit.origin) });
    const created = await connection.sobject('Lead').create({ LastName: 'Reed', Company: 'c' });
    const id = created.id ?? '';
    await connection.sobject('Lead').update({ Id: id, Title: 'CEO' });
    expect(await connection.sobject('Lead').retrieve(id)).toMatchObject({ Id: id, Title: 'CEO' });
    expect(
      await connection.sobject('Lead').upsert({ Ext__c: 'e 1', LastName: 'Up', Company: 'c' }, 'Ext__c'),
    ).toMatchObject({ success: true, created: true });
    expect(await connection.sobject('Lead').upsert({ Ext__c: 'e 1', Title: 'CFO' }, 'Ext__c')).toMatchObject({
      success: true,
      created: false,
    });
    await connection.sobject('Lead').destroy(id);
    await expect(connection.sobject('Lead').retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
    expect(new Set(origins)).toEqual(new Set(['com/salesforce/api/rest/67.0;client=sellfire-bridge']));
  });

  it('writes collections and gets each record’s own result', async () => {
    const results = await connection.sobject('Lead').create([
      { LastName: 'A', Company: 'c' },
      { LastName: 'B', Company: 'c', Email: 'nowhere' },
    ]);
    expect(results.map((result) => result.success)).toEqual([true, false]);
    expect(results[1]?.errors).toMatchObject([{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }]);
    const ids = results.flatMap((result) => (result.success ? [result.id] : []));
    expect(await connection.sobject('Lead').update(ids.map((Id) => ({ Id, Title: 'x' })))).toMatchObject([
      { success: true },
    ]);
    const upserted = await connection.sobject('Lead').upsert(
      [
        { Ext__c: 'm 1', LastName: 'M', Company: 'c' },
        { Ext__c: 'm 2', LastName: 'M', Company: 'c' },
      ],
      'Ext__c',
    );
    expect(upserted).toMatchObject([{ success: true }, { success: true }]);
    expect(await connection.sobject('Lead').destroy(ids)).toMatchObject([{ success: true }]);
    const many = Array.from({ length: 450 }, (_unused, n) => ({ LastName: `N${n}`, Company: 'bulk' }));
    const bulk = await connection.sobject('Lead').create(many, { allowRecursive: true });
    expect(bulk.filter((result) => result.success)).toHaveLength(450);
  });

  it('queries page by page and describes', async () => {
    const first = await connection.query("SELECT Id, Owner.Name FROM Lead WHERE Company = 'bulk'", {
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    expect(first).toMatchObject({ totalSize: 450, done: false });
    const { records } = await connection.query("SELECT Id FROM Lead WHERE Company = 'bulk'", {
      autoFetch: true,
      maxFetch: 1000,
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    expect(records).toHaveLength(450);
    expect(
      await connection
        .sobject('Lead')
        .find({ LastName: { $like: 'N1%' }, Ext__c: null })
        .limit(5),
    ).toHaveLength(5);
    const { fields, name } = await connection.describe('Lead');
    expect([name, fields.find((field) => field.name === 'Ext__c')?.externalId]).toEqual(['Lead', true]);
    expect((await connection.describeGlobal()).sobjects.map((object) => object.name)).toContain('OpportunityLineItem');
  });

  it('signs in again by itself when its session has ended', async () => {
    const refreshing = new jsforce.Connection({
      instanceUrl: running.restUrl,
      accessToken: 'worthless',
      refreshFn: (_connection, callback) => {
        assertion(running)
          .then((signed) =>
            new jsforce.OAuth2({ loginUrl: running.restUrl }).requestToken({
              grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
              assertion: signed,
            }),
          )
          .then((answer) => callback(null, answer.access_token), callback);
      },
    });
    expect((await refreshing.query('SELECT Id FROM User')).totalSize).toBe(2);
  });
});

describe('@salesforce/core', () => {
  it('signs in by JWT in a process and a home of its own, queries and describes', async () => {
    const home = await mkdtemp(join(tmpdir(), 'org-home-'));
    try {
      // The library keeps what it knows of orgs in the home folder, and finds it when it is loaded.
      const core = createRequire(import.meta.url).resolve('@salesforce/core');
      const script = `
        const { AuthInfo, Connection } = require(${JSON.stringify(core)});
        (async () => {
          const [clientId, privateKeyFile, loginUrl, username] = process.argv.slice(1);
          const authInfo = await AuthInfo.create({ username, oauth2Options: { clientId, privateKeyFile, loginUrl } });
          await authInfo.save();
          const connection = await Connection.create({ authInfo });
          const { records } = await connection.query('SELECT Id, Username FROM User WHERE Username = \\'' + username + '\\'');
          const described = await connection.describe('Lead');
          const org = authInfo.getFields().orgId;
          console.log(JSON.stringify({ records, name: described.name, version: connection.getApiVersion(), org }));
        })();`;
      const { username } = running.users.admin;
      const env = {
        ...process.env,
        HOME: home,
        SF_DISABLE_TELEMETRY: 'true',
        SF_DISABLE_LOG_FILE: 'true',
        SFDX_DISABLE_DNS_CHECK: 'true',
      };
      const args = ['-e', script, running.clientId, running.keyFile, running.restUrl, username];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
      expect(said).toMatchObject({
        name: 'Lead',
        version: '68.0',
        org: running.org.id,
        records: [{ Username: username }],
      });
      expect(await readFile(join(home, '.sfdx', `${username}.json`), 'utf8')).toContain(running.org.id);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
