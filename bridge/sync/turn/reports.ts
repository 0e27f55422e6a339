// Report rows of one decision: each says what the catalogue says of its cause, so that no row is without a code and a remedy.
import type { Explanation } from '../../model/catalogue/entry.ts';
import { said, type Report } from '../../model/report.ts';
import type { Draft } from './draft.ts';

/** What a row is about; the lead and the record are those of the link where they are not named. */
export type About = Pick<Report, 'occurredAt' | 'direction' | 'event'> &
  Partial<Omit<Report, 'outcome' | 'code' | 'reason'>>;

/** It was done. @param why where there is something to say of it: a cause, or how it was done in plain words */
export function succeeded(draft: Draft, about: About, why: Explanation | string = ''): void {
  add(draft, 'Success', about, typeof why === 'string' ? { code: '', reason: why } : said(why));
}

/** Nothing was to be done as things are. */
export function skipped(draft: Draft, about: About, why: Explanation): void {
  add(draft, 'Skipped', about, said(why));
}

/** Sellfire's own rules forbid it. */
export function refused(draft: Draft, about: About, why: Explanation): void {
  add(draft, 'Refused', about, said(why));
}

/** Something is wrong that people can put right. */
export function failed(draft: Draft, about: About, why: Explanation): void {
  add(draft, 'Failed', about, said(why));
}

function add(draft: Draft, outcome: Report['outcome'], about: About, words: Pick<Report, 'code' | 'reason'>): void {
  const { link } = draft;
  draft.reports.push({
    outcome,
    ...words,
    sellfireLeadId: link?.leadId ?? null,
    salesforceObject: link?.record?.object ?? (link?.accountId ? 'Account' : null),
    salesforceRecordId: link?.record?.id ?? link?.accountId ?? null,
    changes: [],
    ...about,
  });
}
