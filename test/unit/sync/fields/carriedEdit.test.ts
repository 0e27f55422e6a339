// What an attempt of unknown outcome wrote has the time and the side of the edit that it carried, not of the write (I12).
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../../bridge/model/change.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Link, Register } from '../../../../bridge/model/link.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { updateKey } from '../../../../bridge/model/updateKey.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { emptyState, withReplica } from '../../../../bridge/sync/values/register.ts';
import {
  config,
  created,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  US,
  USUAL,
} from '../fixtures.ts';

const PHONE = '+15125550123';
const ID = { Sellfire_Lead_Id__c: 'lead_1' };
const named = { salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } };
const acme = (business_name: string, at: number): Lead => {
  const fields = { primary_phone_number: PHONE, business_name, last_name: 'Stone' };
  const one = lead('lead_1', fields, { ...named, version: 2 });
  return { ...one, changed_at: { ...one.changed_at, business_name: iso(at) } };
};
/** An event of the bridge's own write in Sellfire. */
const wrote = (at: number, from: string, to: string): Change =>
  sellfireChange('lead.updated', at, acme(to, at), { business_name: { from, to } }, 'api');
const inSalesforce = (at: number, Company: string, user = SOMEBODY): Change =>
  salesforceChange('update', at, { Company }, { user });
const inSellfire = (at: number, from: string, to: string): Change =>
  sellfireChange('lead.updated', at, acme(to, at), { business_name: { from, to } });

/** The register of the business name after a repeated turn. */
function registerOf(
  changes: Change[],
  {
    link,
    record,
    by = SOMEBODY,
    subject,
    maybeApplied = true,
    rules = config(),
  }: { link?: Link; record: string; by?: string; subject: Lead; maybeApplied?: boolean; rules?: SyncConfig },
): Register | undefined {
  const fields: SalesforceFields = {
    Phone: PHONE,
    Company: record,
    LastName: 'Stone',
    Phase__c: 'ColdCallCold',
    ...ID,
  };
  const found = nothingFound();
  found.leads.set('lead_1', subject);
  found.sellfireByRecord.set(LEAD_ID, subject);
  found.records.set(LEAD_ID, { createdAt: 1_000, at: 9_000, user: by, fields });
  found.salesforceByPhone.set(PHONE, [
    { object: 'Lead', id: LEAD_ID, name: 'Stone', leadId: 'lead_1', phones: { Phone: PHONE }, country: null },
  ]);
  found.sale.keyed.set('Lead lead_1', LEAD_ID);
  const decision = decide({ changes, link, config: rules, found, maybeApplied });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan.link?.fields['business_name']?.register;
}

const compare: Change = {
  ...{ source: 'request', eventId: 'a0R000000000001AAA:1', at: 9_000, leadId: 'lead_1' },
  record: { object: 'Lead', id: LEAD_ID },
  command: { kind: 'compare', create: false },
};

const known = (value: string, at: number, by: Register['by']): Link => ({
  leadId: 'lead_1',
  revision: 1,
  record: { object: 'Lead', id: LEAD_ID },
  fields: {
    business_name: {
      ...withReplica(withReplica(emptyState(), 'Lead.Company', { lastKnown: value, at }), 'sellfire', {
        lastKnown: value,
        at,
      }),
      register: { value, at, by, version: 1 },
    },
  },
});

describe('an edit in Salesforce that an interrupted attempt carried to Sellfire', () => {
  it('loses to an edit that was made in Salesforce before the write, where the link was not saved', () => {
    const changes = [
      created(acme('Acme', 1_000)),
      salesforceChange('create', 1_100, { Phone: PHONE, Company: 'Acme', LastName: 'Stone', ...ID }, { user: US }),
      inSalesforce(2_000, 'First'),
      inSalesforce(5_000, 'Second'),
      wrote(8_000, 'Acme', 'First'),
    ];
    const register = registerOf(changes, { record: 'Second', subject: acme('First', 8_000) });
    expect(register).toMatchObject({ value: 'Second', at: 5_000, by: 'salesforce' });
  });

  it('loses to it where the event of the write arrives first', () => {
    const changes = [wrote(8_000, 'Acme', 'First'), inSalesforce(2_000, 'First'), inSalesforce(5_000, 'Second')];
    const link = known('Acme', 1_000, 'sellfire');
    const register = registerOf(changes, { link, record: 'Second', subject: acme('First', 8_000) });
    expect(register).toMatchObject({ value: 'Second', at: 5_000 });
  });

  it('wins over the edit of the same moment in Sellfire that it replaced, though its own event is not there', () => {
    const changes = [inSellfire(3_000, 'Acme', 'Theirs'), wrote(8_000, 'Theirs', 'Ours')];
    const link = known('Acme', 1_000, 'sellfire');
    const register = registerOf(changes, { link, record: 'Ours', subject: acme('Ours', 8_000) });
    expect(register).toMatchObject({ value: 'Ours', at: 3_000, by: 'salesforce' });
  });

  it('loses to the edit of the same moment in Salesforce that it wrote over, where an attempt put the value of Sellfire back', () => {
    const changes = [inSalesforce(3_000, 'Ours'), inSellfire(3_000, 'Acme', 'Theirs'), wrote(8_000, 'Ours', 'Theirs')];
    const link = known('Acme', 1_000, 'sellfire');
    const register = registerOf(changes, { link, record: 'Ours', subject: acme('Theirs', 8_000) });
    expect(register).toMatchObject({ value: 'Ours', at: 3_000, by: 'salesforce' });
  });

  it('loses to an edit in Sellfire that the write did not know of, where the link has recorded the write', () => {
    const link = known('Ours', 2_000, 'salesforce');
    const { business_name: state } = link.fields;
    if (!state) throw new Error('The field has no state.');
    const changes = [inSellfire(3_000, 'Acme', 'Theirs'), wrote(8_000, 'Theirs', 'Ours')];
    for (const recorded of [
      // Sellfire answered when it took the value, or the value was found there after an attempt.
      { at: 8_000 },
      { inFlight: [{ value: 'Ours', revision: 1, afterRetry: true }] },
    ]) {
      const from = { ...link, fields: { business_name: withReplica(state, 'sellfire', recorded) } };
      const register = registerOf(changes, { link: from, record: 'Ours', subject: acme('Ours', 8_000) });
      expect(register).toMatchObject({ value: 'Theirs', at: 3_000, by: 'sellfire' });
    }
  });
});

describe('an edit in Sellfire that an interrupted attempt carried to Salesforce', () => {
  it('loses to an edit that was made in Salesforce before the write', () => {
    const changes = [
      created(acme('Acme', 1_000)),
      inSalesforce(5_000, 'Entered'),
      inSalesforce(8_000, 'Acme', US),
      wrote(9_000, 'Acme', 'Entered'),
    ];
    const register = registerOf(changes, { record: 'Acme', subject: acme('Entered', 9_000) });
    expect(register).toMatchObject({ value: 'Entered', at: 5_000, by: 'salesforce' });
  });
});

describe('a request of the bridge that names the edits it carries', () => {
  const edit = { at: 3_000, by: 'salesforce' } as const;
  /** The write of an attempt whose value came of the edit. */
  const requested = (at: number, from: string, to: string, editedAt: number = edit.at): Change => {
    const change = sellfireChange('lead.updated', at, acme(to, at), { business_name: { from, to } }, 'api');
    const edits = new Map([['business_name', { ...edit, at: editedAt }]]);
    const request_id = updateKey({ attempt: 'one', digest: 'body', edits });
    return { ...change, event: { ...change.event, actor: { ...change.event.actor, request_id } } };
  };
  const theirs = (at: number): Change => inSellfire(at, 'Acme', 'Theirs');

  it('wins over an edit of the same moment in Sellfire, whatever it wrote over', () => {
    const changes = [theirs(3_000), requested(8_000, 'Theirs', 'Acme')];
    const link = known('Acme', 1_000, 'sellfire');
    expect(registerOf(changes, { link, record: 'Acme', subject: acme('Acme', 8_000) })).toMatchObject({
      ...{ value: 'Acme', at: 3_000, by: 'salesforce' },
    });
  });

  it('loses to a later edit that it wrote over without knowing of it', () => {
    const changes = [theirs(4_000), requested(8_000, 'Theirs', 'Acme')];
    const link = known('Acme', 3_000, 'salesforce');
    expect(registerOf(changes, { link, record: 'Acme', subject: acme('Acme', 8_000) })).toMatchObject({
      ...{ value: 'Theirs', at: 4_000, by: 'sellfire' },
    });
  });

  it('loses to it also where another turn has saved the link meanwhile', () => {
    const changes = [inSalesforce(8_001, 'Older', US), requested(8_000, 'Acme', 'Older')];
    const link = known('Acme', 5_000, 'salesforce');
    expect(registerOf(changes, { link, record: 'Older', subject: acme('Older', 8_000) })).toMatchObject({
      ...{ value: 'Acme', at: 5_000, by: 'salesforce' },
    });
  });

  it('is the edit of what a comparison reads in the lead, before the event of the request is worked off', () => {
    const changes = [compare, requested(8_000, 'Acme', 'Ours', 4_000)];
    const link = known('Acme', 1_000, 'sellfire');
    expect(registerOf(changes, { link, record: 'Acme', subject: acme('Ours', 8_000) })).toMatchObject({
      ...{ value: 'Ours', at: 4_000, by: 'salesforce' },
    });
  });

  it.each([
    ['of the turn that was made again', true],
    ['of the turn after it', false],
  ])('is the edit of its event, %s, also where the rule lets Sellfire set nothing', (_, maybeApplied) => {
    const oneWay = config([
      ...USUAL.filter(({ sellfireField }) => sellfireField !== 'business_name'),
      mapping('business_name', 'Lead.Company', 'SalesforceUnlessBlank'),
    ]);
    for (const rules of [config(), oneWay]) {
      const link = known('Acme', 1_000, 'salesforce');
      const options = { link, record: 'Ours', subject: acme('Ours', 8_000), maybeApplied, rules };
      expect(registerOf([requested(8_000, 'Acme', 'Ours', 4_000)], options)).toMatchObject({
        ...{ value: 'Ours', at: 4_000, by: 'salesforce' },
      });
    }
  });

  it('is no edit of the moment of its write where its event has not arrived: one that is read in the record since wins', () => {
    const link = known('Acme', 1_000, 'salesforce');
    // Sellfire's clock is ahead.
    expect(registerOf([compare], { link, record: 'Later', subject: acme('Carried', 90_000) })).toMatchObject({
      ...{ value: 'Later', by: 'salesforce' },
    });
    const edited = inSellfire(90_000, 'Acme', 'Edited');
    expect(registerOf([compare, edited], { link, record: 'Later', subject: acme('Edited', 90_000) })).toMatchObject({
      ...{ value: 'Edited', at: 90_000, by: 'sellfire' },
    });
  });

  it('loses to it also where the link recorded it', () => {
    const changes = [theirs(4_000), requested(8_000, 'Theirs', 'Ours')];
    const link = known('Ours', 3_000, 'salesforce');
    expect(registerOf(changes, { link, record: 'Ours', subject: acme('Ours', 8_000) })).toMatchObject({
      ...{ value: 'Theirs', at: 4_000, by: 'sellfire' },
    });
  });
});

describe('a record that is read after an attempt of unknown outcome', () => {
  const link = known('', 4_000, 'sellfire');
  /** Sellfire cleared the name at 4,000; the repeated write of the cleared name is in flight. */
  const cleared = (afterRetry: boolean): Link => ({
    ...link,
    fields: {
      business_name: {
        ...withReplica(
          withReplica(emptyState(), 'sellfire', { lastKnown: null, at: 4_000, targetVersion: 3, delivered: 3 }),
          'Lead.Company',
          {
            lastKnown: null,
            at: 3_000,
            targetVersion: 3,
            delivered: 3,
            inFlight: [{ value: null, revision: 1, ...(afterRetry ? { afterRetry } : {}) }],
          },
        ),
        register: { value: null, at: 4_000, by: 'sellfire', version: 3 },
      },
    },
  });
  const read = (afterRetry: boolean): Register | undefined =>
    registerOf([salesforceChange('gap', 9_000, {}, { user: US })], {
      link: cleared(afterRetry),
      record: 'Older',
      by: US,
      subject: acme('', 4_000),
      maybeApplied: false,
    });

  it('may hold an older value of the bridge, which is not taken for an automation of the org', () => {
    expect(read(true)).toMatchObject({ value: null, at: 4_000, by: 'sellfire' });
  });

  it('holds what an automation set, where every attempt is recorded', () => {
    expect(read(false)).toMatchObject({ value: 'Older', by: 'salesforce' });
  });
});

describe('the last of two writes of the bridge that is read', () => {
  it('is no automation’s, though somebody had entered the value of the first before it', () => {
    // Sellfire said "First" and then "Second"; somebody entered "First" before the first write, which changed nothing.
    const state = {
      ...withReplica(
        withReplica(emptyState(), 'sellfire', { lastKnown: 'Second', at: 2_000, targetVersion: 3, delivered: 3 }),
        'Lead.Company',
        {
          lastKnown: 'Second',
          at: 500,
          targetVersion: 3,
          delivered: 3,
          inFlight: [
            { value: 'First', revision: 1 },
            { value: 'Second', revision: 2 },
          ],
        },
      ),
      register: { value: 'Second', at: 2_000, by: 'sellfire' as const, version: 3 },
      previousValues: ['First', 'Acme'],
    };
    const link: Link = { ...known('Second', 2_000, 'sellfire'), fields: { business_name: state } };
    const silent = salesforceChange('update', 6_000, { Phase__c: 'ColdCallCold' }, { user: US });
    const register = registerOf([inSalesforce(3_000, 'First'), silent, inSalesforce(8_000, 'Second', US)], {
      link,
      record: 'Second',
      by: US,
      subject: acme('Second', 2_000),
      maybeApplied: false,
    });
    expect(register).toMatchObject({ value: 'First', at: 3_000, by: 'salesforce' });
  });
});

describe('the value of an event of the bridge that no change of the turn has', () => {
  it('is an edit of its own moment: an automation of the org set it', () => {
    const link = known('Acme', 1_000, 'sellfire');
    const register = registerOf([inSalesforce(8_000, 'ACME', US)], {
      link,
      record: 'ACME',
      subject: acme('Acme', 1_000),
    });
    expect(register).toMatchObject({ value: 'ACME', at: 8_000, by: 'salesforce' });
  });
});
