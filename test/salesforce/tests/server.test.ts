// The local org as a process: its file, its command, and its end.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fieldDef } from '../fields.ts';
import { createOrg, type Org } from '../org.ts';
import { startOrg } from '../server.ts';
import { deploy, member } from './packages.ts';
import { errorCode, PubSubClient } from './pubsubClient.ts';

describe('an org in a file', () => {
  it('is the same org when it is opened again: records, ids, key prefixes, users', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'org-file-'));
    const file = join(folder, 'org.sqlite');
    const define = (org: Org, name: string): void => {
      const facts = { label: name, labelPlural: name, kind: 'record', custom: true } as const;
      org.schema.define({ ...facts, name, fields: [fieldDef({ name: 'Text__c', type: 'string' })] });
    };
    const create = (org: Org, name: string): string =>
      org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.create(name, { Text__c: 'x' }));
    try {
      const first = createOrg({ file, orgId: '00D000000000009' });
      define(first, 'One__c');
      define(first, 'Two__c');
      const two = create(first, 'Two__c');
      first.close();

      const again = createOrg({ file });
      define(again, 'Two__c');
      define(again, 'Three__c');
      expect(again.id).toBe(first.id);
      expect(again.users.admin.id).toBe(first.users.admin.id);
      expect(again.get('Two__c', two)).toMatchObject({ Text__c: 'x' });
      expect(create(again, 'Two__c')).not.toBe(two);
      expect([two, create(again, 'Three__c')].map((id) => id.slice(0, 3))).toEqual(['a01', 'a02']);
      again.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('an org that delivers so many events', () => {
  it('delivers no more, as one whose allocation is used up', async () => {
    const running = await startOrg({ deliveredEvents: 2, keepaliveMs: 150 });
    const client = new PubSubClient(running.org, running.pubsub);
    try {
      await deploy(running.org, {
        'platformEventChannelMembers/Default_LeadChangeEvent.platformEventChannelMember': member(
          'ChangeEvents',
          'LeadChangeEvent',
        ),
      });
      const stream = client.subscribe({ topic_name: '/data/LeadChangeEvent', num_requested: 10 });
      await stream.until((self) => self.responses.length > 0);
      const create = () =>
        running.org.transact({ user: running.org.users.admin.id, origin: '' }, (tx) =>
          tx.create('Lead', { LastName: 'Stone', Company: 'Acme' }),
        );
      for (let delivered = 1; delivered <= 2; delivered += 1) {
        create();
        await stream.take(delivered);
      }
      create();
      expect(errorCode(await stream.failure())).toBe('subscription.limit.exceeded');
    } finally {
      client.close();
      await running.close();
    }
  });
});

const program = join(import.meta.dirname, '..', 'main.ts');

/** What a child prints up to the end of its first line; it is stopped when the work with it is over, however it ends. */
async function withOrg(work: (line: string) => Promise<void>): Promise<{ printed: string; code: number | null }> {
  const child = spawn(process.execPath, [program, '--deploy', 'none'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let printed = '';
  try {
    for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      printed += String(chunk);
      if (printed.includes('\n')) break;
    }
    child.stdout.on('data', (chunk: string) => (printed += chunk));
    await work(printed);
  } finally {
    child.kill('SIGTERM');
  }
  return { code: await exited, printed };
}

describe('npm run org', () => {
  it('prints one line with all that a client needs, and leaves nothing behind when it is stopped', async () => {
    let files: string[] = [];
    const { code, printed } = await withOrg(async (line) => {
      const said = JSON.parse(line) as Record<string, string>;
      expect(said['orgId']).toMatch(/^00D\w{15}$/);
      expect(said['users']).toMatchObject({ admin: 'admin@local.example' });
      expect(said['pubsubUrl']).toMatch(/^(localhost|127\.0\.0\.1):\d+$/);
      expect((await fetch(`${said['restUrl']}/services/data`)).status).toBe(200);
      files = [said['caFile'] ?? '', said['keyFile'] ?? ''];
      expect(files.filter((file) => existsSync(file))).toEqual(files);
    });
    expect(code).toBe(0);
    expect(printed.trim().split('\n')).toHaveLength(1);
    expect(files.filter((file) => existsSync(file))).toEqual([]);
  });

  it('refuses a port that is none', async () => {
    const child = spawn(process.execPath, [program, '--port', 'http'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
    expect(said).toContain('A port is a number up to 65535.');
  });
});
