// The gates say what the decision does (B16): where a gate stops, the core writes nothing and reports the same cause; where none does,
// it writes.
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import { newLink, type Link } from '../../../../bridge/model/link.ts';
import type { Found, PhoneCandidate, Plan } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import type { Gate } from '../../../../bridge/sync/why/gate.ts';
import { nowOf } from '../../../../bridge/sync/why/now.ts';
import type { WhyInput } from '../../../../bridge/sync/why/situation.ts';
import { explainWhy, whyNothing, type Why } from '../../../../bridge/sync/why/why.ts';
import { say } from '../../../../bridge/model/message.ts';
import { config, CONTACT_ID, lead, LEAD_ID, mapping, SOMEBODY, USUAL } from '../fixtures.ts';

const PHONE = '+15125550123';
const AT = 100_000;
const RUNNING = { state: 'Running', by: 'bridge', at: 1 } as const;
const acme = lead('lead_1', {
  primary_phone_number: PHONE,
  business_name: 'Acme',
  last_name: 'Stone',
  title: null,
  email: null,
});
const RECORD: SalesforceFields = {
  Phone: '(512) 555-0123',
  Company: 'Acme',
  LastName: 'Stone',
  Title: null,
  Email: null,
};
const onContact: PhoneCandidate = {
  object: 'Contact',
  id: CONTACT_ID,
  name: 'Other',
  leadId: null,
  phones: { Phone: PHONE },
  country: null,
};
const record = { object: 'Lead', id: LEAD_ID } as const;
const linkTo = (more: Partial<Link> = {}): Link => ({ ...newLink('lead_1'), record, revision: 1, ...more });

interface Case {
  input?: Partial<WhyInput>;
  lead?: Lead | null;
  fields?: SalesforceFields | null;
  holder?: Lead;
  holders?: PhoneCandidate[];
  taken?: [string, string][];
  state?: 'deleted' | 'unknown';
}

function foundOf({
  lead: inSellfire = null,
  fields = RECORD,
  holder,
  holders = [],
  taken = [],
  state = 'unknown',
}: Case): Found {
  const found = { ...nothingFound(), taken: new Map(taken) };
  const read = { createdAt: 1_000, at: AT, user: SOMEBODY };
  found.leads.set('lead_1', inSellfire);
  found.records.set(LEAD_ID, fields && { ...read, fields: { Sellfire_Lead_Id__c: null, ...fields } });
  found.recordStates.set(LEAD_ID, { state });
  found.salesforceByPhone.set(PHONE, holders);
  found.sellfireByPhone.set(PHONE, holder ?? null);
  found.sellfireByRecord.set(LEAD_ID, null);
  found.conversions.set(LEAD_ID, null);
  return found;
}

const inputOf = ({ input }: Case): WhyInput => ({
  ...{ config: config(), sync: RUNNING, leadId: null, record: null, link: undefined },
  ...{ pending: 0, parked: undefined, attempt: undefined },
  ...input,
});

function whyOf(one: Case): Why {
  const why = explainWhy(inputOf(one), foundOf(one));
  if ('needs' in why) throw new Error(`needs ${JSON.stringify(why.needs)}`);
  return why;
}

/** The plan of the comparison that a request would execute. */
function planOf(one: Case): Plan {
  const { leadId, record: named, link, config: used } = inputOf(one);
  const command = { kind: 'compare', create: true } as const;
  const change = { source: 'request', eventId: 'r:1', at: AT, leadId, record: named, command } as const;
  const decision = decide({ changes: [change], link, config: used, found: foundOf(one), maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

const stopsOf = ({ gates }: Why): Gate[] => gates.filter(({ state }) => state === 'stop');
const answerOf = (one: Case): string => stopsOf(whyOf(one))[0]?.message.code ?? 'none';

const TO_SELLFIRE = { input: { record } };
const TO_SALESFORCE = { input: { leadId: 'lead_1' }, lead: acme, fields: null };
const without = (name: string): SyncConfig => config(USUAL.filter(({ salesforceField }) => salesforceField !== name));

describe('the gates of a pair that is not linked', () => {
  const stopped: [string, Case, string][] = [
    ['a Lead without a phone', { ...TO_SELLFIRE, fields: { ...RECORD, Phone: null } }, 'NO_PHONE.inSalesforce'],
    [
      'a Lead whose phone is none',
      { ...TO_SELLFIRE, fields: { ...RECORD, Phone: 'ask' } },
      'PHONE_INVALID.inSalesforce',
    ],
    [
      'a Lead whose phone a lead has',
      { ...TO_SELLFIRE, holder: lead('lead_2', { business_name: 'B' }) },
      'PHONE_EXISTS.onLead',
    ],
    [
      'a lead without a phone',
      { ...TO_SALESFORCE, lead: lead('lead_1', { business_name: 'Acme', last_name: 'Stone' }) },
      'NO_PHONE.inSellfire',
    ],
    ['a lead whose phone a Contact has', { ...TO_SALESFORCE, holders: [onContact] }, 'PHONE_EXISTS.onRecord'],
    [
      'a lead whose phone many have',
      { ...TO_SALESFORCE, holders: [onContact, { ...onContact, id: '003000000000002AAA' }] },
      'PHONE_AMBIGUOUS.records',
    ],
    [
      'a lead without a required value',
      { ...TO_SALESFORCE, lead: lead('lead_1', { primary_phone_number: PHONE, last_name: 'Stone' }) },
      'REQUIRED_EMPTY.onCreation',
    ],
    [
      'a lead whose required field is not mapped',
      { ...TO_SALESFORCE, input: { leadId: 'lead_1', config: without('Company') } },
      'CREATION_PAUSED',
    ],
    [
      'a lead that is deleted',
      { ...TO_SALESFORCE, lead: { ...acme, deleted_at: '2026-01-01T00:00:00.000Z' } },
      'LEAD_GONE',
    ],
    ['a record that nobody sees', { ...TO_SELLFIRE, fields: null }, 'RECORD_NOT_VISIBLE'],
  ];

  it.each(stopped)('stop %s for the cause that the decision reports', (_what, one, code) => {
    const plan = planOf(one);
    expect(answerOf(one)).toBe(code);
    expect(plan.writes).toEqual([]);
    const reported = [...plan.reports.map((row) => row.code), plan.link?.waiting?.code];
    expect(reported).toContain(code.split('.')[0]);
  });

  it.each<[string, Case, string]>([
    [
      'leads are not created',
      { input: { record, config: config(USUAL, { createInSellfire: false }) } },
      'whyLeadsNotCreated',
    ],
    [
      'records are not created',
      { ...TO_SALESFORCE, input: { leadId: 'lead_1', config: config(USUAL, { createInSalesforce: false }) } },
      'whyRecordsNotCreated',
    ],
    ['the phone is not mapped', { input: { record, config: without('Phone') } }, 'phoneNotMapped'],
    [
      'no field of the object is mapped',
      { input: { record, config: config([mapping('primary_phone_number', 'Contact.Phone')]) } },
      'whyObjectUnmapped',
    ],
    [
      'the Lead was converted',
      { ...TO_SELLFIRE, fields: { ...RECORD, IsConverted: true, ConvertedContactId: CONTACT_ID } },
      'whyConverted',
    ],
  ])('stop where %s, and the decision writes nothing', (_what, one, code) => {
    expect(answerOf(one)).toBe(code);
    expect(planOf(one).writes).toEqual([]);
  });

  it.each<[string, Case, string, string]>([
    ['a Lead', TO_SELLFIRE, 'whyRecordNotBegun', 'createInSellfire'],
    ['a lead', TO_SALESFORCE, 'whyLeadNotBegun', 'createInSalesforce'],
  ])('let %s pass that only lacks a beginning, which the decision would make', (_what, one, code, kind) => {
    const why = whyOf(one);
    expect(stopsOf(why).map(({ gate, message }) => [gate, message.code])).toEqual([['beginning', code]]);
    expect(planOf(one).writes.map((write) => write.kind)).toEqual([kind]);
  });

  it('do not count the own record of the lead as somebody else', () => {
    const own = { ...onContact, leadId: 'lead_1' };
    expect(answerOf({ ...TO_SALESFORCE, holders: [own] })).toBe('whyLeadNotBegun');
    expect(answerOf({ ...TO_SALESFORCE, holders: [own], taken: [[CONTACT_ID, 'lead_9']] })).toBe(
      'PHONE_EXISTS.onRecordOfLead',
    );
  });

  it('name the lead that only its ids connect, and the record of a sale', () => {
    const named = { ...acme, salesforce: { ...acme.salesforce, lead_id: LEAD_ID } };
    expect(answerOf({ input: { leadId: 'lead_1', record }, lead: named })).toBe('whyOnlyNamed');
    expect(answerOf({ ...TO_SELLFIRE, fields: { ...RECORD, Sellfire_Contact_Key__c: 'lead_1:a' } })).toBe('whyOfSale');
  });

  it('need what they do not know yet, and nothing twice', () => {
    const found = { ...foundOf(TO_SELLFIRE), sellfireByPhone: new Map() };
    expect(explainWhy(inputOf(TO_SELLFIRE), found)).toMatchObject({ needs: { sellfireByPhone: [PHONE], records: [] } });
  });
});

describe('the gates of a linked pair', () => {
  const linked = (link: Partial<Link> = {}, more: Partial<Case> = {}, input: Partial<WhyInput> = {}): Case => ({
    lead: acme,
    fields: { ...RECORD, Sellfire_Lead_Id__c: 'lead_1' },
    ...more,
    input: { leadId: 'lead_1', record, link: linkTo(link), ...input },
  });

  it('pass where both sides hold the same, and nothing would be written', () => {
    const one = linked();
    expect(stopsOf(whyOf(one))).toEqual([]);
    expect(nowOf({ config: config(), isRunning: true }, planOf(one))).toEqual({
      messages: [say('whyNowNothing')],
      writes: [],
    });
  });

  it.each<[string, Case, string]>([
    [
      'ended',
      linked({ ended: { by: 'salesforce', at: 5 } }, { fields: null, state: 'deleted' }, { record: null }),
      'LINK_ENDED.command',
    ],
    [
      'deleted, of a record that is asked for',
      linked({ ended: { by: 'salesforce', at: 5 } }, { fields: null, state: 'deleted' }),
      'whyDeleted',
    ],
    ['left by its lead', linked({ record: { object: 'Contact', id: CONTACT_ID }, left: [LEAD_ID] }), 'whyMovedOn'],
    [
      'about to take the record of another',
      linked({ awaits: record }, { taken: [[LEAD_ID, 'lead_9']] }),
      'RECORD_CLAIMED',
    ],
    [
      'off in one direction',
      linked({}, {}, { config: config(USUAL, { updateInSellfire: false }) }),
      'whyLeadsNotUpdated',
    ],
    ['waiting', linked({}, {}, { pending: 2 }), 'whyChangesWait'],
    ['set aside', linked({}, {}, { parked: { code: 'POISON', reason: 'So.' } }), 'whyParked'],
    ['paused', linked({}, {}, { sync: { state: 'Paused', by: 'Ann', at: 7 } }), 'whyPaused'],
    ['without its links', linked({}, {}, { sync: { state: 'StoreLost', by: 'bridge', at: 7 } }), 'storeLost'],
  ])('stop one that is %s', (_what, one, code) => {
    const found = foundOf(one);
    found.records.set(CONTACT_ID, { createdAt: 1, at: 1, user: SOMEBODY, fields: {} });
    const why = explainWhy(inputOf(one), found) as Why;
    expect(stopsOf(why)[0]?.message.code).toBe(code);
  });

  it.each<[string, Partial<Link>, string]>([
    ['the rule, where nothing else does', {}, 'whyRuleTwoWay'],
    ['that the field is held still', { fields: { business_name: state({ suspended: true }) } }, 'BOUNCING'],
    [
      'that its last value was refused',
      { fields: { business_name: state({}, { refused: { version: 2, code: 'STRING_TOO_LONG' } }) } },
      'whyFieldRefused',
    ],
    [
      'the rule, where an older value was refused',
      { fields: { business_name: state({}, { refused: { version: 1, code: 'STRING_TOO_LONG' } }) } },
      'whyRuleTwoWay',
    ],
    ['that it is about to be written', { fields: { business_name: state({}, { targetVersion: 2 }) } }, 'whyFieldWaits'],
  ])('say of a field that differs %s', (_what, link, code) => {
    const why = whyOf(linked(link, { fields: { ...RECORD, Company: 'Other' } }));
    expect(stopsOf(why).map(({ gate }) => gate)).toEqual(['fields']);
    expect(why.differing).toEqual([
      expect.objectContaining({
        target: 'Lead.Company',
        sellfire: 'Acme',
        salesforce: 'Other',
        why: expect.objectContaining({ code }),
      }),
    ]);
  });

  it('say of the owner that both sides keep theirs, and of a one-way rule who decides', () => {
    const differing = (link: Partial<Link>, fields: SalesforceFields): string[] =>
      whyOf(linked(link, { fields: { ...RECORD, ...fields } })).differing.map(({ why }) => why.code);
    const ownerDiffers = { salesforce: 'rep_2', sellfire: null, at: 1 };
    expect(differing({ ownerDiffers }, { Owned_Rep_Id__c: 'rep_2' })).toEqual(['whyOwnerDiffers']);
    expect(differing({}, { Title: 'Boss' })).toEqual(['whyRuleSalesforce']);
    expect(differing({}, { Email: 'x@example.com' })).toEqual(['whyRuleSellfire']);
  });

  it('name no field whose value would be stored as it stands there, though the bridge has sent it never', () => {
    const lead = { ...acme, fields: { ...acme.fields, email: 'Jo@Example.com' } };
    const differing = (Email: string): string[] =>
      whyOf(linked({}, { lead, fields: { ...RECORD, Email } })).differing.map(({ target }) => target);
    expect(differing('jo@example.com')).toEqual([]);
    expect(differing('al@example.com')).toEqual(['Lead.Email']);
  });

  it('stop after the last attempt only where it has failed', () => {
    const attempt = { id: 'a0R1', hasFailed: true, code: 'STRING_TOO_LONG', reason: 'City is too long.', at: 9 };
    const why = whyOf(linked({}, {}, { attempt }));
    expect(stopsOf(why)).toEqual([
      expect.objectContaining({
        gate: 'attempt',
        at: 9,
        mend: { report: 'a0R1' },
        message: say('whyAttemptFailed', attempt),
      }),
    ]);
    expect(stopsOf(whyOf(linked({}, {}, { attempt: { ...attempt, hasFailed: false } })))).toEqual([]);
  });
});

describe('what would be written now', () => {
  it('is the plan of the decision, by the labels of the fields', () => {
    const plan = planOf(TO_SALESFORCE);
    const now = nowOf({ config: config(), isRunning: false }, plan);
    expect(now.messages.map(({ code }) => code)).toEqual(['whyNowRecord', 'whyNowHeld']);
    expect(now.writes[0]).toMatchObject({ side: 'salesforce' });
    expect(now.writes[0]?.changes).toContainEqual({ field: 'Company', before: null, after: 'Acme' });
  });
});

describe('a text that names nothing', () => {
  it('is the answer, and still it is said whether sync runs', () => {
    const why = whyNothing(say('whyBlank'), { config: config(), sync: { state: 'NotStarted', by: 'bridge', at: 1 } });
    expect(why.gates.map(({ gate, state }) => [gate, state])).toEqual([
      ['found', 'stop'],
      ['sync', 'stop'],
      ['phoneMapped', 'pass'],
      ['object', 'skip'],
      ['link', 'skip'],
    ]);
  });
});

/** Of a field that Sellfire changed to the second version. */
function state(more: object, replica: object = {}): Link['fields'][string] {
  const known = { targetVersion: 0, delivered: 1, confirmed: 1, lastKnown: 'Other', at: 1, ...replica };
  return {
    register: { value: 'Acme', at: 2, by: 'sellfire', version: 2 },
    previousValues: [],
    replicas: { 'Lead.Company': known },
    flipFlops: 0,
    suspended: false,
    ...more,
  };
}

it('a lead whose Lead is refused is linked where it has its Account', () => {
  const id = '001000000000001AAA';
  const link: Link = { ...newLink('lead_1'), revision: 1, accountId: id, waiting: { code: 'X', reason: 'No.' } };
  const found = foundOf({ lead: acme });
  found.records.set(id, { createdAt: 1_000, at: AT, user: SOMEBODY, fields: { Name: 'Acme' } });
  const mapped = { ...config([...USUAL, mapping('business_name', 'Account.Name')]) };
  const why = explainWhy({ ...inputOf({}), config: mapped, leadId: 'lead_1', link }, found);
  expect(why).toMatchObject({
    gates: expect.arrayContaining([expect.objectContaining({ gate: 'link', state: 'pass' })]),
  });
});
