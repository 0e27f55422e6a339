// What comes to nothing but a note in its link is decided as it arrives, by the rules of a turn; all that needs more takes a turn.
import { describe, expect, it } from '@jest/globals';
import { createOnArrival } from '../../../bridge/jobs/arrival.ts';
import type { Change } from '../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { Write } from '../../../bridge/model/plan.ts';
import { settle } from '../../../bridge/sync/settle.ts';
import { acme, linked, linkOf, plan } from '../sync/decideLead.ts';
import { config, lead, salesforceChange, sellfireChange, US } from '../sync/fixtures.ts';

const SOMEBODY = '005000000000002AAA';
const renamed = { business_name: { from: 'Acme Plumbing', to: 'Acme Pipes' } };

/** The link after the edit was written to Salesforce, whose event is to come. */
function written(): Link {
  const { link, writes } = plan([sellfireChange('lead.updated', 7_000, acme, renamed)], { link: linked() });
  return linkOf(settle(config(), link, [{ ok: true, write: writes[0] as Write }], 7_000));
}

/** What is made of the change as it arrives. */
function arrive(change: Change, link = written(), { isRunning = true, of = (): SyncConfig => config() } = {}) {
  return createOnArrival({ config: of, isRunning: () => isRunning })(link.leadId, link, change);
}

const echo = salesforceChange('update', 8_000, { Company: 'Acme Pipes' }, { user: US });

describe('a change as it arrives', () => {
  it('is done where it is the echo of an own write: the link notes it, as in a turn', () => {
    const before = written();
    const after = arrive(echo, before);
    expect(after?.fields['business_name']?.replicas['Lead.Company']).toMatchObject({ confirmed: 2, inFlight: [] });
    expect(after).toEqual(plan([echo], { link: before }).link);
  });

  it('is done where no field of it is mapped, and leaves the link as it is', () => {
    const before = written();
    expect(arrive(salesforceChange('update', 8_000, { Rating: 'Hot' }, { user: SOMEBODY }), before)).toBe(before);
  });

  it('takes a turn where something is to be written, also under our own name (I16)', () => {
    for (const user of [US, SOMEBODY])
      expect(arrive(salesforceChange('update', 9_000, { Company: 'Other' }, { user }))).toBeUndefined();
    const edit = sellfireChange('lead.updated', 9_000, lead('lead_1', { ...acme.fields, business_name: 'Other' }), {
      business_name: { from: 'Acme Pipes', to: 'Other' },
    });
    expect(arrive(edit)).toBeUndefined();
  });

  it('takes a turn where something is to be looked up, or somebody deleted the record', () => {
    expect(arrive(salesforceChange('gap', 8_000, {}, { user: US }))).toBeUndefined();
    expect(arrive(salesforceChange('delete', 8_000, {}, { user: US }))).toBeUndefined();
  });

  it('waits while no turns are run', () => {
    expect(arrive(echo, written(), { isRunning: false })).toBeUndefined();
  });

  it('is left to a turn where the decision fails, which says why', () => {
    const broken = { ...written(), fields: null as never };
    expect(() => plan([echo], { link: broken })).toThrow();
    expect(arrive(echo, broken)).toBeUndefined();
  });
});
