// The cursors: how far each source was read.
import type { Cursor } from '../store.ts';
import type { Database } from './database.ts';

export function cursor(db: Database, connection: string, name: string): Cursor | undefined {
  const row = db.get<Cursor>('SELECT name, value, at FROM cursor WHERE connection = ? AND name = ?', connection, name);
  return row && { ...row };
}

export function moveCursor(db: Database, connection: string, { name, value, at }: Cursor): void {
  db.run(
    `INSERT INTO cursor (connection, name, value, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (connection, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
    connection,
    name,
    value,
    at,
  );
}
