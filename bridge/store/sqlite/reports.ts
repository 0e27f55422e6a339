// The outbox of reports: each waits under its own UUID until it was published.
import { randomUUID } from 'node:crypto';
import { reportSchema, type Report } from '../../model/report.ts';
import type { OutboxReport } from '../store.ts';
import type { Database } from './database.ts';

export function addReports(db: Database, connection: string, reports: (Report & { id?: string })[]): void {
  for (const { id = randomUUID(), ...report } of reports) {
    db.run(
      'INSERT INTO report (id, connection, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
      id,
      connection,
      JSON.stringify(report),
    );
  }
}

export function reports(db: Database, connection: string, limit: number): OutboxReport[] {
  return db
    .all<{ id: string; body: string }>(
      'SELECT id, body FROM report WHERE connection = ? ORDER BY seq LIMIT ?',
      connection,
      limit,
    )
    .map(({ id, body }) => ({ ...reportSchema.parse(JSON.parse(body)), id }));
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
