// How an admin hears that what was asked for could not be done for one lead or record.
import type { AskedChange } from '../../model/change.ts';
import { report, type Draft } from '../turn/draft.ts';

export function tellAsked(draft: Draft, { at, leadId, record, ask }: AskedChange, code: string, reason: string): void {
  report(draft, {
    occurredAt: at,
    direction: 'ToSalesforce',
    event: ask.kind === 'repush' ? ask.event : ask.kind === 'link' ? 'LeadLinked' : 'LeadUpdated',
    outcome: 'Failed',
    code,
    reason,
    ...(leadId === null ? {} : { sellfireLeadId: leadId }),
    ...(record ? { salesforceObject: record.object, salesforceRecordId: record.id } : {}),
  });
}
