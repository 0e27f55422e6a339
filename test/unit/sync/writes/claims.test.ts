// What a plan takes for a link is reserved before anything is written (M17).
import { describe, expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Plan, Write } from '../../../../bridge/model/plan.ts';
import { claimsOf } from '../../../../bridge/sync/writes/claims.ts';
import { CONTACT_ID, LEAD_ID } from '../fixtures.ts';

const ACCOUNT_ID = '001000000000001AAA';

const link = (more: Partial<Link> = {}): Link => ({
  ...{ leadId: 'lead_1', revision: 1, fields: {}, record: { object: 'Lead', id: LEAD_ID } },
  ...more,
});
const claims = (after: Link | undefined, before?: Link, writes: Write[] = []) =>
  claimsOf({ link: after, writes } as Plan, before);
const creation = (object: 'Lead' | 'Account', recordId: string): Write => ({
  ...{ kind: 'createInSellfire', object, recordId, fields: {}, deliveries: [] },
  ...{ salesforce: {}, recordValues: {}, heldAt: 0 },
});

describe('a plan claims', () => {
  it('the record that its link takes, and not the one that it had', () => {
    expect(claims(link())).toEqual([{ recordId: LEAD_ID, leadId: 'lead_1' }]);
    expect(claims(link(), link())).toEqual([]);
    const moved = link({ record: { object: 'Contact', id: CONTACT_ID } });
    expect(claims(moved, link())).toEqual([{ recordId: CONTACT_ID, leadId: 'lead_1' }]);
  });

  it('the Account of a link that has no other record, and nothing for one that it has beside its record', () => {
    const { record: _, ...ofAccount } = link({ accountId: ACCOUNT_ID });
    expect(claims(ofAccount)).toEqual([{ recordId: ACCOUNT_ID, leadId: 'lead_1' }]);
    expect(claims(ofAccount, ofAccount)).toEqual([]);
    expect(claims(link({ accountId: ACCOUNT_ID }), link())).toEqual([]);
    expect(claims(link({ accountId: ACCOUNT_ID }), ofAccount)).toEqual([{ recordId: LEAD_ID, leadId: 'lead_1' }]);
  });

  it('nothing for a link that ends, and the record anew for one that is resumed', () => {
    const ended = link({ ended: { by: 'sellfire', at: 1 } });
    expect(claims(ended)).toEqual([]);
    expect(claims(link(), ended)).toEqual([{ recordId: LEAD_ID, leadId: 'lead_1' }]);
  });

  it('a Lead or Contact of which it creates a lead, and no Account, which several leads may share', () => {
    expect(claims(undefined, undefined, [creation('Lead', LEAD_ID)])).toEqual([{ recordId: LEAD_ID, leadId: null }]);
    expect(claims(undefined, undefined, [creation('Account', ACCOUNT_ID)])).toEqual([]);
  });
});
