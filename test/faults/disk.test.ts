// A disk or a file that fails under the real bridge: no room, no folder, a file that is corrupt or of a newer version. Each is said in
// words with a code and what to do, nothing is acknowledged that is not stored, and what can recover by itself does.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from '../../bridge/cli.ts';
import { Story } from '../e2e/story.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Prometheus } from '../monitoring/prometheus.ts';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'disk-'));
const compiled = join(folder, 'compiled');

let stack: Stack;
let story: Story;
beforeAll(async () => {
  stack = await startStack({ env: { NODE_COMPILE_CACHE: compiled } });
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
});

const file = (suffix = ''): string => join(stack.bridge.env['DATA_DIR'] ?? '', `bridge.sqlite${suffix}`);
const ready = () => stack.bridge.readiness();
/** No file of the process can become larger, as on a disk without room; `unlimited` makes room. */
const limitFiles = (bytes: number | 'unlimited'): void =>
  void execFileSync('prlimit', [`--pid=${stack.bridge.pid}`, `--fsize=${bytes}:unlimited`]);

describe('kill -9 of the bridge', () => {
  it('leaves what it has compiled to the next one', async () => {
    // The thread of the store has written its own quarter of a thousand files by itself.
    await until('what it loads is in the cache', () => readdirSync(compiled, { recursive: true }).length > 1_000);
    await stack.bridge.kill();
    await stack.bridge.start();
  });
});

describe('a store that cannot be written', () => {
  it('is said in words, StoreFails holds, nothing is acknowledged meanwhile, and it recovers by itself once there is room', async () => {
    const prometheus = new Prometheus();
    await prometheus.scrape(stack.bridge.url);
    expect(prometheus.holds('StoreFails')).toEqual([]);
    const { id, lead } = await story.fromSellfire();
    const other = await story.fromSellfire();
    await story.quiet();
    limitFiles(Math.max(statSync(file()).size, statSync(file('-wal')).size));
    await story.update('Lead', id, { Title: 'No room' });
    story.edit(other.lead.id, { city: 'Reno' });
    const answer = await until('the bridge is not ready', async () => {
      const one = await ready();
      return one.status === 503 && one.text.includes('STORE_UNUSABLE') ? one : undefined;
    });
    expect(answer.text).toContain('its room');
    // A write that fits into what the file holds already still succeeds in between, until none does.
    await until('StoreFails holds', async () => {
      await prometheus.scrape(stack.bridge.url);
      return prometheus.holds('StoreFails').length === 1;
    });
    expect(stack.sellfire.dialer.leads.find(lead.id)?.fields['title']).not.toBe('No room');
    limitFiles('unlimited');
    await story.sellfireHas(lead.id, { title: 'No room' });
    await story.salesforceHas(other.id, { City: 'Reno' });
    await until('the bridge is ready', async () => (await ready()).status === 200, 80_000);
    await prometheus.scrape(stack.bridge.url);
    expect(prometheus.holds('StoreFails')).toEqual([]);
  });
});

/** Starts a bridge that cannot run. @returns its exit code, and its words */
async function refused(dataDir: string): Promise<{ code: number; words: string }> {
  let words = '';
  const env = { ...stack.bridge.env, DATA_DIR: dataDir, PORT: '0' };
  const code = await run(['start'], { env, out: () => undefined, err: (text) => void (words += text) });
  return { code, words };
}

describe('a start with a store that cannot be used ends with 1, a code and what to do, where the store is', () => {
  const storeIn = (name: string): string => {
    const dataDir = mkdtempSync(join(folder, name));
    const store = join(dataDir, 'bridge.sqlite');
    const db = new DatabaseSync(store);
    db.exec(readFileSync(new URL('../../bridge/store/sqlite/migrations/0001-first.sql', import.meta.url), 'utf8'));
    db.close();
    return dataDir;
  };

  it.each<[what: string, spoil: (store: string) => void, code: string]>([
    ['no database', (store) => writeFileSync(store, 'This is a text. '.repeat(1000)), 'STORE_UNUSABLE'],
    ['cut off in the middle', (store) => truncateSync(store, 6_000), 'STORE_UNUSABLE'],
    [
      'of a newer version',
      (store) => {
        const db = new DatabaseSync(store);
        db.exec(`CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          INSERT INTO migration VALUES ('0999-later.sql', 0)`);
        db.close();
      },
      'STORE_NEWER',
    ],
  ])('%s', async (_what, spoil, code) => {
    const dataDir = storeIn('spoiled-');
    spoil(join(dataDir, 'bridge.sqlite'));
    const { code: exit, words } = await refused(dataDir);
    expect([exit, words]).toEqual([1, expect.stringMatching(new RegExp(`^${code}: .*\\nWhat to do: .+`))]);
  });

  it('in a folder that cannot be made', async () => {
    expect(await refused('/dev/null/bridge')).toEqual({
      code: 1,
      words: expect.stringMatching(/^STORE_UNUSABLE: The store \/dev\/null\/bridge.*\nWhat to do: .+/),
    });
  });
});
