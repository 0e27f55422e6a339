// Links a lead with a record by an id that people supplied, which changes no mapped field of either side (M16, I15), or says why not.
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import { causeOf } from '../../model/report.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { mergeSalesforceRecord, mergeSellfireLead } from '../fields/merge.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { awaitRecord, takenBy } from './claim.ts';
import { connect } from './connect.ts';
import type { Named, Naming, NamingOutcome } from './naming.ts';
import { writeLeadId } from './relink.ts';
import { afterEvent } from './state.ts';
import { suppliedRecord, type SuppliedRecord } from './suppliedRecord.ts';

/** Links by ids that people supplied: both sides keep their values, the record gets the id of the lead. */
export function linkSupplied(
  draft: Draft,
  lead: Lead,
  record: Named['record'],
  accountId: string | undefined,
  unread: readonly Explanation[],
  { at, isEdit }: Naming,
): NamingOutcome {
  const wanted: { object: FollowedObject; id: string }[] = [
    ...(record && draft.link?.record?.id !== record.id ? [record] : []),
    ...(accountId !== undefined && draft.link?.accountId !== accountId
      ? [{ object: 'Account' as const, id: accountId }]
      : []),
  ];
  const found = wanted.map((one) => suppliedRecord(draft, lead, one));
  if (found.includes(undefined)) return 'unknown';
  const problems = [...unread, ...found.filter((one) => one !== undefined && 'code' in one)] as Explanation[];
  const supplied = found.filter((one): one is SuppliedRecord => one !== undefined && !('code' in one));
  const records = supplied.filter(({ id }) => takenBy(draft, id) === undefined);
  // The record to which a merge or a conversion leads may be that of another lead.
  for (const { object, id } of supplied) {
    const holder = takenBy(draft, id);
    if (holder !== undefined && object !== 'Account') awaitRecord(draft, lead.id, { object, id }, { holder, at });
  }
  // The record that an interrupted creation made carries the id of the lead already.
  const isKnown = isEdit && records.some(({ record: { fields } }) => fields[draft.config.names.leadId] === lead.id);
  for (const one of records) {
    connect(draft, lead.id, one.object, one.id);
    if (isKnown) continue;
    writeLeadId(draft, one, one.record, lead.id);
    mergeSalesforceRecord(draft, one.object, one.record);
  }
  if (records.length > 0 && !isKnown) {
    // What both sides hold is known from now on, so that only a later change is carried over.
    mergeSellfireLead(draft, lead);
    const { object, id } = records[0] ?? { object: 'Lead', id: '' };
    reports.succeeded(draft, {
      ...{ occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked' },
      ...{ salesforceObject: object, salesforceRecordId: id },
    });
  }
  if (problems.length > 0) refuse(draft, lead, problems, at);
  if (!draft.link?.record && !draft.link?.accountId) return 'refused';
  return records.length > 0 && !isKnown ? 'linked' : 'unchanged';
}

/** Reports once what the lead carries and is not followed. Its next change tries again. */
export function refuse(draft: Draft, lead: Lead, problems: readonly Explanation[], at: number): NamingOutcome {
  const link = ensureLink(draft, lead.id);
  const refusedIds = problems.map(({ code, sentence }) => `${code} ${sentence}`).join(' ');
  const isLinked = link.record !== undefined || link.accountId !== undefined;
  if (link.refusedIds !== refusedIds) {
    for (const why of problems) {
      const about = { occurredAt: at, direction: 'ToSalesforce', event: 'LeadLinked' } as const;
      reports.failed(draft, about, why);
    }
  }
  draft.link = { ...link, refusedIds };
  const [first] = problems;
  if (!isLinked && first) draft.link = afterEvent(draft.link, { kind: 'refused', why: causeOf(first) });
  return isLinked ? 'unchanged' : 'refused';
}
