// The registry of a deployment keeps its promises in a file and in a database.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newEntry } from '../../bridge/deployment/entry.ts';
import { migrate } from '../../bridge/deployment/migrations.ts';
import { registryOn, type Registry } from '../../bridge/deployment/registry.ts';
import { openFileTables } from '../../bridge/deployment/tablesFile.ts';
import { openPostgresTables } from '../../bridge/deployment/tablesPostgres.ts';
import type { Tables } from '../../bridge/deployment/tables.ts';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';

let postgres: Postgres;
const folders: string[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(async () => {
  await postgres?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const LEASE_MS = 60_000;
const KINDS: Record<string, () => Promise<() => Promise<Tables>>> = {
  'a file': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    folders.push(folder);
    return async () => openFileTables(folder);
  },
  'a database': async () => {
    const url = await postgres.schema();
    return async () => openPostgresTables(url);
  },
};

describe.each(Object.entries(KINDS))('a registry in %s', (_kind, prepare) => {
  let registry: Registry;
  let other: Registry;
  let tables: Tables;
  beforeEach(async () => {
    const open = await prepare();
    const [one, another] = await Promise.all([open(), open()]);
    // Two processes begin at once.
    await Promise.all([migrate(one), migrate(another)]);
    tables = one;
    registry = registryOn(one);
    other = registryOn(another);
    return async () => void (await Promise.all([registry.close(), other.close()]));
  });
  const names = async (): Promise<string[]> => (await other.entries()).map(({ name }) => name);

  it('has what another process has added, sealed as it was', async () => {
    const entry = newEntry('north');
    await registry.add(entry, 'sealed', 'account of north');
    expect(await other.entries()).toEqual([entry]);
    expect(await other.find('north')).toEqual({ ...entry, sealed: 'sealed' });
    expect(await other.find('south')).toBeUndefined();
  });

  it('has a name once, and an account once, whoever adds it at the same time', async () => {
    const outcomes = await Promise.allSettled([
      registry.add(newEntry('north'), 'one', 'account 1'),
      other.add(newEntry('north'), 'two', 'account 2'),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'CONNECTION_EXISTS' },
    });
    const { sealed } = (await registry.find('north')) ?? {};
    const account = sealed === 'one' ? 'account 1' : 'account 2';
    await expect(other.add(newEntry('south'), 'three', account)).rejects.toMatchObject({ code: 'ACCOUNT_CONNECTED' });
    await expect(other.add(newEntry('north'), 'same', account)).rejects.toMatchObject({ code: 'CONNECTION_EXISTS' });
    expect(await names()).toEqual(['north']);
  });

  it('has nothing of an addition that ends in the middle', async () => {
    const entry = newEntry('north');
    const add = tables.together(async (db) => {
      await db.run(
        `INSERT INTO deployed_connection (name, route, place, sealed, account, revision, added_at) VALUES (?1, ?2, ?3, '', '', 1, NOW)`,
        ...[entry.name, entry.route, entry.place],
      );
      await db.makePlace(entry.place);
      throw new Error('It ends here.');
    });
    await expect(add).rejects.toThrow('It ends here.');
    expect(await names()).toEqual([]);
    await other.add(entry, 'sealed', 'account');
    expect(await names()).toEqual(['north']);
  });

  it('gives an org to one connection, until that is removed', async () => {
    const [north, south] = [newEntry('north'), newEntry('south')];
    await registry.add(north, '', 'account 1');
    await registry.add(south, '', 'account 2');
    await registry.claimOrg('north', '00D1');
    // Once more, at its next start.
    await registry.claimOrg('north', '00D1');
    await expect(other.claimOrg('south', '00D1')).rejects.toMatchObject({ code: 'ORG_ELSEWHERE' });
    await expect(other.claimOrg('west', '00D2')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
    await other.markRemoving('north');
    await expect(registry.claimOrg('north', '00D2')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
    await other.remove(north);
    await registry.claimOrg('south', '00D1');
    expect((await registry.list(LEASE_MS)).map(({ name, org }) => [name, org])).toEqual([['south', '00D1']]);
  });

  it('completes a removal that was interrupted, and keeps the name until then', async () => {
    const entry = newEntry('north');
    await registry.add(entry, '', 'account');
    await registry.markRemoving('north');
    await expect(other.add(newEntry('north'), '', 'account')).rejects.toThrow('is being removed');
    await expect(other.change('north', '', 'account')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
    expect(await other.entries()).toEqual([{ ...entry, isRemoving: true }]);
    await other.markRemoving('north');
    await other.remove(entry);
    await other.remove(entry);
    await expect(registry.markRemoving('north')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
    await registry.add(newEntry('north'), '', 'account');
    // A removal that comes late removes no connection of the same name that was added since.
    await other.remove(entry);
    expect(await names()).toEqual(['north']);
  });

  it('counts the changes of a configuration, and seals one anew only where it is still the same', async () => {
    await registry.add(newEntry('north'), 'first', 'account');
    await registry.reseal('north', 'other', 'lost');
    await registry.reseal('north', 'first', 'anew');
    expect(await other.find('north')).toMatchObject({ sealed: 'anew', revision: 1 });
    await other.change('north', 'second', 'account 2');
    expect(await registry.find('north')).toMatchObject({ sealed: 'second', revision: 2 });
    await other.add(newEntry('south'), '', 'account');
    await expect(other.change('south', '', 'account 2')).rejects.toMatchObject({ code: 'ACCOUNT_CONNECTED' });
  });

  it('knows which processes live, and believes what the last one says of a connection', async () => {
    const [one, two] = ['one', 'two'].map((id) => ({ id, address: `http://${id}` }));
    await registry.add(newEntry('north'), '', 'account');
    if (!one || !two) throw new Error('There are two.');
    expect(await registry.beat(one, LEASE_MS)).toEqual([one]);
    expect(await other.beat(two, LEASE_MS)).toEqual([one, two]);
    await registry.show('north', 'one', 'running', '');
    await other.show('north', 'two', 'running', '');
    await registry.show('north', 'one', 'stopped', '');
    expect(await registry.list(LEASE_MS)).toMatchObject([{ holder: 'two', state: 'running', isHeld: true }]);
    await other.leave('two');
    expect(await registry.list(LEASE_MS)).toMatchObject([{ holder: 'two', isHeld: false }]);
    // One that was not seen for its lease is gone.
    expect(await other.beat(two, -1)).toEqual([]);
  });
});

const FIRST = new URL('../../bridge/deployment/migrations/0001-first.sql', import.meta.url);

/** The steps of a version that comes after this one. */
function laterVersion(): URL {
  const folder = mkdtempSync(join(tmpdir(), 'registry-steps-'));
  folders.push(folder);
  copyFileSync(FIRST, join(folder, '0001-first.sql'));
  writeFileSync(
    join(folder, '0999-later.sql'),
    "ALTER TABLE deployed_connection ADD COLUMN region TEXT NOT NULL DEFAULT '';",
  );
  return pathToFileURL(`${folder}/`);
}

describe.each(Object.entries(KINDS))('the tables of a registry in %s', (_kind, prepare) => {
  let open: () => Promise<Tables>;
  const opened: Tables[] = [];
  const tablesOf = async (): Promise<Tables> => {
    const tables = await open();
    opened.push(tables);
    return tables;
  };
  beforeEach(async () => {
    open = await prepare();
    return async () => void (await Promise.all(opened.splice(0).map((one) => one.close())));
  });

  it('of before there were migrations are kept, with the connections in them', async () => {
    const tables = await tablesOf();
    await tables.together((db) => db.script(readFileSync(FIRST, 'utf8')));
    const entry = newEntry('north');
    await registryOn(tables).add(entry, 'sealed', 'account');
    expect(await migrate(tables)).toEqual(['0001-first.sql']);
    expect(await migrate(tables)).toEqual([]);
    expect(await registryOn(tables).find('north')).toEqual({ ...entry, sealed: 'sealed' });
  });

  it('are changed by a later version once, while a process of this one goes on, and none of this one begins any more', async () => {
    const [running, later] = [await tablesOf(), await tablesOf()];
    await migrate(running);
    const steps = laterVersion();
    expect(await migrate(later, steps)).toEqual(['0999-later.sql']);
    expect(await migrate(await tablesOf(), steps)).toEqual([]);
    const entry = newEntry('north');
    await registryOn(running).add(entry, 'sealed', 'account');
    expect(await registryOn(later).entries()).toEqual([entry]);
    expect(await later.all('SELECT region FROM deployed_connection')).toEqual([{ region: '' }]);
    await expect(migrate(await tablesOf())).rejects.toMatchObject({ code: 'STORE_NEWER' });
  });

  it('are as they were where a step fails', async () => {
    const tables = await tablesOf();
    await migrate(tables);
    const steps = laterVersion();
    writeFileSync(new URL('1000-wrong.sql', steps), 'CREATE TABLE other (x TEXT); SELECT nothing;');
    await expect(migrate(tables, steps)).rejects.toThrow('1000-wrong.sql');
    await expect(tables.all('SELECT region FROM deployed_connection')).rejects.toThrow('region');
    expect(await migrate(tables)).toEqual([]);
  });
});
