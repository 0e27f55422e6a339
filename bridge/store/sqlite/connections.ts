// Saved connections. The links, cursors and rows of a removed connection stay, so that a later connection resumes.
import type { StoredConnection } from '../store.ts';
import type { Database } from './database.ts';

export function connections(db: Database): StoredConnection[] {
  return db
    .all<StoredConnection>(
      'SELECT id, created_at AS createdAt, details, sealed FROM connection ORDER BY created_at, id',
    )
    .map((row) => ({ ...row }));
}

export function saveConnection(db: Database, { id, createdAt, details, sealed }: StoredConnection): void {
  db.run(
    `INSERT INTO connection (id, created_at, details, sealed) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at, details = excluded.details, sealed = excluded.sealed`,
    id,
    createdAt,
    details,
    sealed,
  );
}

export function removeConnection(db: Database, id: string): void {
  db.run('DELETE FROM connection WHERE id = ?', id);
}

/** One process has the file: nobody else is sending the token. */
export const beginRotation = (db: Database, id: string): StoredConnection | undefined =>
  connections(db).find((one) => one.id === id);

export const endRotation = (db: Database, id: string, from: string, to: string): boolean =>
  db.run('UPDATE connection SET sealed = ? WHERE id = ? AND sealed = ?', to, id, from) === 1;
