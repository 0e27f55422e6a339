// The schema of the store: each migration runs once, and a file of a later version is left alone.
import { chmodSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../../bridge/store/sqlite/database.ts';
import { migrate } from '../../../bridge/store/sqlite/migrations.ts';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sellfire-migrations-'));
  file = join(folder, 'bridge.db');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const steps = () => pathToFileURL(`${folder}/`);
const step = (name: string, sql: string) => writeFileSync(join(folder, name), sql);

describe('the schema', () => {
  it('is brought up to date step by step, each once', async () => {
    const db = new Database(file);
    step('0001-first.sql', 'CREATE TABLE a (x); CREATE TABLE b (x);');
    await expect(migrate(db, steps())).resolves.toEqual(['0001-first.sql']);
    step('0002-second.sql', 'ALTER TABLE a ADD COLUMN y;');
    step('notes.txt', 'no SQL');
    await expect(migrate(db, steps())).resolves.toEqual(['0002-second.sql']);
    await expect(migrate(db, steps())).resolves.toEqual([]);
    db.close();
  });

  it('is left as it was when a step fails', async () => {
    const db = new Database(file);
    step('0001-first.sql', 'CREATE TABLE a (x);');
    await migrate(db, steps());
    step('0002-second.sql', 'CREATE TABLE b (x);');
    step('0003-third.sql', 'CREATE TABLE c (x); CREATE TABLE a (x);');
    await expect(migrate(db, steps())).rejects.toThrow(/0003-third.sql/);
    const tables = db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    expect(tables.map((table) => table.name)).toEqual(['a', 'migration']);
    step('0003-third.sql', 'CREATE TABLE c (x);');
    await expect(migrate(db, steps())).resolves.toEqual(['0002-second.sql', '0003-third.sql']);
    db.close();
  });

  it('keeps under their new names what an earlier version has written', async () => {
    for (const name of ['0001-first.sql', '0002-requests.sql', '0003-claims.sql'])
      copyFileSync(new URL(`../../../bridge/store/sqlite/migrations/${name}`, import.meta.url), join(folder, name));
    const db = new Database(file);
    await migrate(db, steps());
    db.run("INSERT INTO told_lead (connection, record_id, lead_id) VALUES ('org', '00Q1', 'lead_1')");
    db.run("INSERT INTO cursor (connection, name, value, at) VALUES ('org', 'budget:told', '\"normal\"', 7)");
    db.close();
    const store = await openSqliteStore({ file });
    await expect(store.cursor('org', 'budget:alerted')).resolves.toMatchObject({ value: '"normal"', at: 7 });
    await store.close();
    const after = new Database(file);
    expect(after.all('SELECT record_id, lead_id FROM event_lead')).toEqual([{ record_id: '00Q1', lead_id: 'lead_1' }]);
    after.close();
  });

  it('of a newer version is refused', async () => {
    const first = await openSqliteStore({ file });
    await first.close();
    const db = new Database(file);
    db.run("INSERT INTO migration (name, applied_at) VALUES ('0999-later.sql', 0)");
    db.close();
    await expect(openSqliteStore({ file })).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining('0999-later.sql'),
      action: expect.stringContaining('Start that version'),
    });
  });

  it('is logged when it changed, and only then', async () => {
    const lines: object[] = [];
    const logger = { info: (context: object) => void lines.push(context) };
    await (await openSqliteStore({ file, logger })).close();
    await (await openSqliteStore({ file, logger })).close();
    expect(lines).toEqual([{ event: 'store_migrated', file, migrations: expect.arrayContaining(['0001-first.sql']) }]);
  });
});

describe('the file of a store', () => {
  it('is readable by its owner only', async () => {
    const store = await openSqliteStore({ file });
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o077).toBe(0);
    await store.close();
  });

  it('is refused when it is not one, with what to do', async () => {
    writeFileSync(file, 'This is a text, and not a database. '.repeat(100));
    await expect(openSqliteStore({ file })).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(file),
      action: expect.stringContaining('Check that the path is a file of the bridge'),
    });
    await expect(openSqliteStore({ file: folder })).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
  });
});
