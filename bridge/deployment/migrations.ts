// Migrates the tables of a deployment to this version, with all pending steps in one transaction. Processes of two versions share them while
// a deployment is upgraded: a step adds, and takes away only what the version before it uses no more.
import { takeSteps } from '../store/migrations.ts';
import type { Tables } from './tables.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** Safe to run at every start. @returns the names of the steps that were taken. @throws BridgeError STORE_NEWER */
export function migrate(tables: Tables, folder: URL = FOLDER): Promise<string[]> {
  return tables.together(async (db) => {
    await db.script(
      'CREATE TABLE IF NOT EXISTS deployment_migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)',
    );
    return takeSteps(
      {
        executed: async () =>
          (await db.all<{ name: string }>('SELECT name FROM deployment_migration')).map(({ name }) => name).sort(),
        async take(name, sql) {
          await db.script(sql);
          await db.run('INSERT INTO deployment_migration (name, applied_at) VALUES (?1, NOW)', name);
        },
      },
      folder,
    );
  });
}
