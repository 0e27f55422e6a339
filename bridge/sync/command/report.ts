// How an admin hears that what was asked for could not be done for one lead or record.
import type { CommandChange } from '../../model/change.ts';
import { report, type Draft } from '../turn/draft.ts';

export function reportCommand(
  draft: Draft,
  { at, leadId, record, command }: CommandChange,
  code: string,
  reason: string,
): void {
  report(draft, {
    occurredAt: at,
    direction: 'ToSalesforce',
    event: command.kind === 'repush' ? command.event : command.kind === 'link' ? 'LeadLinked' : 'LeadUpdated',
    outcome: 'Failed',
    code,
    reason,
    ...(leadId === null ? {} : { sellfireLeadId: leadId }),
    ...(record ? { salesforceObject: record.object, salesforceRecordId: record.id } : {}),
  });
}
