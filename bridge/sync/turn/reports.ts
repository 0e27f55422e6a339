// Adds report rows to a draft. Code, sentence and remedy come from the catalogue, so that no row lacks them.
import type { Explanation, Message } from '../../model/catalogue/entry.ts';
import { said, worded, type Report, type Words } from '../../model/report.ts';
import type { Draft } from './draft.ts';

/** What a row is about. Lead and record default to those of the link. */
export type About = Pick<Report, 'occurredAt' | 'direction' | 'event'> & Partial<Omit<Report, 'outcome' | keyof Words>>;

/**
 * The change was written.
 * @param why the cause or a remark, where there is one
 */
export function succeeded(draft: Draft, about: About, why: Explanation | Message[] = []): void {
  add(draft, 'Success', about, Array.isArray(why) ? worded('', why) : said(why));
}

/** The configuration or the state of the link leaves nothing to do. Once in a turn: what an event brings may be read in it as well. */
export function skipped(draft: Draft, about: About, why: Explanation): void {
  const row = rowOf(draft, 'Skipped', about, said(why));
  const text = JSON.stringify(row);
  if (!draft.reports.some((one) => JSON.stringify(one) === text)) draft.reports.push(row);
}

/** A rule of Sellfire forbids the change. */
export function refused(draft: Draft, about: About, why: Explanation): void {
  add(draft, 'Refused', about, said(why));
}

/**
 * The change failed for a reason that people can remedy.
 * @param eventId of the request that the row is about, which is reported once it is done
 */
export function failed(draft: Draft, about: About, why: Explanation, eventId?: string): void {
  const row = rowOf(draft, 'Failed', about, said(why));
  draft.reports.push(row);
  if (eventId !== undefined) draft.rowsOf.set(row, eventId);
}

function add(draft: Draft, outcome: Report['outcome'], about: About, words: Words): void {
  draft.reports.push(rowOf(draft, outcome, about, words));
}

function rowOf({ link }: Draft, outcome: Report['outcome'], about: About, words: Words): Report {
  return {
    outcome,
    ...words,
    sellfireLeadId: link?.leadId ?? null,
    salesforceObject: link?.record?.object ?? (link?.accountId ? 'Account' : null),
    salesforceRecordId: link?.record?.id ?? link?.accountId ?? null,
    changes: [],
    ...about,
  };
}
