// The package's fields of the state on a record (M35): together with another write, or when the state changes.
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Outcome, Write } from '../../../../bridge/model/plan.ts';
import { packageNames, type SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config, iso, lead, LEAD_ID, sellfireChange, SOMEBODY } from '../fixtures.ts';

const names = packageNames('');
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

/** The writes of a turn with an event that changes nothing, where the record is read as given. */
function decided(from: Link, shown: SalesforceFields, maybeApplied: boolean): Write[] {
  const found = nothingFound();
  const acme = lead('lead_1', { business_name: 'Reno' }, { changed_at: { business_name: iso(AT) } });
  found.leads.set('lead_1', acme);
  const fields = { Company: 'Waco', [names.leadId]: 'lead_1', ...shown };
  found.records.set(LEAD_ID, { createdAt: AT, at: AT, user: SOMEBODY, fields });
  const changes = [sellfireChange('lead.updated', AT + 1, acme, {})];
  const decision = decide({ changes, link: from, config: withStates(), found, maybeApplied });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan.writes;
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

  it('is written again where an interrupted attempt, of which no link knows, left another on the record', () => {
    const { link: refused } = follow(withStates(), no(update(), ['Company']));
    const detail = refused.problem?.detail ?? null;
    const shows = (state: string | null, words: string | null): Write[] =>
      decided(refused, { Sellfire_Sync_State__c: state, Sellfire_Sync_Detail__c: words }, true);
    const again = [expect.objectContaining({ state: expect.objectContaining({ Sellfire_Sync_Detail__c: detail }) })];
    expect(shows('InSync', null)).toEqual(again);
    expect(shows(null, null)).toEqual(again);
    expect(shows('Refused', 'PHONE_EXISTS: another')).toEqual(again);
    expect(shows('Refused', detail)).toEqual([]);
    // Nothing is read where every attempt is recorded.
    expect(decided(refused, { Sellfire_Sync_State__c: 'InSync', Sellfire_Sync_Detail__c: null }, false)).toEqual([]);
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
