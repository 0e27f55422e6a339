// Migrates the schema on PostgreSQL to this version, with all pending steps in one transaction.
import { stepsIn, takeSteps } from '../migrations.ts';
import { ledBy } from './fence.ts';
import { beginFenced } from './lease.ts';
import type { Session } from './session.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * Safe to run at every start, by the process that leads with this token.
 * @returns the names of the steps that were taken. @throws BridgeError STORE_NEWER, STORE_TAKEN_OVER
 */
export async function migrate(db: Session, token: number, folder: URL = FOLDER): Promise<string[]> {
  await beginFenced(db, ledBy(token));
  try {
    await db.script('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)');
    const steps = await takeSteps(
      {
        executed: () => taken(db),
        async take(name, sql) {
          await db.script(sql);
          await db.run('INSERT INTO migration (name, applied_at) VALUES ($1, $2)', name, Date.now());
        },
      },
      folder,
    );
    await db.script('COMMIT');
    return steps;
  } catch (error) {
    await db.script('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const taken = async (db: Session): Promise<string[]> =>
  (await db.all<{ name: string }>('SELECT name FROM migration ORDER BY name COLLATE "C"')).map(({ name }) => name);

/** Whether the schema is the one of this version: a process that does not lead changes nothing in another one. */
export async function isOurSchema(db: Session): Promise<boolean> {
  const row = await db.get<{ found: boolean }>("SELECT to_regclass('migration') IS NOT NULL AS found");
  return row?.found === true && (await taken(db)).join() === stepsIn(FOLDER).join();
}
