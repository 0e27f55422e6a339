// The page judges a mapping as the bridge does: the package's fieldFit against the bridge's own functions, over the whole type
// table and whatever else decides a status (M4, M5, M7, M8, M17).
import { SELLFIRE_FIELD_TYPES, type SellfireField } from '../../../../../../bridge/model/field.ts';
import { SYNC_RULES, TRIGGERS, type FieldMapping, type Trigger } from '../../../../../../bridge/model/mapping.ts';
import type { SalesforceField, SalesforceObject } from '../../../../../../bridge/model/salesforce.ts';
import { contradictions } from '../../../../../../bridge/sync/mapping/conflicts.ts';
import { areDropdowns, compareOptions } from '../../../../../../bridge/sync/mapping/options.ts';
import { mappingStatuses } from '../../../../../../bridge/sync/mapping/status.ts';
import { conversion, SALESFORCE_KINDS } from '../../../../../../bridge/sync/mapping/typeTable.ts';
import * as page from 'c/fieldFit';
import {
  salesforceField as describedField,
  sellfireField as catalogueField,
} from '../../../../../../test/helpers/fields.ts';
import { config as usual, mapping as mappingOf, USUAL } from '../../../../../../test/unit/sync/fixtures.ts';

/** Types that describe gives, and some that hold nothing to map. */
const SALESFORCE_TYPES = [...Object.keys(SALESFORCE_KINDS), 'address', 'location', 'base64', 'anyType'];
const TRIGGER_SETS: Trigger[][] = [0, 1, 2, 3, 4, 5, 6, 7].map((set) => TRIGGERS.filter((_, at) => (set >> at) & 1));

const OURS = catalogueField('custom_one', 'text', { label: 'One', custom: true, max_length: 80 });
const THEIRS = describedField('One__c', 'string', { label: 'Their one', length: 80 });

const pageField = (field: SellfireField): page.SellfireField => ({
  object: field.object,
  name: field.name,
  label: field.label,
  type: field.type,
  custom: field.custom,
  readOnly: field.read_only,
  required: false,
  maxLength: field.max_length,
  options: field.options,
});
const orgField = (field: SalesforceField): page.SalesforceField => ({
  name: field.name,
  label: field.label,
  type: field.type,
  length: field.length,
  precision: field.precision,
  scale: field.scale,
  required: !field.nillable && !field.defaultedOnCreate,
  createable: field.createable,
  updateable: field.updateable,
  restricted: field.restrictedPicklist,
  ...(field.calculated ? { calculated: true } : {}),
  ...(field.compoundFieldName ? { compoundFieldName: field.compoundFieldName } : {}),
  ...(field.filterable === false ? { filterable: false } : {}),
  values: field.picklistValues,
  ...(field.picklist ? { entries: field.picklist.filter(({ active }) => active) } : {}),
});
const orgObject = (object: SalesforceObject): page.SalesforceObject => ({
  ...object,
  fields: Object.fromEntries(Object.entries(object.fields).map(([name, field]) => [name, orgField(field)])),
});

interface Case {
  ours?: Partial<SellfireField>;
  theirs?: Partial<SalesforceField>;
  mapping?: Partial<FieldMapping>;
  others?: FieldMapping[];
  /** Rights on the object itself. */
  object?: Partial<SalesforceObject>;
  createInSalesforce?: boolean;
  /** What is gone: the Sellfire field, the object, the Salesforce field. */
  gone?: 'sellfire' | 'object' | 'field';
}

/** What each side says of the case: whether nothing passes, whether something is wrong, whether anything is said at all. */
function both(given: Case): { bridge: object; page: object } {
  const { ours = {}, theirs = {}, mapping = {}, others = USUAL, object = {}, createInSalesforce = true, gone } = given;
  const base = usual([], { createInSalesforce });
  const one = mappingOf('custom_one', 'Lead.One__c', 'TwoWay', { id: 'one', ...mapping });
  const sellfire = { ...OURS, object: one.sellfireObject, name: one.sellfireField, ...ours };
  const salesforce = { ...THEIRS, name: one.salesforceField, ...theirs };
  const lead = base.objects.Lead;
  if (!lead) throw new Error('The fixture has no Lead.');
  const fields = gone === 'field' ? lead.fields : { ...lead.fields, [salesforce.name]: salesforce };
  const target = { ...lead, name: one.salesforceObject, label: one.salesforceObject, fields, ...object };
  const config = {
    ...base,
    mappings: [...others, one],
    catalogue: gone === 'sellfire' ? base.catalogue : [sellfire, ...base.catalogue],
    objects: gone === 'object' ? {} : { [one.salesforceObject]: target },
  };
  const theBridge = mappingStatuses(config).find(({ mapping: { id } }) => id === 'one');
  const thePage = page.judge(
    one,
    {
      sellfire: gone === 'sellfire' ? undefined : pageField(sellfire),
      object: gone === 'object' ? undefined : orgObject(target),
      salesforce: gone ? undefined : orgField(salesforce),
    },
    { mappings: config.mappings, createsRecords: createInSalesforce },
  );
  const { dead, issues, warnings } = thePage;
  return {
    bridge: { dead: theBridge?.dead, isIssue: theBridge?.status === 'Issue', isSilent: theBridge?.reason === '' },
    page: {
      dead: dead.length > 0,
      isIssue: dead.length + issues.length > 0,
      isSilent: dead.length + issues.length + warnings.length === 0,
    },
  };
}

function expectAgreement(cases: Iterable<Case>): number {
  let count = 0;
  for (const given of cases) {
    const { bridge, page: thePage } = both(given);
    count += 1;
    expect({ ...given, ...thePage }).toEqual({ ...given, ...bridge });
  }
  return count;
}

/** Every combination of one choice from each list. */
function* product<T extends object>(lists: { [K in keyof T]: readonly T[K][] }): Generator<T> {
  const [[key, choices] = [], ...rest] = Object.entries(lists) as [keyof T, readonly T[keyof T][]][];
  if (key === undefined || choices === undefined) yield {} as T;
  else
    for (const choice of choices)
      for (const more of product<T>(Object.fromEntries(rest) as { [K in keyof T]: readonly T[K][] }))
        yield { ...more, [key]: choice };
}

describe('The page and the bridge', () => {
  it('know the same types', () => {
    expect([...page.SELLFIRE_TYPES].sort()).toEqual([...SELLFIRE_FIELD_TYPES].sort());
    expect([...page.SALESFORCE_TYPES].sort()).toEqual(Object.keys(SALESFORCE_KINDS).sort());
  });

  it('agree on what passes between any two types, and on why something passes in part', () => {
    const losses = new Map<string, string>();
    for (const ours of SELLFIRE_FIELD_TYPES)
      for (const theirs of SALESFORCE_TYPES) {
        const bridge = conversion(ours, theirs);
        const ofPage = page.conversion(ours, theirs);
        for (const way of ['toSalesforce', 'toSellfire'] as const) {
          const { verdict, why } = bridge[way];
          expect([ours, theirs, way, ofPage[way].verdict]).toEqual([ours, theirs, way, verdict]);
          expect([ours, theirs, way, ofPage[way].loss === undefined]).toEqual([ours, theirs, way, why === '']);
          // One letter of the page stands for one sentence of the bridge.
          const { loss } = ofPage[way];
          expect([loss, losses.get(loss ?? '') ?? why]).toEqual([loss, why]);
          if (loss) losses.set(loss, why);
        }
      }
    expect(new Set(losses.values()).size).toBe(losses.size);
  });

  it('pass the same judgement on any two types by every rule', () => {
    const count = expectAgreement(
      [
        ...product<{ ours: SellfireField['type']; theirs: string; rule: FieldMapping['rule'] }>({
          ours: SELLFIRE_FIELD_TYPES,
          theirs: SALESFORCE_TYPES,
          rule: SYNC_RULES,
        }),
      ].map(({ ours, theirs, rule }) => ({ ours: { type: ours }, theirs: { type: theirs }, mapping: { rule } })),
    );
    expect(count).toBe(SELLFIRE_FIELD_TYPES.length * SALESFORCE_TYPES.length * SYNC_RULES.length);
  });

  it('pass the same judgement on lengths, digits and decimals', () => {
    const sizes = { length: [4, 16, 255], precision: [5, 18], scale: [0, 2] };
    const cases = product<
      { ours: SellfireField['type']; theirs: string; most: number | null } & Record<string, unknown>
    >({
      ours: SELLFIRE_FIELD_TYPES,
      theirs: ['string', 'textarea', 'phone', 'url', 'picklist', 'int', 'double', 'currency'],
      most: [null, 16, 1000],
      ...sizes,
    });
    expectAgreement(
      [...cases].map(({ ours, theirs, most, length, precision, scale }) => ({
        ours: { type: ours, max_length: most, options: ours.endsWith('select') ? ['Gold', 'Silver and more'] : [] },
        theirs: { type: theirs, length, precision, scale } as Partial<SalesforceField>,
        mapping: { rule: 'AlwaysSellfire' as const },
      })),
    );
  });

  it('pass the same judgement on what a demo or a sale cannot do without', () => {
    expectAgreement(
      [
        ['business_name', 'Lead', 'Company'],
        ['last_name', 'Contact', 'LastName'],
        ['business_name', 'Opportunity', 'Name'],
        ['business_name', 'Lead', 'Website'],
      ].map(([sellfireField = '', salesforceObject = '', salesforceField = '']) => ({
        ours: { max_length: 4000 },
        mapping: { sellfireField, salesforceObject, salesforceField, triggers: [...TRIGGERS] },
        others: [],
      })),
    );
  });

  it('pass the same judgement on triggers, objects and rules together', () => {
    expectAgreement(
      [
        ...product<{
          triggers: Trigger[];
          rule: FieldMapping['rule'];
          salesforceObject: string;
          sellfireObject: FieldMapping['sellfireObject'];
        }>({
          triggers: TRIGGER_SETS,
          rule: SYNC_RULES,
          salesforceObject: ['Lead', 'Contact', 'Account', 'Opportunity', 'OpportunityLineItem', 'Deal__c'],
          sellfireObject: ['lead', 'sale', 'sale_item', 'associated_contact'],
        }),
      ].map((mapping) => ({ mapping })),
    );
  });

  it('pass the same judgement on rights', () => {
    expectAgreement(
      [
        ...product<{
          createable: boolean;
          updateable: boolean;
          read_only: boolean;
          rule: FieldMapping['rule'];
          whole: boolean;
        }>({
          createable: [true, false],
          updateable: [true, false],
          read_only: [true, false],
          rule: SYNC_RULES,
          whole: [true, false],
        }),
      ].map(({ createable, updateable, read_only, rule, whole }) => ({
        ours: { read_only },
        theirs: { createable, updateable },
        mapping: { rule },
        object: { createable: whole, updateable: whole },
      })),
    );
  });

  it('pass the same judgement on options', () => {
    const values = [[], ['Gold'], ['GOLD', 'silver'], ['Gold', 'Silver', 'Bronze'], ['Copper']];
    expectAgreement(
      [
        ...product<{
          ours: SellfireField['type'];
          options: string[];
          theirs: string;
          picklistValues: string[];
          restrictedPicklist: boolean;
          rule: FieldMapping['rule'];
        }>({
          ours: ['select', 'multi_select', 'text'],
          options: [[], ['Gold', 'Silver'], ['Gold; or Silver']],
          theirs: ['picklist', 'combobox', 'multipicklist', 'string'],
          picklistValues: values,
          restrictedPicklist: [true, false],
          rule: SYNC_RULES,
        }),
      ].map(({ ours, options, theirs, picklistValues, restrictedPicklist, rule }) => ({
        ours: { type: ours, options },
        theirs: { type: theirs, picklistValues, restrictedPicklist },
        mapping: { rule },
      })),
    );
    for (const one of values)
      for (const other of values)
        expect(page.compareOptions(one, other)).toEqual(
          compareOptions(
            { ...OURS, type: 'select', options: one },
            { ...THEIRS, type: 'picklist', picklistValues: other },
          ),
        );
    const entry = (value: string, label: string, active = true) => ({ value, label, active });
    const labelled = [
      [entry('1', 'Bakery'), entry('2', 'Café')],
      [entry('1', 'Bakery'), entry('Bakery', 'Shop')],
      [entry('old', 'Bakery', false), entry('3', 'Bakery')],
      [entry('TX', 'Texas'), entry('CA', 'California'), entry('PR', 'Puerto Rico')],
      [entry('US', 'Estados Unidos'), entry('DE', 'Alemania'), entry('ES', 'España')],
      [entry('a', '面包店'), entry('b', '🥐 Bäckerei')],
    ];
    const dropdowns = [
      [],
      ['bakery', 'Café'],
      ['1', 'Bakery', 'Shop'],
      ['Texas', 'california'],
      ['TX', 'CA', 'Other'],
      ['United States', 'Germany'],
      ['🥐 Bäckerei', '面包店'],
    ];
    for (const options of dropdowns)
      for (const picklist of labelled) {
        const picklistValues = picklist.filter(({ active }) => active).map(({ value }) => value);
        expect(
          page.compareOptions(
            options,
            picklist.filter(({ active }) => active),
          ),
        ).toEqual(
          compareOptions(
            { ...OURS, type: 'select', options },
            { ...THEIRS, type: 'picklist', picklistValues, picklist },
          ),
        );
        expectAgreement([
          {
            ours: { type: 'select', options },
            theirs: { type: 'picklist', picklist, picklistValues, restrictedPicklist: true },
          },
        ]);
      }
    for (const type of SELLFIRE_FIELD_TYPES)
      for (const theirs of SALESFORCE_TYPES)
        expect(page.areDropdowns(type, theirs)).toBe(areDropdowns({ type }, { type: theirs }));
  });

  it('pass the same judgement on fields that no event carries and on phones that no query finds', () => {
    expectAgreement(
      [
        ...product<{
          calculated: boolean;
          filterable: boolean;
          rule: FieldMapping['rule'];
          sellfireField: string;
          salesforceObject: string;
        }>({
          calculated: [true, false],
          filterable: [true, false],
          rule: SYNC_RULES,
          sellfireField: ['custom_one', 'primary_phone_number'],
          salesforceObject: ['Lead', 'Account', 'Opportunity'],
        }),
      ].map(({ calculated, filterable, rule, sellfireField, salesforceObject }) => ({
        theirs: { calculated, filterable, nillable: true },
        mapping: { rule, sellfireField, salesforceObject },
        createInSalesforce: false,
        others: [],
      })),
    );
  });

  it('pass the same judgement on fields that a new record needs', () => {
    expectAgreement(
      [
        ...product<{
          nillable: boolean;
          defaultedOnCreate: boolean;
          type: string;
          rule: FieldMapping['rule'];
          createInSalesforce: boolean;
          sellfireField: string;
          salesforceObject: string;
        }>({
          nillable: [true, false],
          defaultedOnCreate: [true, false],
          type: ['string', 'boolean'],
          rule: SYNC_RULES,
          createInSalesforce: [true, false],
          sellfireField: ['custom_one', 'primary_phone_number'],
          salesforceObject: ['Lead', 'Account'],
        }),
      ].map(({ createInSalesforce, sellfireField, salesforceObject, rule, ...theirs }) => ({
        theirs,
        mapping: { rule, sellfireField, salesforceObject },
        createInSalesforce,
        others: [],
      })),
    );
  });

  it('pass the same judgement on what is gone', () => {
    expectAgreement((['sellfire', 'object', 'field'] as const).map((gone) => ({ gone })));
  });

  it('find the same contradictions between mappings', () => {
    const few = product<{
      field: string;
      target: string;
      rule: FieldMapping['rule'];
      triggers: Trigger[];
      object: FieldMapping['sellfireObject'];
    }>({
      field: ['a', 'b'],
      target: ['Lead.X', 'Lead.Y', 'Contact.X'],
      rule: SYNC_RULES,
      triggers: [['createUpdate'], ['sale'], ['createUpdate', 'sale']],
      object: ['lead', 'associated_contact'],
    });
    const all = [...few].map(({ field, target, rule, triggers, object }, at) =>
      mappingOf(field, target, rule, { id: String(at), triggers, sellfireObject: object }),
    );
    let found = 0;
    const differing: object[] = [];
    for (const one of all)
      for (const [at, other] of all.entries()) {
        const third = all[(at * 31 + 7) % all.length];
        const mappings = [one, { ...other, id: 'other' }, ...(third ? [{ ...third, id: 'third' }] : [])];
        const reasons = contradictions(mappings);
        for (const mapping of mappings) {
          const count = reasons.get(mapping.id)?.length ?? 0;
          found += count;
          if (page.conflicts(mapping, mappings).length !== count) differing.push({ mapping, mappings });
        }
      }
    expect(differing).toEqual([]);
    expect(found).toBeGreaterThan(1000);
  });
});
