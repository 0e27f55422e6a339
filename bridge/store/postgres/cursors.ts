// The cursors: how far each source was read.
import type { Cursor } from '../store.ts';
import type { Session } from './session.ts';

export const cursor = (db: Session, connection: string, name: string): Promise<Cursor | undefined> =>
  db.get<Cursor>('SELECT name, value, at FROM cursor WHERE connection = $1 AND name = $2', connection, name);

export async function moveCursor(db: Session, connection: string, { name, value, at }: Cursor): Promise<void> {
  await db.run(
    `INSERT INTO cursor (connection, name, value, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (connection, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
    connection,
    name,
    value,
    at,
  );
}
