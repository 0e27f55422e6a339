// Adds the report rows of a request outside the core. The id of each row is derived from its subject, so that a request
// that resumes after a crash reports nothing twice.
import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import type { RequestContext, SyncRequest } from './request.ts';

/** @param key what the row is about; unique in the request */
export interface KeyedReport {
  key: string;
  row: Partial<Report> & Pick<Report, 'direction' | 'event' | 'outcome'>;
}

/** The time of each row is that of the request. */
export async function addReports(
  { store, connection }: RequestContext,
  request: SyncRequest,
  reports: readonly KeyedReport[],
): Promise<void> {
  if (reports.length === 0) return;
  await store.addReports(
    connection,
    reports.map(({ key, row }) => ({
      occurredAt: request.at,
      code: '',
      reason: '',
      sellfireLeadId: null,
      salesforceObject: null,
      salesforceRecordId: null,
      changes: [],
      ...row,
      requestId: request.id,
      id: uuidOf(`${request.id}:${key}`),
    })),
  );
}

/** A UUID derived from the text (RFC 9562, version 8). */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
