// Migrates the embedded store's schema to this version, with all pending steps in one transaction.
import { takeSteps } from '../migrations.ts';
import type { Database } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** Safe to run at every start. @returns the names of the steps that were taken. @throws BridgeError STORE_NEWER */
export async function migrate(db: Database, folder: URL = FOLDER): Promise<string[]> {
  db.script('BEGIN IMMEDIATE');
  try {
    db.script(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    );
    const taken = await takeSteps(
      {
        executed: () => db.all<{ name: string }>('SELECT name FROM migration ORDER BY name').map((row) => row.name),
        take(name, sql) {
          db.script(sql);
          db.run('INSERT INTO migration (name, applied_at) VALUES (?, ?)', name, Date.now());
        },
      },
      folder,
    );
    db.script('COMMIT');
    return taken;
  } catch (error) {
    if (db.inTransaction) db.script('ROLLBACK');
    throw error;
  }
}
