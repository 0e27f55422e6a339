// Sets rows aside that cannot succeed, with a report row, so that they do not block others.
import type { Change, CommandChange } from '../model/change.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { objectOf } from '../model/recordId.ts';
import { causeOf, said, type Report } from '../model/report.ts';
import { RecordClaimedError, type Work } from '../store/store.ts';
import type { WorkerOptions } from './turn.ts';

export function poison(key: string, cause: unknown): BridgeError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BridgeError(explain('POISON', { key, message }), { cause });
}

/** Sets the rows of the turn aside: two leads claim one record, or an error of the program recurs. */
export async function park(
  work: Work,
  error: BridgeError,
  { store, connection, onTurn }: WorkerOptions,
): Promise<'idle'> {
  const { explanation } = error;
  const changes = work.rows.map((row) => row.change);
  const [leadId, record] = subjectOf(changes);
  const claimed = error instanceof RecordClaimedError ? error : undefined;
  const named = claimed
    ? { object: objectOf(claimed.recordId) ?? null, id: claimed.recordId }
    : (work.link?.record ?? record);
  const report: Report = {
    occurredAt: Math.max(...changes.map(({ at }) => at)),
    direction: changes.every(({ source }) => source === 'salesforce') ? 'ToSellfire' : 'ToSalesforce',
    event: 'LeadLinked',
    outcome: 'Failed',
    ...said(explanation),
    sellfireLeadId: claimed?.leadId ?? work.link?.leadId ?? leadId,
    salesforceObject: named?.object ?? null,
    salesforceRecordId: named?.id ?? null,
    changes: [],
  };
  const parked = work.rows.map(({ seq }) => ({ seq, ...causeOf(explanation) }));
  await store.settle(connection, { key: work.key, done: [], parked, link: work.link, reports: [report] });
  const savedAt = Date.now();
  const times = { begunAt: savedAt, decidedAt: savedAt, writtenAt: savedAt, savedAt };
  onTurn?.({ key: work.key, link: work.link, times, rows: work.rows, reports: [report], outcomes: [] });
  return 'idle';
}

/** The lead and the record that changes are about by themselves: without a link, a report has no other name for them. */
function subjectOf(changes: readonly Change[]): [leadId: string | null, record: CommandChange['record']] {
  let leadId: string | null = null;
  let record: CommandChange['record'] = null;
  for (const change of changes) {
    if (change.source === 'sellfire') leadId ??= change.event.lead_id;
    else if (change.source === 'salesforce') record ??= { object: change.object, id: change.recordId };
    else [leadId, record] = [leadId ?? change.leadId, record ?? change.record];
  }
  return [leadId, record];
}
