// The outbox of reports: each waits under its own UUID until it was published.
import type { ReportText } from '../texts.ts';
import type { Database } from './database.ts';

export function addReports(db: Database, connection: string, reports: ReportText[]): void {
  for (const { id, body } of reports) {
    db.run(
      'INSERT INTO report (id, connection, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
      id,
      connection,
      body,
    );
  }
}

export function reports(db: Database, connection: string, limit: number): ReportText[] {
  return db.all<ReportText>(
    'SELECT id, body FROM report WHERE connection = ? ORDER BY seq LIMIT (? + 0)',
    connection,
    limit,
  );
}

export function dropReports(db: Database, connection: string, ids: string[]): void {
  db.run(
    // The plus keeps SQLite from reading the whole outbox of the connection for it.
    'DELETE FROM report WHERE id IN (SELECT value FROM json_each(?)) AND +connection = ?',
    JSON.stringify(ids),
    connection,
  );
}

export function reportCount(db: Database, connection: string): number {
  return db.get<{ rows: number }>('SELECT count(*) AS rows FROM report WHERE connection = ?', connection)?.rows ?? 0;
}
