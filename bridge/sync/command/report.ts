// Reports that a command failed for one lead or record.
import type { CommandChange } from '../../model/change.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';

export function reportCommand(
  draft: Draft,
  { at, leadId, record, command, eventId }: CommandChange,
  why: Explanation,
): void {
  reports.failed(
    draft,
    {
      occurredAt: at,
      direction: 'ToSalesforce',
      event: command.kind === 'repush' ? command.event : command.kind === 'link' ? 'LeadLinked' : 'LeadUpdated',
      ...(leadId === null ? {} : { sellfireLeadId: leadId }),
      ...(record ? { salesforceObject: record.object, salesforceRecordId: record.id } : {}),
    },
    why,
    eventId,
  );
}
