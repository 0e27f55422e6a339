// Saved connections. The links, cursors and rows of a removed connection stay, so that a later connection resumes.
import type { StoredConnection } from '../store.ts';
import type { Session } from './session.ts';

export const connections = (db: Session): Promise<StoredConnection[]> =>
  db.all<StoredConnection>(
    'SELECT id, created_at AS "createdAt", details, sealed FROM connection ORDER BY created_at, id',
  );

export async function saveConnection(db: Session, { id, createdAt, details, sealed }: StoredConnection): Promise<void> {
  await db.run(
    `INSERT INTO connection (id, created_at, details, sealed) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at, details = excluded.details, sealed = excluded.sealed`,
    id,
    createdAt,
    details,
    sealed,
  );
}

export async function removeConnection(db: Session, id: string): Promise<void> {
  await db.run('DELETE FROM connection WHERE id = $1', id);
}
