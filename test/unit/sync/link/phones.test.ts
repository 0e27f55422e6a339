// Whose number it is decides about creations (M17, M18): a valid number, which the first record with it brings, whenever it is
// entered; and what is said of a number that is none, or is already known.
import { describe, expect, it } from '@jest/globals';
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, FoundRecord, Plan } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { holdersOf, phoneFields, phonesOf } from '../../../../bridge/sync/mapping/phone.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField } from '../../../helpers/fields.ts';
import {
  config,
  created,
  CONTACT_ID,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  USUAL,
} from '../fixtures.ts';

const PHONE = '+15125550123';
const acme = lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme Plumbing', last_name: 'Stone' });
const HELD = { phones: { Phone: '(512) 555-0123' }, country: null };
const free = (): Found => ({ ...nothingFound(), salesforceByPhone: new Map([[PHONE, []]]) });

function plan(changes: Change[], options: { link?: Link | undefined; found?: Found; config?: SyncConfig } = {}): Plan {
  const { link, found = nothingFound(), config: given = config() } = options;
  const decision = decide({ changes, link, found, config: given, maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

describe('the fields by which a record is known', () => {
  const given = config([
    ...USUAL.filter(({ salesforceField: name }) => name !== 'Phone'),
    mapping('primary_phone_number', 'Lead.Phone_Text__c'),
    mapping('title', 'Lead.Second__c', 'TwoWay', { triggers: ['sale'] }),
    mapping('title', 'Lead.Off__c', 'DoNotSync'),
  ]);
  const { Lead, Contact } = given.objects;
  for (const [name, type] of [
    ['MobilePhone', 'phone'],
    ['Second__c', 'phone'],
    ['Unmapped__c', 'phone'],
    ['Off__c', 'phone'],
    ['Phone_Text__c', 'string'],
  ] as const)
    if (Lead) Lead.fields[name] = salesforceField(name, type);
  for (const name of ['HomePhone', 'OtherPhone', 'AssistantPhone'])
    if (Contact) Contact.fields[name] = salesforceField(name, 'phone');

  it('are the phone fields that are mapped, and those that are standard and visible, without the assistant’s', () => {
    expect(phoneFields(given, 'Lead').sort()).toEqual(['MobilePhone', 'Phone', 'Phone_Text__c', 'Second__c']);
    expect(phoneFields(given, 'Contact').sort()).toEqual(['HomePhone', 'OtherPhone', 'Phone']);
  });

  it('give a record all its numbers, and no placeholder', () => {
    const fields = { Phone: '0000000000', MobilePhone: '(512) 555-0123', Phone_Text__c: '1-800-FLOWERS' };
    expect(phonesOf(given, 'Lead', fields).sort()).toEqual([PHONE, '+18003569377']);
  });
});

describe('the fields by which a record is not known', () => {
  const given = config([...USUAL, mapping('title', 'Contact.AssistantPhone'), mapping('title', 'Contact.Hidden__c')]);
  const { Contact } = given.objects;
  if (Contact) {
    Contact.fields['AssistantPhone'] = salesforceField('AssistantPhone', 'phone');
    Contact.fields['Hidden__c'] = salesforceField('Hidden__c', 'phone', { filterable: false });
  }

  it('are that of the assistant, though it is mapped, and one that no query can search', () => {
    expect(phoneFields(given, 'Contact')).toEqual(['Phone']);
    const fields = { AssistantPhone: '(512) 555-0123', Hidden__c: '(512) 555-0124' };
    expect(phonesOf(given, 'Contact', fields)).toEqual([]);
  });
});

describe('who holds a number', () => {
  const candidate = (Phone: string, country: string | null) =>
    ({ object: 'Lead', id: LEAD_ID, name: 'A', leadId: null, phones: { Phone }, country }) as const;
  const idsOf = (phone: string, ...one: Parameters<typeof candidate>) =>
    holdersOf({ country: 'US' }, phone, [candidate(...one)]).map(({ id }) => id);

  it('is whoever has it by the country of its own address, or that of the connection', () => {
    expect(idsOf('+442079460018', '020 7946 0018', 'GB')).toEqual([LEAD_ID]);
    expect(idsOf('+442079460018', '020 7946 0018', null)).toEqual([]);
    expect(idsOf(PHONE, '(512) 555-0123', null)).toEqual([LEAD_ID]);
    expect(idsOf(PHONE, '(512) 555-0123', 'GB')).toEqual([]);
  });

  it('is nobody where the number identifies nobody', () => {
    for (const [phone, text] of [
      ['+10000000000', '0000000000'],
      ['+15121112222', '(512) 111-2222'],
    ] as const)
      expect(idsOf(phone, text, null)).toEqual([]);
  });
});

describe('a lead created in Sellfire (M17)', () => {
  it('is not created for a number that many records hold: it says of none that it is the lead', () => {
    const holders = ['A', 'B'].map((name, index) => ({
      ...{ object: 'Contact' as const, id: `00300000000000${index}AAA`, name, leadId: null },
      ...HELD,
    }));
    const { writes, reports } = plan([created(acme)], {
      found: { ...nothingFound(), salesforceByPhone: new Map([[PHONE, holders]]) },
    });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([
      { outcome: 'Skipped', code: 'PHONE_AMBIGUOUS', reason: expect.stringContaining('Contact "B"') },
    ]);
  });

  it('says what connects the record that has its phone, and promises nothing else', () => {
    const said = (holder: object, given = config()): string => {
      const one = { object: 'Contact' as const, id: CONTACT_ID, name: 'Ann', leadId: null, ...HELD, ...holder };
      const found = { ...nothingFound(), salesforceByPhone: new Map([[PHONE, [one]]]) };
      return String(plan([created(acme)], { config: given, found }).reports[0]?.reason);
    };
    const sales = config([...USUAL, mapping('business_name', 'Opportunity.Name', 'TwoWay', { triggers: ['sale'] })]);
    expect(said({}, sales)).toContain('A sale connects them too');
    // A sale looks at Phone alone (M24), never at a Lead, and not where no sale writes anything.
    for (const other of [said({ phones: { MobilePhone: '(512) 555-0123' } }, sales), said({ object: 'Lead' }, sales)])
      expect(other).not.toContain('A sale');
    expect(said({})).toContain('Link existing connects the two.');
    // Nothing connects the record of another lead.
    expect(said({ leadId: 'lead_2' }, sales)).toMatch(/that of the Sellfire lead lead_2.*Merge the two leads/);
  });

  it('is not created with a number that is not valid or a placeholder, and is once it is corrected', () => {
    for (const number of ['0000000000', '+15121112222', '1234567890', 'ask Ann']) {
      const first = plan([created(lead('lead_1', { ...acme.fields, primary_phone_number: number }))]);
      expect(first.writes).toEqual([]);
      expect(first.reports).toMatchObject([
        { outcome: 'Skipped', code: 'PHONE_INVALID', reason: expect.stringContaining(number) },
      ]);
      const corrected = sellfireChange('lead.updated', 2_000, acme, {
        primary_phone_number: { from: number, to: PHONE },
      });
      expect(plan([corrected], { link: first.link, found: free() }).writes).toMatchObject([
        { kind: 'createInSalesforce', fields: { Phone: PHONE } },
      ]);
    }
  });

  it('whose number another record had is created once the number is corrected', () => {
    const change = sellfireChange('lead.updated', 2_000, acme, {
      primary_phone_number: { from: '+15125550999', to: PHONE },
    });
    expect(plan([change], { found: free() }).writes).toMatchObject([{ kind: 'createInSalesforce', object: 'Lead' }]);
    const other = sellfireChange('lead.updated', 2_000, acme, { title: { from: null, to: 'Owner' } });
    expect(plan([other], { found: free() }).writes).toEqual([]);
  });
});

describe('a record created in Salesforce (M18)', () => {
  const fields = { Phone: '(512) 555-0123', Company: 'Acme Plumbing', LastName: 'Stone' };
  const nobody = (): Found => ({
    ...nothingFound(),
    sellfireByPhone: new Map([[PHONE, null]]),
    sellfireByRecord: new Map([[LEAD_ID, null]]),
  });

  it('with a number that is not valid, or a placeholder, creates nothing, and the report says why', () => {
    for (const Phone of ['0000000000', '(512) 111-2222', '1234567890', '512-555-O123', '1-800-CALL']) {
      const { writes, reports } = plan([salesforceChange('create', 5_000, { ...fields, Phone })], { found: nobody() });
      expect(writes).toEqual([]);
      expect(reports).toMatchObject([
        { outcome: 'Skipped', code: 'PHONE_INVALID', reason: expect.stringContaining(Phone) },
      ]);
    }
  });

  it('says of a placeholder that it is one, and of another number that it is not valid', () => {
    const [placeholder, invalid] = ['0000000000', '(512) 111-2222'].map(
      (Phone) =>
        plan([salesforceChange('create', 5_000, { ...fields, Phone })], { found: nobody() }).reports[0]?.reason,
    );
    expect(placeholder).toContain('placeholder');
    expect(invalid).not.toContain('placeholder');
  });

  it('takes the number of a field only where its mapping goes to Sellfire', () => {
    const given = config([
      ...USUAL.filter(({ salesforceField: name }) => name !== 'Phone'),
      mapping('primary_phone_number', 'Lead.Phone', 'AlwaysSellfire'),
      mapping('primary_phone_number', 'Lead.Title', 'SalesforceUnlessBlank'),
    ]);
    const change = salesforceChange('create', 5_000, { ...fields, Phone: '(512) 555-0199', Title: '(512) 555-0123' });
    expect(plan([change], { found: nobody(), config: given }).writes).toMatchObject([
      { kind: 'createInSellfire', fields: { primary_phone_number: PHONE } },
    ]);
  });

  it('becomes a lead once a valid number is entered or corrected', () => {
    const read = { createdAt: 5_000, at: 9_000, user: SOMEBODY, fields: { ...fields, Sellfire_Lead_Id__c: null } };
    const found = { ...nobody(), records: new Map([[LEAD_ID, read]]) };
    const entered = salesforceChange('update', 9_000, { Phone: '(512) 555-0123' });
    expect(plan([entered], { found }).writes).toMatchObject([
      { kind: 'createInSellfire', fields: { primary_phone_number: PHONE, business_name: 'Acme Plumbing' } },
    ]);
    const invalid = { ...read, fields: { ...read.fields, Phone: '0000000000' } };
    const still = salesforceChange('update', 9_000, { Phone: '0000000000' });
    expect(plan([still], { found: { ...nobody(), records: new Map([[LEAD_ID, invalid]]) } }).reports).toMatchObject([
      { outcome: 'Skipped', code: 'PHONE_INVALID' },
    ]);
    // Neither another field, nor a number that is removed, nor the number of a record that a sale made.
    const others: [SalesforceChange['fields'], FoundRecord['fields']][] = [
      [{ Company: 'Acme' }, {}],
      [{ Phone: null }, { Phone: null }],
      [{ Phone: PHONE }, { Sellfire_Contact_Key__c: 'key' }],
    ];
    for (const [changed, more] of others) {
      const record = { ...read, fields: { ...read.fields, ...more } };
      const given = { ...nobody(), records: new Map([[LEAD_ID, record]]) };
      expect(plan([salesforceChange('update', 9_000, changed)], { found: given })).toMatchObject({
        writes: [],
        reports: [],
      });
    }
  });
});
