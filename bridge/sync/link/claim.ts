// A lead whose record is in the link of another lead: it goes on without the record, and gets the record when the other link leaves it.
// The worker reserves records before anything is written (bridge/jobs/decideAndWrite.ts).
import { explain } from '../../model/catalogue/catalogue.ts';
import type { PersonObject } from '../../model/salesforce.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { withAwaits } from './state.ts';

/** The other lead whose link has the record; undefined where none has, as far as it was asked. */
export const takenBy = ({ found }: Pick<Draft, 'found'>, recordId: string): string | undefined =>
  found.taken.get(recordId);

/** Reports once that the lead cannot be linked to the record yet, and has the link await it. */
export function awaitRecord(
  draft: Draft,
  leadId: string,
  { object, id }: { object: PersonObject; id: string },
  { holder, at }: { holder: string; at: number },
): void {
  const link = ensureLink(draft, leadId);
  if (link.awaits?.id === id) return;
  draft.link = withAwaits(link, { object, id });
  const about = { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked' } as const;
  const record = { sellfireLeadId: leadId, salesforceObject: object, salesforceRecordId: id };
  reports.failed(draft, { ...about, ...record }, explain('RECORD_CLAIMED', { id, lead: leadId, holder }));
}
