// The outbox of reports: each waits under its own UUID until it was published.
import type { ReportText } from '../texts.ts';
import type { Session } from './session.ts';

export async function addReports(db: Session, connection: string, reports: ReportText[]): Promise<void> {
  if (reports.length === 0) return;
  await db.run(
    `INSERT INTO report (id, connection, body)
     SELECT id, $1, body FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS given (id, body, place) ORDER BY place
     ON CONFLICT (id) DO NOTHING`,
    connection,
    reports.map(({ id }) => id),
    reports.map(({ body }) => body),
  );
}

export const reports = (db: Session, connection: string, limit: number): Promise<ReportText[]> =>
  db.all<ReportText>('SELECT id, body FROM report WHERE connection = $1 ORDER BY seq LIMIT $2', connection, limit);

export async function dropReports(db: Session, connection: string, ids: string[]): Promise<void> {
  await db.run('DELETE FROM report WHERE id = ANY($1) AND connection = $2', ids, connection);
}
