// The status of a mapping (M8), case by case: Ok, or Issue with a reason that names what is wrong.
import { describe, expect, it } from '@jest/globals';
import type { SellfireField } from '../../../../bridge/model/field.ts';
import type { FieldMapping, SyncRule } from '../../../../bridge/model/mapping.ts';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import { mappingStatuses, type MappingStatus } from '../../../../bridge/sync/mapping/status.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import { config as usual, mapping as mappingOf, USUAL } from '../fixtures.ts';

interface Case {
  sellfire?: Partial<SellfireField>;
  salesforce?: Partial<SalesforceField>;
  rule?: SyncRule;
  mapping?: Partial<FieldMapping>;
}

const OURS = sellfireField('custom_one', 'text', { label: 'One', custom: true, max_length: 80 });
const THEIRS = salesforceField('One__c', 'string', { label: 'Their one', length: 80 });

/** The status of a mapping of One to Lead.One__c in the usual configuration. */
function statusOf({ sellfire = {}, salesforce = {}, rule = 'TwoWay', mapping = {} }: Case): MappingStatus {
  const base = usual();
  const one = mappingOf('custom_one', 'Lead.One__c', rule, { id: 'one', ...mapping });
  const lead = base.objects['Lead'];
  if (!lead) throw new Error('The fixture has no Lead.');
  const config = {
    ...base,
    mappings: [...USUAL, one],
    catalogue: [...base.catalogue, { ...OURS, ...sellfire }],
    objects: {
      ...base.objects,
      Lead: { ...lead, fields: { ...lead.fields, One__c: { ...THEIRS, ...salesforce } } },
      Deal__c: { ...lead, name: 'Deal__c', label: 'Deal', fields: { One__c: { ...THEIRS, ...salesforce } } },
    },
  };
  const found = mappingStatuses(config).find((status) => status.mapping.id === 'one');
  if (!found) throw new Error('The mapping has no status.');
  return found;
}

const select: Partial<SellfireField> = { type: 'select', options: ['Gold', 'Silver'], max_length: null };
const picklist = { type: 'picklist', length: 255, restrictedPicklist: true, picklistValues: ['Gold', 'Silver'] };

const OK: [string, Case, string][] = [
  ['a text and a text of one length', {}, ''],
  ['one that is switched off, whatever it names', { rule: 'DoNotSync', mapping: { sellfireField: 'gone' } }, ''],
  ['a dropdown whose options a restricted picklist has', { sellfire: select, salesforce: picklist }, ''],
  [
    'a restricted picklist that spells the options in another case',
    { sellfire: select, salesforce: { ...picklist, picklistValues: ['GOLD', 'silver'] } },
    '',
  ],
  [
    'a picklist that lacks an option and takes any value',
    { sellfire: select, salesforce: { ...picklist, restrictedPicklist: false, picklistValues: ['Gold'] } },
    '',
  ],
  [
    'a picklist with a value that the dropdown lacks, with a warning',
    { sellfire: select, salesforce: { ...picklist, picklistValues: ['Gold', 'Silver', 'Bronze'] } },
    'Sellfire lacks Bronze',
  ],
  ['a number in a text', { sellfire: { type: 'number', max_length: null }, rule: 'AlwaysSellfire' }, ''],
  [
    'a text in a number, with a warning',
    { salesforce: { type: 'double' }, rule: 'AlwaysSellfire' },
    'What is no number is refused.',
  ],
  [
    'a number with decimals in a field that rounds, with a warning',
    { sellfire: { type: 'number', max_length: null }, salesforce: { type: 'double', scale: 0 } },
    'keeps no decimals',
  ],
  [
    'a number in a field of few digits, with a warning',
    { sellfire: { type: 'number', max_length: null }, salesforce: { type: 'double', precision: 5 } },
    'before the point: 3.',
  ],
  [
    'an amount in a field with cents',
    { sellfire: { type: 'currency', max_length: null }, salesforce: { type: 'currency' } },
    '',
  ],
  [
    'a date in a date-time, with a warning',
    { sellfire: { type: 'date', max_length: null }, salesforce: { type: 'datetime' } },
    'noon in the time zone of Salesforce',
  ],
  [
    'a Salesforce text that is longer than Sellfire’s, with a warning',
    { salesforce: { length: 255 } },
    'Sellfire takes a length of 80, Salesforce of 255',
  ],
  [
    'a Salesforce text that is longer, where the rule does not go to Sellfire',
    { salesforce: { length: 255 }, rule: 'AlwaysSellfire' },
    '',
  ],
  [
    'a field that is read-only in Salesforce, where the rule does not go to Salesforce',
    { salesforce: { createable: false, updateable: false }, rule: 'SalesforceUnlessBlank' },
    '',
  ],
  [
    'a field that is read-only in Sellfire, where the rule does not go to Sellfire',
    { sellfire: { read_only: true }, rule: 'AlwaysSellfire' },
    '',
  ],
  [
    'a field that is only set when a record is created, with a warning',
    { salesforce: { updateable: false } },
    'cannot be changed later',
  ],
  [
    'a field of the sale, at a sale',
    {
      sellfire: { object: 'sale' },
      rule: 'AlwaysSellfire',
      mapping: { sellfireObject: 'sale', salesforceObject: 'Deal__c', triggers: ['sale'] },
    },
    '',
  ],
];

const ISSUES: [string, Case, string][] = [
  ['a Sellfire field that is gone', { sellfire: { name: 'other' } }, 'Sellfire has no field custom_one'],
  [
    'a Salesforce object that is gone or hidden',
    { mapping: { salesforceObject: 'Gone__c' } },
    'The object Gone__c is gone, or hidden',
  ],
  [
    'a Salesforce field that is gone or hidden',
    { mapping: { salesforceField: 'Gone__c' } },
    'The field Gone__c of Lead is gone, or hidden',
  ],
  [
    'a field that Sellfire may not write',
    { salesforce: { createable: false, updateable: false } },
    'cannot write Their one (One__c)',
  ],
  ['a read-only field that Salesforce should fill', { sellfire: { read_only: true } }, 'One is read-only in Sellfire'],
  [
    'a multi-select against a number',
    { sellfire: { ...select, type: 'multi_select' }, salesforce: { type: 'double' } },
    'a multi-select of Sellfire cannot be put in a number of Salesforce',
  ],
  [
    'several choices against one',
    { sellfire: { ...select, type: 'multi_select' }, salesforce: picklist },
    'a multi-select of Sellfire cannot be put in a picklist of Salesforce',
  ],
  [
    'a type that Sellfire cannot take, where Salesforce may write',
    { sellfire: { type: 'checkbox', max_length: null }, salesforce: { type: 'double' }, rule: 'SalesforceUnlessBlank' },
    'a number of Salesforce cannot be put in a checkbox of Sellfire',
  ],
  [
    'a text that is too short',
    { salesforce: { length: 40 } },
    'Their one takes a length of 40, and One of Sellfire up to 80',
  ],
  ['a text that is unlimited', { sellfire: { max_length: null } }, 'any number'],
  [
    'an option that is too long',
    { sellfire: { ...select, options: ['Platinum'] }, salesforce: { length: 5 } },
    'the option "Platinum" has 8',
  ],
  [
    'options that are too long together',
    { sellfire: { ...select, type: 'multi_select' }, salesforce: { length: 10 } },
    'all options together have 11',
  ],
  [
    'an amount in a field without cents',
    { sellfire: { type: 'currency', max_length: null }, salesforce: { type: 'currency', scale: 0 } },
    'keeps no decimals, and One has 2',
  ],
  [
    'a restricted picklist that lacks options',
    { sellfire: select, salesforce: { ...picklist, picklistValues: ['Gold'] } },
    'is restricted and lacks Silver. Add it to the picklist in Salesforce.',
  ],
  [
    'an option that would become two',
    {
      sellfire: { ...select, type: 'multi_select', options: ['A; B'] },
      salesforce: { type: 'multipicklist', length: 255 },
    },
    'Rename A; B in Sellfire.',
  ],
  ['no trigger', { mapping: { triggers: [] } }, 'It fires on nothing.'],
  [
    'a field of the sale that is not sent at a sale',
    { sellfire: { object: 'sale' }, mapping: { sellfireObject: 'sale' } },
    'are sent at a sale only',
  ],
  [
    'an object that is not kept in step on create/update',
    { mapping: { salesforceObject: 'Deal__c' } },
    'only Lead, Contact and Account',
  ],
  [
    'a rule by which nothing goes at a sale',
    { rule: 'SalesforceUnlessBlank', mapping: { triggers: ['sale'] } },
    'Salesforce fills Sellfire on create/update',
  ],
  [
    'a field that Salesforce requires and nothing fills',
    { salesforce: { nillable: false }, rule: 'SalesforceUnlessBlank' },
    'Salesforce requires Their one',
  ],
];

describe('a mapping is Ok (M8):', () => {
  it.each(OK)('%s', (_, given, reason) => {
    const { status, reason: said, dead } = statusOf(given);
    expect({ status, dead }).toEqual({ status: 'Ok', dead: false });
    if (reason === '') expect(said).toBe('');
    else expect(said).toContain(reason);
  });
});

describe('a mapping is an Issue (M8):', () => {
  it.each(ISSUES)('%s', (_, given, reason) => {
    const { status, reason: said } = statusOf(given);
    expect(status).toBe('Issue');
    expect(said).toContain(reason);
  });
});

describe('mappings that contradict each other (M8)', () => {
  const statuses = (...mappings: FieldMapping[]) => {
    const base = usual(mappings);
    const lead = base.objects['Lead'];
    const extra = ['A__c', 'B__c'].map((name) => [name, { ...THEIRS, name, length: 255 }]);
    const catalogue = [...base.catalogue, { ...OURS, name: 'one' }, { ...OURS, name: 'two' }];
    const objects = { ...base.objects };
    if (lead) objects['Lead'] = { ...lead, fields: { ...lead.fields, ...Object.fromEntries(extra) } };
    return Object.fromEntries(
      mappingStatuses({ ...base, catalogue, objects }).map(({ mapping, status, reason }) => [
        mapping.id,
        status === 'Ok' ? 'Ok' : reason,
      ]),
    );
  };

  it('are both an Issue where they fill one Salesforce field on one trigger, and Ok on different ones', () => {
    const [first, second] = [
      mappingOf('one', 'Lead.A__c', 'AlwaysSellfire'),
      mappingOf('two', 'Lead.A__c', 'AlwaysSellfire'),
    ];
    expect(statuses(first, second)).toEqual({
      'one>Lead.A__c': expect.stringContaining('two fills Lead.A__c on the same trigger'),
      'two>Lead.A__c': expect.stringContaining('one fills Lead.A__c on the same trigger'),
    });
    expect(Object.values(statuses(first, { ...second, triggers: ['demoSet', 'sale'] }))).toEqual(['Ok', 'Ok']);
    expect(Object.values(statuses(first, { ...second, rule: 'DoNotSync' }))).toEqual(['Ok', 'Ok']);
  });

  it('are both an Issue where two fields of one record fill one Sellfire field, and Ok where one only receives', () => {
    const [first, second] = [mappingOf('one', 'Lead.A__c'), mappingOf('one', 'Lead.B__c', 'SalesforceUnlessBlank')];
    expect(Object.values(statuses(first, second))).toEqual([
      expect.stringContaining('Lead.B__c fills one as well'),
      expect.stringContaining('Lead.A__c fills one as well'),
    ]);
    expect(Object.values(statuses(first, { ...second, rule: 'AlwaysSellfire' }))).toEqual(['Ok', 'Ok']);
    expect(Object.values(statuses(first, mappingOf('one', 'Contact.Title')))).toEqual(['Ok', 'Ok']);
  });

  it('are an Issue in a cycle, and Ok in a chain', () => {
    const chain = [
      mappingOf('one', 'Lead.A__c', 'AlwaysSellfire'),
      mappingOf('two', 'Lead.A__c', 'SalesforceUnlessBlank'),
      mappingOf('two', 'Lead.B__c', 'AlwaysSellfire'),
    ];
    expect(Object.values(statuses(...chain))).toEqual(['Ok', 'Ok', 'Ok']);
    const ring = statuses(...chain, mappingOf('one', 'Lead.B__c', 'SalesforceUnlessBlank'));
    for (const reason of Object.values(ring)) expect(reason).toContain('fill each other in a ring');
  });

  it('of the usual kind do not: one field to a Lead, a Contact and an Account, both ways', () => {
    expect(Object.values(statuses(mappingOf('one', 'Lead.A__c'), mappingOf('one', 'Contact.Title')))).toEqual([
      'Ok',
      'Ok',
    ]);
  });
});

describe('the mapping of the phone number', () => {
  it('names the fields that a record requires', () => {
    const [phone] = mappingStatuses(usual([mappingOf('primary_phone_number', 'Lead.Phone')]));
    expect(phone).toMatchObject({
      status: 'Issue',
      reason: expect.stringContaining('before something fills LastName, Company'),
      dead: false,
    });
    expect(
      mappingStatuses(usual())
        .map(({ reason }) => reason)
        .join(),
    ).not.toContain('before something fills');
  });

  it('does not, where records are not created in Salesforce', () => {
    const [phone] = mappingStatuses(
      usual([mappingOf('primary_phone_number', 'Lead.Phone')], { createInSalesforce: false }),
    );
    expect(phone?.status).toBe('Ok');
  });
});

it('a field that a demo requires is Ok whatever its length, with a warning', () => {
  const base = usual([mappingOf('business_name', 'Opportunity.Name', 'AlwaysSellfire', { triggers: ['demoSet'] })]);
  const name = { ...THEIRS, name: 'Name', label: 'Name', length: 120 };
  const object = salesforceObject('Opportunity', [name]);
  const [status] = mappingStatuses({ ...base, objects: { ...base.objects, Opportunity: object } });
  expect(status).toMatchObject({ status: 'Ok', reason: expect.stringContaining('Name takes a length of 120') });
});
