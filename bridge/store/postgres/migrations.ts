// Migrates the schema on PostgreSQL to this version, with all pending steps in one transaction.
import { takeSteps } from '../migrations.ts';
import type { Session } from './session.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * Safe to run at every start, by whoever has the store.
 * @returns the names of the steps that were taken. @throws BridgeError STORE_NEWER
 */
export async function migrate(db: Session, folder: URL = FOLDER): Promise<string[]> {
  await db.script('BEGIN');
  try {
    await db.script('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)');
    const taken = await takeSteps(
      {
        executed: async () =>
          (await db.all<{ name: string }>('SELECT name FROM migration ORDER BY name COLLATE "C"')).map(
            ({ name }) => name,
          ),
        async take(name, sql) {
          await db.script(sql);
          await db.run('INSERT INTO migration (name, applied_at) VALUES ($1, $2)', name, Date.now());
        },
      },
      folder,
    );
    await db.script('COMMIT');
    return taken;
  } catch (error) {
    await db.script('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
