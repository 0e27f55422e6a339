// Migrates a store's schema to this version, forward only, with all pending steps in one transaction. A store of a newer version is
// refused.
import { readdirSync, readFileSync } from 'node:fs';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import type { Database } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** Safe to run at every start. @returns the names of the steps that were taken. @throws BridgeError STORE_NEWER */
export async function migrate(db: Database, folder: URL = FOLDER): Promise<string[]> {
  const known = readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort();
  db.script('BEGIN IMMEDIATE');
  try {
    db.script(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    );
    const newer = executed(db).filter((name) => !known.includes(name));
    if (newer.length > 0) {
      throw new BridgeError(explain('STORE_NEWER', { migrations: newer.join(', ') }));
    }
    const taken = executed(db).length === known.length ? [] : await runPending(db, known, folder);
    db.script('COMMIT');
    return taken;
  } catch (error) {
    if (db.inTransaction) db.script('ROLLBACK');
    throw error;
  }
}

async function runPending(db: Database, known: string[], folder: URL): Promise<string[]> {
  // Loaded only when a step is pending: it brings a command line with it, which most starts need not wait for.
  const { Umzug } = await import('umzug');
  const umzug = new Umzug<Database>({
    context: db,
    logger: undefined,
    migrations: known.map((name) => ({
      name,
      up: async ({ context }) => context.script(readFileSync(new URL(name, folder), 'utf8')),
    })),
    storage: {
      async executed() {
        return executed(db);
      },
      async logMigration({ name }) {
        db.run('INSERT INTO migration (name, applied_at) VALUES (?, ?)', name, Date.now());
      },
      async unlogMigration({ name }) {
        throw new Error(`Migrations go forward only; ${name} cannot be undone.`);
      },
    },
  });
  return (await umzug.up()).map((step) => step.name);
}

function executed(db: Database): string[] {
  return db.all<{ name: string }>('SELECT name FROM migration ORDER BY name').map((row) => row.name);
}
