// Which fields an automation of the org may have put back in a write of the bridge (F29): only those of the write that the event is of.
import { describe, expect, it } from '@jest/globals';
import type { FieldState, InFlight, Link } from '../../../../bridge/model/link.ts';
import type { FieldMapping } from '../../../../bridge/model/mapping.ts';
import type { Found } from '../../../../bridge/model/plan.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { unclearFields } from '../../../../bridge/sync/fields/unclear.ts';
import { openDraft } from '../../../../bridge/sync/turn/draft.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { NEEDS_NO_EVENT, ofEarlierAttempt } from '../../../../bridge/sync/values/inFlight.ts';
import { withReplica, emptyState } from '../../../../bridge/sync/values/register.ts';
import { plan } from '../decideLead.ts';
import { config, LEAD_ID, mapping, salesforceChange, SOMEBODY, US } from '../fixtures.ts';
import { salesforceField } from '../../../helpers/fields.ts';

const link: Link = {
  leadId: 'lead_1',
  revision: 4,
  record: { object: 'Lead', id: LEAD_ID },
  fields: {
    business_name: {
      ...withReplica(emptyState(), 'Lead.Company', { inFlight: [{ value: 'Acme', revision: 3 }] }),
      register: { value: 'Acme', at: 4_000, by: 'sellfire', version: 2 },
    },
    phase: withReplica(emptyState(), 'Lead.Phase__c', {
      inFlight: [{ value: 'ColdCallCold', revision: NEEDS_NO_EVENT }],
    }),
  },
};
const put = (fields: SalesforceFields, at = 5_000): string[] => {
  const draft = openDraft(config(), nothingFound(), link);
  const event = salesforceChange('update', at, fields, { user: US });
  return unclearFields(draft, event).map(({ field }) => field.salesforce.name);
};

describe('an event of the bridge that does not name a field in flight', () => {
  it('may be of the only write in flight, in which the field was put back', () => {
    expect(put({ Title: 'Set by a flow' })).toEqual(['Company']);
  });

  it('is not where it is of an earlier write: of the lead id, or of a field that was not known before', () => {
    expect(put({ Sellfire_Lead_Id__c: 'lead_1' })).toEqual([]);
    expect(put({ Phase__c: 'ColdCallCold' })).toEqual([]);
  });

  const named = (afterRetry: boolean) => {
    const name = link.fields['business_name'] as FieldState;
    const along = { value: 'Acme', revision: 3, showsLead: true, ...(afterRetry ? { afterRetry } : {}) };
    const state = { ...name, ...withReplica(name, 'Lead.Company', { inFlight: [along] }) };
    const draft = openDraft(config(), nothingFound(), { ...link, fields: { ...link.fields, business_name: state } });
    const event = salesforceChange('update', 5_000, { Sellfire_Lead_Id__c: 'lead_1' }, { user: US });
    return unclearFields(draft, event).map(({ field, revision }) => [field.salesforce.name, revision]);
  };

  it('is of it where it names the lead id, and that was written along with the field', () => {
    expect(named(false)).toEqual([['Company', 3]]);
  });

  it('may be of it after an attempt that may have given the lead id before: the write has not arrived then', () => {
    expect(named(true)).toEqual([['Company', -1]]);
  });

  it('is not where it is of the fields of a demo or a sale, which a write of its own gives the record: none has arrived then', () => {
    const sold = { ...mapping('city', 'Lead.Sold_City__c', 'TwoWay'), triggers: ['sale' as const] };
    const arrived = (rules: FieldMapping[]): number[] => {
      const draft = openDraft(config([...config().mappings, ...rules]), nothingFound(), link);
      const event = salesforceChange('update', 5_000, { Sold_City__c: 'Austin' }, { user: US });
      return unclearFields(draft, event).map(({ revision }) => revision);
    };
    expect(arrived([sold])).toEqual([-1]);
    expect(arrived([])).toEqual([3]);
  });

  it('leaves the write to come where it names what no write in flight has: the phase of a sale, which is in no list', () => {
    const revisionsOf = (inFlight: InFlight[], named: SalesforceFields): number[] => {
      const phase = withReplica(emptyState(), 'Lead.Phase__c', { inFlight });
      const draft = openDraft(config(), nothingFound(), { ...link, fields: { ...link.fields, phase } });
      const event = salesforceChange('update', 5_000, named, { user: US });
      return unclearFields(draft, event).map(({ revision }) => revision);
    };
    expect(revisionsOf([], { Phase__c: 'Customer' })).toEqual([-1]);
    expect(revisionsOf([], { Phase__c: 'Customer', Company: 'ACME' })).toEqual([]);
    expect(revisionsOf([{ value: 'HeldPhase', revision: 3 }], { Phase__c: 'ColdCallDM' })).toEqual([3]);
  });

  it('may be of it whatever the clocks of the two systems show', () => {
    expect(put({ Title: 'Set by a flow' }, 3_999)).toEqual(['Company']);
  });
});

describe('an event of the bridge that names a field whose own need not have named it', () => {
  const unsure = (value: string): InFlight => ({ value, revision: NEEDS_NO_EVENT, turn: 3 });
  const after = (fields: SalesforceFields): string[] => {
    const city = withReplica(emptyState(), 'Lead.Title', { inFlight: [unsure('Owner')] });
    const draft = openDraft(config(), nothingFound(), { ...link, fields: { ...link.fields, title: city } });
    const event = salesforceChange('update', 5_000, fields, { user: US });
    return unclearFields(draft, event).map(({ field }) => field.salesforce.name);
  };

  it('is that of its write, in which an automation may have put back another field', () => {
    expect(after({ Title: 'Owner' })).toEqual(['Company']);
  });

  it('leaves that field open where it names none of the write', () => {
    expect(after({})).toEqual(['Company', 'Title']);
  });
});

describe('an event of the bridge that names a value that it did not write', () => {
  const set = (inFlight: InFlight[], value = 'ACME LTD'): string[] => {
    const company = withReplica(emptyState(), 'Lead.Company', { delivered: 3, inFlight });
    const register = { value: 'Acme Ltd', at: 4_000, by: 'sellfire' as const, version: 3 };
    const fields = { business_name: { ...company, register } };
    const draft = openDraft(config(), nothingFound(), { ...link, fields });
    const event = salesforceChange('update', 5_000, { Company: value }, { user: US });
    return unclearFields(draft, event).map(({ field }) => field.salesforce.name);
  };

  it('is of any of several writes of other values, the first of which an automation may have undone in silence', () => {
    const two = [
      { value: 'Acme', revision: 3 },
      { value: 'Acme Ltd', revision: 4 },
    ];
    expect(set(two)).toEqual(['Company']);
    expect(set(two.slice(1))).toEqual([]);
    expect(set(two, 'Acme')).toEqual([]);
  });

  const retried = (value: string, afterRetry: boolean): string[] => {
    const company = withReplica(emptyState(), 'Lead.Company', {
      delivered: 2,
      inFlight: [{ value: 'Acme', revision: 3, ...(afterRetry ? { afterRetry } : {}) }],
    });
    const register = { value: 'Acme', at: 4_000, by: 'sellfire' as const, version: 2 };
    const draft = openDraft(config(), nothingFound(), {
      ...link,
      fields: { business_name: { ...company, register } },
    });
    const event = salesforceChange('update', 5_000, { Company: value }, { user: US });
    return unclearFields(draft, event).map(({ field }) => field.salesforce.name);
  };

  it('may be of an attempt of unknown outcome before the write, so that the record is read', () => {
    expect(retried('Older', true)).toEqual(['Company']);
  });

  it('is that of an automation where there was no such attempt, and of the write where it names its value', () => {
    expect(retried('Older', false)).toEqual([]);
    expect(retried('Acme', true)).toEqual([]);
  });
});

describe('an event of the bridge after an attempt whose outcome was not recorded', () => {
  const phased = (inFlight: InFlight[], named: string): { names: string[]; revisions: number[] } => {
    const phase = withReplica(emptyState(), 'Lead.Phase__c', { inFlight });
    const draft = openDraft(config(), nothingFound(), { ...link, fields: { ...link.fields, phase } });
    const event = salesforceChange('update', 5_000, { Phase__c: named }, { user: US });
    const unclear = unclearFields(draft, event);
    return {
      names: unclear.map(({ field }) => field.salesforce.name),
      revisions: unclear.map(({ revision }) => revision),
    };
  };

  it('has no write count as arrived where it shows the state of the sync, which has a write of its own', () => {
    const revisionsOf = (fields: SalesforceFields): number[] => {
      const draft = openDraft(config(), nothingFound(), link);
      const event = salesforceChange('update', 5_000, fields, { user: US });
      return unclearFields(draft, event).map(({ revision }) => revision);
    };
    expect(revisionsOf({ Sellfire_Sync_State__c: 'InSync' })).toEqual([-1]);
    expect(revisionsOf({ Sellfire_Last_Synced_At__c: '2026-01-05T09:00:00.000Z' })).toEqual([3]);
  });

  it('is not that of this attempt, where it names what the earlier one wrote', () => {
    const earlier = ofEarlierAttempt({ value: 'HeldPhase', revision: 3, afterRetry: true });
    expect(phased([earlier], 'HeldPhase').names).toEqual([]);
  });

  it('has the record read, and no write count as arrived, where either of them may have written the value', () => {
    const earlier = { value: 'Customer', revision: NEEDS_NO_EVENT, afterRetry: true };
    const { names, revisions } = phased([earlier, { value: 'Customer', revision: 3 }], 'Customer');
    expect(names).toEqual(['Company']);
    expect(Math.max(...revisions)).toBeLessThan(3);
  });
});

describe('a record that was read, and lacks what the bridge wrote', () => {
  it('leaves the event of the write to come, so that the next one of the bridge is not that of a later write', () => {
    const written = (values: string[], revision: number, replica: string) => ({
      ...withReplica(emptyState(), replica, {
        ...{ lastKnown: values.at(-1) ?? null, targetVersion: 3, delivered: 3, confirmed: 0 },
        inFlight: values.map((value, index) => ({ value, revision: revision + index })),
      }),
      // Sellfire’s clock is ahead.
      register: { value: values.at(-1) ?? null, at: 90_000, by: 'sellfire' as const, version: 3 },
      previousValues: values.slice(0, -1),
    });
    const fields = {
      business_name: written(['Acme'], 2, 'Lead.Company'),
      last_name: written(['Rock', 'Stone'], 3, 'Lead.LastName'),
    };
    const now = { Company: 'Somebody else', LastName: 'Stone' };
    const found = {
      ...nothingFound(),
      records: new Map([[LEAD_ID, { createdAt: 0, at: 7_000, user: SOMEBODY, fields: now }]]),
    };
    const ours = { user: US };
    const events = [
      salesforceChange('gap', 7_000, {}),
      salesforceChange('update', 4_000, { Company: 'ACME' }, ours),
      salesforceChange('update', 5_000, { LastName: 'Rock' }, ours),
      salesforceChange('update', 6_000, { LastName: 'Stone' }, ours),
    ];
    const { link: last, writes } = plan(events, { link: { ...link, fields }, found });
    expect(last?.fields['last_name']?.register).toMatchObject({ value: 'Stone', version: 3 });
    expect(writes).toMatchObject([{ kind: 'updateInSalesforce', fields: { Company: 'Acme' } }]);
  });
});

describe('a number that is entered as people write it there', () => {
  const named = (country?: string): Link => ({
    leadId: 'lead_1',
    revision: 1,
    record: { object: 'Lead', id: LEAD_ID },
    fields: {},
    ...(country === undefined ? {} : { countries: { Lead: country } }),
  });
  const { Lead } = config().objects;
  if (!Lead) throw new Error('no Lead');
  const abroad: SyncConfig = {
    ...config(),
    objects: {
      ...config().objects,
      Lead: { ...Lead, fields: { ...Lead.fields, Country: salesforceField('Country') } },
    },
  };
  const fields = { Country: 'Germany', Phone: '030 90182001', LastName: 'Stein' };
  const found: Found = {
    ...nothingFound(),
    records: new Map([[LEAD_ID, { createdAt: 0, at: 4_000, user: SOMEBODY, fields }]]),
  };
  const numberOf = (link: Link, given: SalesforceFields, at = found, now = abroad): unknown =>
    plan([salesforceChange('update', 5_000, given)], { link, found: at, config: now }).link?.fields[
      'primary_phone_number'
    ]?.register?.value;

  it('is read by the country of its record, which a link that was made without a look at it does not know (M17)', () => {
    expect(numberOf(named(), { Phone: '030 90182001' })).toBe('+493090182001');
    // It is known then.
    const { link: later } = plan([salesforceChange('update', 5_000, { Phone: '030 90182001' })], {
      ...{ link: named(), found, config: abroad },
    });
    expect(later?.countries).toEqual({ Lead: 'DE' });
  });

  it('is read by what the event says, or the link knows, and one with its country by that, without a look-up', () => {
    expect(numberOf(named(), { Phone: '(512) 555-0101', Country: 'USA' }, nothingFound())).toBe('+15125550101');
    expect(numberOf(named('DE'), { Phone: '030 90182001' }, nothingFound())).toBe('+493090182001');
    expect(numberOf(named(), { Phone: '+49 30 90182001' }, nothingFound())).toBe('+493090182001');
    expect(numberOf(named(), { Phone: '(512) 555-0101' }, nothingFound(), config())).toBe('+15125550101');
  });
});
