// Calls that are committed together are durable together, and one that fails takes no other with it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commitTogether, type Outcome } from '../../../bridge/store/sqlite/commit.ts';
import { Database } from '../../../bridge/store/sqlite/database.ts';

let db: Database;
beforeEach(() => {
  db = new Database(':memory:');
  db.script(`
    CREATE TABLE owner (id INTEGER PRIMARY KEY);
    CREATE TABLE item (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES owner DEFERRABLE INITIALLY DEFERRED);
  `);
});
afterEach(() => db.close());

const insert =
  (id: number, owner: number | null = null) =>
  () =>
    db.run('INSERT INTO item (id, owner) VALUES (?, ?)', id, owner);
const commit = (runs: (() => unknown)[]): Outcome[] =>
  commitTogether(
    db,
    runs.map((run) => ({ run })),
  );
const ids = () => db.all<{ id: number }>('SELECT id FROM item ORDER BY id').map((row) => row.id);

describe('calls that are committed together', () => {
  it('are each done, in order, and answered with what they returned', () => {
    const outcomes = commit([insert(1), insert(2), () => ids()]);
    expect(outcomes).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 1 },
      { ok: true, value: [1, 2] },
    ]);
  });

  it('fail alone, with all that they had done', () => {
    const outcomes = commit([
      insert(1),
      () => {
        insert(2)();
        throw new Error('changed its mind');
      },
      () => {
        insert(3)();
        insert(1)();
      },
      insert(4),
    ]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, false, true]);
    expect(ids()).toEqual([1, 4]);
  });

  it('fail alone where they only read', () => {
    const outcomes = commitTogether(db, [
      { run: insert(1) },
      { run: () => db.all('SELECT nothing FROM nowhere'), isRead: true },
      { run: ids, isRead: true },
      { run: insert(2) },
    ]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true, true]);
    expect(ids()).toEqual([1, 2]);
  });

  it('all fail when the commit fails, and the next ones are not touched by that', () => {
    const outcomes = commit([insert(1), insert(2, 99)]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, false]);
    expect(ids()).toEqual([]);
    expect(commit([insert(1)])).toEqual([{ ok: true, value: 1 }]);
  });

  it('all fail when one of them costs the whole transaction, and say what to do about a full disk', () => {
    const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    db.script(`PRAGMA max_page_count = ${pages + 2}; CREATE TABLE filler (body BLOB)`);
    const fill = () => db.run('INSERT INTO filler (body) VALUES (zeroblob(100000))');
    const outcomes = commit([insert(1), fill, insert(2)]);
    const failed = outcomes.filter((outcome) => !outcome.ok);
    expect(failed.length).toBeGreaterThan(0);
    for (const outcome of failed) expect(outcome).toMatchObject({ error: { code: 'STORE_UNUSABLE' } });
    // Whatever SQLite gave up, an answer of success is only given for what stands.
    expect(ids().length).toBe(outcomes.filter((outcome) => outcome.ok).length);
    expect(db.inTransaction).toBe(false);
  });
});
