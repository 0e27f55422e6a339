// The Salesforce CLI works against the local org unchanged.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildComponents } from '../../../scripts/package/lwc/build.ts';
import { parseXml } from '../metadata/xml.ts';
import { startOrg, type RunningOrg } from '../server.ts';

// The Salesforce CLI as it is installed, in a home and a project of its own. Each command is a process that needs two
// seconds to start, so one session goes through all of them.
const CLI = resolve('node_modules/@salesforce/cli/bin/run.js');
const PACKAGE = resolve('force-app');
/** For one command on a machine that is busy with others. */
const PATIENCE_MS = 60_000;

interface Said {
  status: number;
  result: Record<string, unknown>;
}

/** A project folder and what the CLI says in it. */
class Session {
  readonly home: string;
  readonly project: string;

  constructor(home: string) {
    this.home = home;
    this.project = join(home, 'project');
  }

  async run(...args: string[]): Promise<Said> {
    const env = {
      ...process.env,
      HOME: this.home,
      SF_DISABLE_TELEMETRY: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
    };
    const done = await promisify(execFile)(process.execPath, [CLI, ...args, '--json'], {
      env,
      cwd: this.project,
      maxBuffer: 16 * 1024 * 1024,
    }).catch((error: unknown) => error as { stdout: string });
    return JSON.parse(done.stdout) as Said;
  }

  async signIn({ clientId, keyFile, users, restUrl }: RunningOrg): Promise<Said> {
    const who = ['--client-id', clientId, '--jwt-key-file', keyFile, '--username', users.admin.username];
    return this.run('org', 'login', 'jwt', ...who, '--instance-url', restUrl, '--set-default');
  }
}

async function openSession(): Promise<Session> {
  const session = new Session(await mkdtemp(join(tmpdir(), 'org-home-')));
  await mkdir(join(session.project, 'force-app'), { recursive: true });
  const project = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '67.0' };
  await writeFile(join(session.project, 'sfdx-project.json'), JSON.stringify(project));
  return session;
}

describe.each([undefined, 'sellfire'])('the Salesforce CLI in an org with the namespace %s', (namespace) => {
  const named = (name: string): string => (namespace ? `${namespace}__${name}` : name);
  const mapping = named('Field_Mapping__c');
  let running: RunningOrg;
  let sf: Session;

  beforeAll(async () => {
    running = await startOrg(namespace ? { namespace } : {});
    sf = await openSession();
  });
  afterAll(async () => {
    await running.close();
    await rm(sf.home, { recursive: true, force: true });
  });

  it(
    'signs in by JWT',
    async () => {
      const { status, result } = await sf.signIn(running);
      expect(status).toBe(0);
      expect(result).toMatchObject({ orgId: running.org.id, username: running.users.admin.username });
    },
    PATIENCE_MS,
  );

  it(
    'deploys the package',
    async () => {
      await buildComponents(PACKAGE);
      const said = await sf.run('project', 'deploy', 'start', '--source-dir', PACKAGE);
      expect(said).toMatchObject({ result: { status: 'Succeeded', numberComponentErrors: 0 } });
      expect(running.org.schema.find(mapping)).toBeDefined();
    },
    2 * PATIENCE_MS,
  );

  it(
    'describes an object, creates a record and finds it by a query',
    async () => {
      const described = await sf.run('sobject', 'describe', '--sobject', mapping);
      expect(described.result).toMatchObject({ name: mapping, custom: true, createable: true });
      const values = {
        [named('Sellfire_Object__c')]: 'lead',
        [named('Sellfire_Field__c')]: 'business_name',
        [named('Salesforce_Object__c')]: 'Lead',
        [named('Salesforce_Field__c')]: 'Company',
        [named('Sync_Rule__c')]: 'TwoWay',
      };
      const assignments = Object.entries(values).map(([name, value]) => `${name}=${value}`);
      const created = await sf.run('data', 'create', 'record', '--sobject', mapping, '--values', assignments.join(' '));
      expect(created.result).toMatchObject({ success: true });
      const query = `SELECT Id, ${named('Sync_Rule__c')}, Owner.Username FROM ${mapping}`;
      expect((await sf.run('data', 'query', '--query', query)).result).toMatchObject({
        totalSize: 1,
        records: [
          {
            Id: created.result['id'],
            [named('Sync_Rule__c')]: 'TwoWay',
            Owner: { Username: running.users.admin.username },
          },
        ],
      });
    },
    3 * PATIENCE_MS,
  );

  it(
    'retrieves what was deployed, and gets a message for what is not there',
    async () => {
      const wanted = [`CustomObject:${mapping}`, `CustomField:Lead.${named('Phase__c')}`, 'CustomObject:Nowhere__c'];
      const { result } = await sf.run('project', 'retrieve', 'start', ...wanted.flatMap((one) => ['--metadata', one]));
      expect(result).toMatchObject({
        success: true,
        messages: [{ problem: "Entity of type 'CustomObject' named 'Nowhere__c' cannot be found" }],
      });
      const objects = join(sf.project, 'force-app', 'main', 'default', 'objects');
      // Of the lead only the field that was asked for.
      expect(await readdir(join(objects, 'Lead', 'fields'))).toEqual([`${named('Phase__c')}.field-meta.xml`]);
      const field = join(mapping, 'fields', `${named('Sync_Rule__c')}.field-meta.xml`);
      const deployed = await readFile(
        join(PACKAGE, 'main/default/objects/Field_Mapping__c/fields/Sync_Rule__c.field-meta.xml'),
        'utf8',
      );
      const retrieved = await readFile(join(objects, field), 'utf8');
      const bare = (xml: string): string => (namespace ? xml.replaceAll(`${namespace}__`, '') : xml);
      expect(parseXml(bare(retrieved))).toEqual(parseXml(deployed));
    },
    PATIENCE_MS,
  );
});

describe('the Salesforce CLI', () => {
  let running: RunningOrg;
  let sf: Session;

  beforeAll(async () => {
    running = await startOrg();
    sf = await openSession();
    await sf.signIn(running);
  }, PATIENCE_MS);
  afterAll(async () => {
    await running.close();
    await rm(sf.home, { recursive: true, force: true });
  });

  it(
    'imports records that belong to each other, and loads a file in bulk',
    async () => {
      const contacts = { records: [{ attributes: { type: 'Contact', referenceId: 'ng' }, LastName: 'Ng' }] };
      const records = [{ attributes: { type: 'Account', referenceId: 'acme' }, Name: 'Acme', Contacts: contacts }];
      await writeFile(join(sf.project, 'tree.json'), JSON.stringify({ records }));
      const tree = await sf.run('data', 'import', 'tree', '--files', 'tree.json');
      expect(tree.status).toBe(0);
      expect(running.org.find('Contact', { LastName: 'Ng' })).toMatchObject([
        { AccountId: running.org.find('Account', { Name: 'Acme' })[0]?.['Id'] },
      ]);
      await writeFile(join(sf.project, 'leads.csv'), 'LastName,Company\nReed,Bulk\nRoe,Bulk\n');
      const bulk = ['data', 'import', 'bulk', '--sobject', 'Lead', '--file', 'leads.csv', '--wait', '1'];
      expect((await sf.run(...bulk)).result).toMatchObject({ processedRecords: 2, successfulRecords: 2 });
      expect(running.org.find('Lead', { Company: 'Bulk' })).toHaveLength(2);
    },
    3 * PATIENCE_MS,
  );
});
