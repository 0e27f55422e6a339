// Every attempt is one report row (M31): time, direction, outcome, records, reason, and each field before and after.
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../bridge/model/change.ts';
import type { Fault } from '../../../bridge/model/fault.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { Outcome, Write } from '../../../bridge/model/plan.ts';
import type { Report } from '../../../bridge/model/report.ts';
import { decide } from '../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../bridge/sync/settle.ts';
import { config, created, lead, LEAD_ID, salesforceChange, sellfireChange } from './fixtures.ts';

const PHONE = '+15125550123';
const acme = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone' });

/** Decides a change and settles each write with the outcome. @returns the rows of both, and the link */
function attempt(
  change: Change,
  end: (write: Write) => Outcome,
  link?: Link,
): { reports: Report[]; link?: Link | undefined } {
  const decision = decide({
    changes: [change],
    link,
    found: {
      ...nothingFound(),
      salesforceByPhone: new Map([[PHONE, []]]),
      sellfireByPhone: new Map([[PHONE, null]]),
      sellfireByRecord: new Map([[LEAD_ID, null]]),
    },
    config: config(),
    maybeApplied: false,
  });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  const { plan } = decision;
  const settled = settle(config(), plan.link, plan.writes.map(end), change.at);
  return { reports: [...plan.reports, ...settled.reports], link: settled.link };
}

const done = (write: Write): Outcome => ({ ok: true, write, id: LEAD_ID });
const linked = (): Link => {
  const { link } = attempt(created(acme), done);
  if (!link) throw new Error('no link');
  return link;
};
const renamed = sellfireChange('lead.updated', 9_000, acme, { business_name: { from: 'Acme Plumbing', to: 'Acme' } });
const both = { sellfireLeadId: 'lead_1', salesforceObject: 'Lead', salesforceRecordId: LEAD_ID };

describe('an attempt (M31)', () => {
  it('that creates adds one row with both ids and every field', () => {
    const { reports } = attempt(created(acme), done);
    expect(reports).toEqual([
      {
        ...both,
        occurredAt: 1_000,
        direction: 'ToSalesforce',
        event: 'LeadCreated',
        outcome: 'Success',
        code: '',
        reason: '',
        changes: expect.arrayContaining([
          { field: 'Phone', after: PHONE },
          { field: 'Company', after: 'Acme Plumbing' },
        ]),
      },
    ]);
  });

  it('that changes a field adds one row with the value before and after', () => {
    expect(attempt(renamed, done, linked()).reports).toMatchObject([
      {
        ...both,
        occurredAt: 9_000,
        direction: 'ToSalesforce',
        event: 'LeadUpdated',
        outcome: 'Success',
        changes: [{ field: 'Company', before: 'Acme Plumbing', after: 'Acme' }],
      },
    ]);
    const edit = salesforceChange('update', 9_000, { Company: 'Acme' });
    expect(attempt(edit, done, linked()).reports).toMatchObject([
      {
        ...both,
        direction: 'ToSellfire',
        changes: [{ field: 'business_name', before: 'Acme Plumbing', after: 'Acme' }],
      },
    ]);
  });

  it('that is refused adds one row with the code, the peer’s sentence and the field', () => {
    const fault: Fault = {
      class: 'record',
      code: 'STRING_TOO_LONG',
      message: 'Company: data value too large',
      fields: ['Company'],
      unknownOutcome: false,
    };
    const { reports } = attempt(renamed, (write) => ({ ok: false, write, fault }), linked());
    expect(reports).toMatchObject([
      {
        ...both,
        direction: 'ToSalesforce',
        outcome: 'Failed',
        code: 'STRING_TOO_LONG',
        reason: expect.stringContaining('data value too large'),
        changes: [{ field: 'Company', before: 'Acme Plumbing', after: 'Acme' }],
      },
    ]);
  });

  it('that is not needed adds none', () => {
    const echo = salesforceChange('update', 9_000, { Company: 'Acme Plumbing' });
    expect(attempt(echo, done, linked()).reports).toEqual([]);
  });
});
