// The package's fields of the state on a record (M35): together with another write, or when the state changes.
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Outcome, Write } from '../../../../bridge/model/plan.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config, LEAD_ID } from '../fixtures.ts';

const AT = Date.parse('2026-11-24T10:00:00.000Z');
const STATES = ['Sync_State', 'Sync_Detail', 'Cycle', 'Next_Event_At', 'Last_Synced_At'].map(
  (name) => `Sellfire_${name}__c`,
);
const withStates = (names: readonly string[] = STATES): SyncConfig => {
  const base = config();
  const { Lead } = base.objects;
  if (!Lead) throw new Error('There is no Lead.');
  const fields = [...Object.values(Lead.fields), ...names.map((name) => salesforceField(name))];
  return { ...base, objects: { ...base.objects, Lead: salesforceObject('Lead', fields) } };
};
const refusal = (fields: string[]): Fault => ({
  class: 'record',
  code: 'STRING_TOO_LONG',
  message: 'data value too large',
  fields,
  unknownOutcome: false,
});

/** A lead whose name Sellfire has changed. */
const link: Link = {
  leadId: 'lead_1',
  revision: 3,
  record: { object: 'Lead', id: LEAD_ID },
  stateWritten: { [LEAD_ID]: 'InSync' },
  fields: {
    business_name: {
      register: { value: 'Reno', at: AT, by: 'sellfire', version: 2 },
      previousValues: ['Waco'],
      replicas: {
        sellfire: { lastKnown: 'Reno', targetVersion: 2, delivered: 2, confirmed: 2 },
        'Lead.Company': { lastKnown: 'Waco', targetVersion: 2, delivered: 1, confirmed: 1 },
      },
      flipFlops: 0,
      suspended: false,
    },
  },
};
const delivery = {
  sellfireField: 'business_name',
  replica: 'Lead.Company',
  field: 'Company',
  version: 2,
  value: 'Reno',
};
const update = (state?: Record<string, string>): Write => ({
  kind: 'updateInSalesforce',
  object: 'Lead',
  id: LEAD_ID,
  fields: { Company: 'Reno' },
  deliveries: [delivery],
  ...(state ? { state } : {}),
});
const ok = (write: Write): Outcome => ({ ok: true, write, id: LEAD_ID });
const no = (write: Write, fields: string[]): Outcome => ({ ok: false, write, fault: refusal(fields) });

/** The writes that follow, until nothing is left to write; each succeeds. */
function follow(configuration: SyncConfig, first: Outcome, from: Link = link): { link: Link; writes: Write[] } {
  const written: Write[] = [];
  let after = settle(configuration, from, [first], AT);
  for (let round = 0; after.writes.length > 0; round += 1) {
    if (round > 5) throw new Error('It comes to no end.');
    written.push(...after.writes);
    after = settle(configuration, after.link, after.writes.map(ok), AT);
  }
  if (!after.link) throw new Error('The link is gone.');
  return { link: after.link, writes: written };
}

describe('the state of a record (M35)', () => {
  it('is not written for its own sake: a write that succeeds is followed by none', () => {
    expect(follow(withStates(), ok(update())).writes).toEqual([]);
  });

  it('is written once when a field is refused, with the code and the reason of the report', () => {
    const { link: refused, writes } = follow(withStates(), no(update(), ['Company']));
    expect(writes).toEqual([
      expect.objectContaining({
        kind: 'updateInSalesforce',
        id: LEAD_ID,
        fields: {},
        state: expect.objectContaining({
          Sellfire_Sync_State__c: 'Refused',
          Sellfire_Sync_Detail__c: expect.stringMatching(/^STRING_TOO_LONG: data value too large/),
          Sellfire_Last_Synced_At__c: '2026-11-24T10:00:00.000Z',
        }),
      }),
    ]);
    // The same refusal again is no other state.
    const again = { ...refused, fields: { ...refused.fields } };
    expect(follow(withStates(), no(update(), ['Company']), again).writes).toEqual([]);
  });

  it('is written once when the refusal is over', () => {
    const { link: refused } = follow(withStates(), no(update(), ['Company']));
    const name = refused.fields['business_name'];
    if (!name?.register) throw new Error('There is no register.');
    const mended: Link = {
      ...refused,
      fields: { business_name: { ...name, register: { ...name.register, version: 3, value: 'Elko' } } },
    };
    const { link: after, writes } = follow(withStates(), ok(update()), mended);
    expect(writes).toEqual([
      expect.objectContaining({
        fields: {},
        state: expect.objectContaining({ Sellfire_Sync_State__c: 'InSync', Sellfire_Sync_Detail__c: null }),
      }),
    ]);
    expect(after.problem).toBeUndefined();
  });

  it('costs only its fields where they are hidden, mapped or refused', () => {
    expect(follow(withStates([]), no(update(), ['Company'])).writes).toEqual([]);
    const state = { Sellfire_Sync_State__c: 'InSync' };
    const { writes, link: after } = follow(withStates(), no(update(state), ['Sellfire_Sync_State__c']));
    expect(writes).toEqual([{ ...update(), state: {} }]);
    expect(after.fields['business_name']?.replicas['Lead.Company']?.refused).toBeUndefined();
    expect(after.stateWritten).toEqual({ [LEAD_ID]: 'InSync' });
  });
});
