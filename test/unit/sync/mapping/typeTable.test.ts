// Every Sellfire type against every Salesforce type: values pass as the table promises, by the rules of the two
// systems: the local org's for saving a field, the local Sellfire's for accepting a value.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  SELLFIRE_FIELD_TYPES,
  type SellfireField,
  type SellfireFieldType,
  type SellfireValue,
} from '../../../../bridge/model/field.ts';
import type { Canonical, FieldState } from '../../../../bridge/model/link.ts';
import type { SalesforceField, SalesforceValue } from '../../../../bridge/model/salesforce.ts';
import { canonical, sameValue, toSalesforce, toSellfire, whyUnfit } from '../../../../bridge/sync/values/canonical.ts';
import { conversion, SALESFORCE_KINDS, type Verdict } from '../../../../bridge/sync/mapping/typeTable.ts';
import { fromSalesforce, readStored } from '../../../../bridge/sync/mapping/asStored.ts';
import { PlatformError, type FieldDef } from '../../../salesforce/model.ts';
import { salesforceField, sellfireField } from '../../../helpers/fields.ts';
import { toStored } from '../../../salesforce/values.ts';
import { Refusal } from '../../../sellfire/problem.ts';
import { parseValue } from '../../../sellfire/values.ts';

const SALESFORCE_TYPES = [...Object.keys(SALESFORCE_KINDS), 'address', 'location', 'base64', 'anyType'];
const PAIRS = SELLFIRE_FIELD_TYPES.flatMap((ours) => SALESFORCE_TYPES.map((theirs) => [ours, theirs] as const));

const OPTIONS = ['Gold', 'Silver', 'true', '7', 'More than one word'];
const FREE = [
  'Acme',
  'Acme; Sons & Co',
  'yes',
  'true',
  '0012',
  '7.125',
  '2026-11-24',
  '2026-11-24T23:30:00Z',
  '10:30',
  'a\nb',
];
const NUMBERS: SellfireValue[] = [0, 7, -1, 12.5, 1234567.89, 0.1];

/** Values of a Sellfire field of the type, with edge cases. */
const IN_SELLFIRE: Record<SellfireFieldType, SellfireValue[]> = {
  text: FREE,
  long_text: [...FREE, 'One line\n\nand another'],
  number: [...NUMBERS, 0.123456, 12345678901],
  currency: NUMBERS,
  percent: [...NUMBERS, 33.333],
  date: ['2026-11-24', '2024-02-29'],
  datetime: ['2026-11-24T23:30:00.000Z', '2026-03-29T01:30:59Z'],
  checkbox: [true, false],
  select: OPTIONS,
  multi_select: [['Gold'], ['Silver', 'Gold'], ['More than one word', 'Gold']],
  multi_text: [['12 Main St'], ['12 Main St; rear', '3 Oak Ave'], ['b', 'a', 'b']],
  phone: ['+15125550001', '+442079460958'],
  email: ['stone@example.com', 'Ada.Stone@Example.com'],
  url: ['https://acme.example', 'acme.example/shop'],
  rep: ['rep_0000000001'],
};

const TEXTS = [
  ...FREE,
  'Gold',
  'gold',
  'no value of theirs',
  '(512) 555-0001',
  'stone@example.com',
  'https://acme.example',
];
const DECIMALS = [0, 7, -1, 12.5, 1234567.89, 0.13, 1e12];
/** Values of a Salesforce field of the type, in the format of REST. */
const IN_SALESFORCE: Record<string, SalesforceValue[]> = {
  string: TEXTS.filter((text) => !text.includes('\n')),
  encryptedstring: ['Acme', '0012'],
  textarea: TEXTS,
  phone: ['(512) 555-0001', '+442079460958', '5125550001'],
  email: ['stone@example.com'],
  url: ['https://acme.example', 'www.acme.example'],
  picklist: ['Gold', 'Bronze', '7'],
  combobox: ['Gold', 'Bronze'],
  multipicklist: ['Gold', 'Silver;Gold', 'Gold;Bronze'],
  boolean: [true, false],
  int: [0, 7, -12],
  long: [0, 7],
  double: DECIMALS,
  currency: DECIMALS,
  percent: DECIMALS,
  date: ['2026-11-24', '2024-02-29'],
  datetime: ['2026-11-24T23:30:00.000+0000', '2026-11-24T23:30:00.000Z'],
  time: ['10:30:00.000Z'],
  reference: ['0015g00000AbCdEAAV'],
  id: ['0015g00000AbCdEAAV'],
};

function ourField(type: SellfireFieldType): SellfireField {
  const options = type === 'select' || type === 'multi_select' ? OPTIONS : [];
  return sellfireField('field', type, { label: 'Field', custom: true, options });
}

function theirField(type: string): SalesforceField {
  const isText = !['boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime', 'time'].includes(type);
  return salesforceField('Field__c', type, {
    label: 'Field',
    length: isText ? 255 : 0,
    precision: type === 'int' ? 9 : 18,
    picklistValues: type.endsWith('picklist') ? ['Silver', 'Gold'] : [],
  });
}

const pair = (ours: SellfireFieldType, theirs: string) => ({
  sellfire: ourField(ours),
  salesforce: theirField(theirs),
});

/** The value that the org stores. @throws PlatformError where it refuses it */
function saved({ picklistValues, ...field }: SalesforceField, value: SalesforceValue): SalesforceValue {
  // Kinds that the local org does not have are stored by their base type.
  const known: Record<string, string> = {
    encryptedstring: 'string',
    combobox: 'picklist',
    long: 'int',
    time: 'string',
  };
  const values = picklistValues.map((one) => ({ value: one, label: one, active: true, defaultValue: false }));
  const stored = toStored(
    { ...field, type: known[field.type] ?? field.type, picklistValues: values } as unknown as FieldDef,
    value,
  );
  return stored as SalesforceValue;
}

/** The value that Sellfire stores. @throws Refusal */
const taken = (field: SellfireField, value: SellfireValue): SellfireValue => parseValue(field, value);

/** @returns the result, or that it was refused */
function outcome<T>(work: () => T): { value: T } | 'refused' {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof PlatformError || error instanceof Refusal) return 'refused';
    throw error;
  }
}

const register = (value: Canonical): Pick<FieldState, 'register' | 'previousValues'> => ({
  register: { value, at: 1, by: 'sellfire', version: 1 },
  previousValues: [],
});

describe.each(PAIRS)('%s and %s', (ours, theirs) => {
  const field = pair(ours, theirs);
  const { toSalesforce: outward, toSellfire: inward } = conversion(ours, theirs);
  const given = IN_SELLFIRE[ours].map((raw): [Canonical] => [canonical(ours, raw, 'US')]);

  if (outward.verdict !== 'none') {
    it.each(given)(
      `towards Salesforce (${outward.verdict}): %j is kept, or refused, or comes back as what was meant`,
      (value) => {
        const unfit = whyUnfit(field.salesforce, value);
        const result = unfit
          ? 'refused'
          : outcome(() => saved(field.salesforce, toSalesforce(field.salesforce, value)));
        if (result === 'refused') {
          expect(outward.verdict).toBe('lossy');
          return;
        }
        const readBack = fromSalesforce(field, result.value, 'US');
        // Decimals beyond the scale depend on the field, not the type: `fit` reports them.
        const isRounded = ['double', 'currency', 'percent'].includes(theirs);
        // The case of an address distinguishes nobody.
        const same = theirs === 'email' ? String(value).toLowerCase() : value;
        if (outward.verdict === 'lossless' && !isRounded) expect(readBack).toEqual(same);
        // An echo is never an edit.
        expect(readStored(field, result.value, 'US', register(value))).toEqual(value);
      },
    );
  }

  if (inward.verdict !== 'none') {
    it.each(IN_SALESFORCE[theirs] ?? [])(`towards Sellfire (${inward.verdict}): %j is kept, or refused`, (raw) => {
      const value = fromSalesforce(field, raw, 'US');
      const result = outcome(() => taken(field.sellfire, toSellfire(ours, value)));
      if (result === 'refused') {
        // An amount has two decimals, and a picklist may have values that the dropdown lacks: `fit` and `options` report both.
        const isReported = (ours === 'currency' && typeof raw === 'number') || field.sellfire.options.length > 0;
        if (!isReported) expect(inward.verdict).toBe('lossy');
        return;
      }
      expect(canonical(ours, result.value, 'US')).toEqual(value);
      if (inward.verdict !== 'lossless' || whyUnfit(field.salesforce, value) !== undefined) return;
      if (outward.verdict !== 'none') {
        const again = outcome(() => saved(field.salesforce, toSalesforce(field.salesforce, value)));
        if (again !== 'refused') expect(sameValue(fromSalesforce(field, again.value, 'US'), value)).toBe(true);
      }
    });
  }

  it('says why where it passes in part, and nothing where it passes whole or not at all', () => {
    for (const { verdict, why } of [outward, inward]) expect(why !== '').toBe(verdict === 'lossy');
  });
});

describe('the table (M5, M8)', () => {
  const cells: [SellfireFieldType, string, Verdict, Verdict][] = [
    ['text', 'string', 'lossless', 'lossless'],
    ['long_text', 'textarea', 'lossless', 'lossless'],
    ['text', 'reference', 'lossy', 'lossless'],
    ['text', 'boolean', 'lossy', 'lossless'],
    ['number', 'double', 'lossless', 'lossless'],
    ['number', 'int', 'lossy', 'lossless'],
    ['number', 'string', 'lossless', 'lossy'],
    ['number', 'multipicklist', 'none', 'none'],
    ['currency', 'currency', 'lossless', 'lossless'],
    ['percent', 'percent', 'lossless', 'lossless'],
    ['date', 'date', 'lossless', 'lossless'],
    ['date', 'datetime', 'lossy', 'lossy'],
    ['datetime', 'datetime', 'lossless', 'lossless'],
    ['datetime', 'date', 'lossy', 'lossy'],
    ['checkbox', 'boolean', 'lossless', 'lossless'],
    ['checkbox', 'string', 'lossless', 'lossy'],
    ['checkbox', 'double', 'none', 'none'],
    ['select', 'picklist', 'lossless', 'lossless'],
    ['multi_select', 'multipicklist', 'lossless', 'lossless'],
    ['multi_select', 'double', 'none', 'none'],
    ['multi_select', 'picklist', 'none', 'lossless'],
    ['multi_text', 'textarea', 'lossless', 'lossless'],
    ['phone', 'phone', 'lossless', 'lossy'],
    ['phone', 'double', 'none', 'none'],
    ['email', 'email', 'lossless', 'lossless'],
    ['url', 'url', 'lossless', 'lossy'],
    ['rep', 'string', 'lossless', 'lossy'],
    ['rep', 'reference', 'none', 'none'],
  ];
  it.each(cells)('%s and %s: %s to Salesforce, %s to Sellfire', (ours, theirs, outward, inward) => {
    const { toSalesforce: there, toSellfire: back } = conversion(ours, theirs);
    expect([there.verdict, back.verdict]).toEqual([outward, inward]);
  });
});

describe('values', () => {
  it('that JSON would change stay exact, or are refused', () => {
    const long = '12345678901234567890.12';
    expect(toSalesforce({ type: 'currency' }, long)).toBe(long);
    expect(toSellfire('number', long)).toBe(long);
    expect(toSalesforce({ type: 'double' }, '0.1')).toBe(0.1);
    expect(toSalesforce({ type: 'double' }, '-7')).toBe(-7);
  });

  it.each([
    ['America/Chicago', '2026-11-24T18:00:00Z', '2026-11-25T01:30:00Z'],
    ['Pacific/Apia', '2026-11-23T23:00:00Z', '2026-11-23T11:30:00Z'],
    ['Asia/Kolkata', '2026-11-24T06:30:00Z', '2026-11-23T18:30:00Z'],
    [undefined, '2026-11-24T12:00:00Z', '2026-11-24T00:00:00Z'],
  ])(
    'of a day stand at noon in %s where a time is needed, and of a moment its day there counts',
    (timeZone, noon, moment) => {
      const into = (type: string) => ({
        ...pair('date', type).salesforce,
        ...(timeZone === undefined ? {} : { timeZone }),
      });
      expect(toSalesforce(into('datetime'), '2026-11-24')).toBe(noon);
      expect(toSalesforce(into('date'), moment)).toBe('2026-11-24');
      const read = (ours: 'date' | 'datetime', theirs: string, raw: string) =>
        fromSalesforce({ ...pair(ours, theirs), salesforce: into(theirs) }, raw, 'US');
      expect(read('datetime', 'date', '2026-11-24')).toBe(noon);
      expect(read('date', 'datetime', moment.replace('Z', '.000+0000'))).toBe('2026-11-24');
    },
  );

  it('with a zone are the same moment, and their date is the date in UTC', () => {
    expect(canonical('datetime', '2026-11-24T18:30:00-06:00', 'US')).toBe('2026-11-25T00:30:00Z');
    expect(canonical('date', '2026-11-24T18:30:00-06:00', 'US')).toBe('2026-11-25');
  });

  it('that are neither true nor false never become false', () => {
    expect(canonical('checkbox', 'yes', 'US')).toBe('yes');
    expect(outcome(() => taken(ourField('checkbox'), toSellfire('checkbox', 'yes')))).toBe('refused');
    expect(whyUnfit({ type: 'boolean', label: 'Opt out' }, 'yes')).toBe(
      '"yes" is neither true nor false, which Opt out needs.',
    );
    expect(canonical('checkbox', 'TRUE', 'US')).toBe(true);
  });

  it.each([
    ['double', 12, '12.0'],
    ['double', 12345678.5, '1.23456785E7'],
    ['currency', 0, '0.0'],
    ['int', 7, '7'],
    ['boolean', true, 'true'],
  ])('of a %s read the same from REST (%j) and from the Bulk API (%j)', (theirs, rest, bulk) => {
    for (const ours of SELLFIRE_FIELD_TYPES) {
      const { toSellfire: inward } = conversion(ours, theirs);
      if (inward.verdict === 'none') continue;
      const field = pair(ours, theirs);
      expect([ours, fromSalesforce(field, bulk, 'US')]).toEqual([ours, fromSalesforce(field, rest, 'US')]);
    }
  });

  it('of a picklist take the spelling of the dropdown, which is case-sensitive', () => {
    expect(fromSalesforce(pair('select', 'picklist'), 'gold', 'US')).toBe('Gold');
    expect(fromSalesforce(pair('multi_select', 'multipicklist'), 'silver;GOLD;gold', 'US')).toEqual(['Gold', 'Silver']);
  });

  it('that were rounded, or lost their time, are echoes; what a person sets is an edit', () => {
    const amount = pair('number', 'double');
    expect(readStored(amount, 12.35, 'US', register('12.345'))).toBe('12.345');
    expect(readStored(amount, 12.36, 'US', register('12.345'))).toBe('12.36');
    const day = pair('datetime', 'date');
    expect(readStored(day, '2026-11-24', 'US', register('2026-11-24T23:30:00Z'))).toBe('2026-11-24T23:30:00Z');
    expect(readStored(day, '2026-11-25', 'US', register('2026-11-24T23:30:00Z'))).toBe('2026-11-25T12:00:00Z');
  });

  it('that were rounded to what stood there before are what was sent, which no event names', () => {
    const amount = pair('number', 'double');
    const sent = (value: string, before: string): ReturnType<typeof register> => ({
      ...register(value),
      previousValues: [before],
    });
    expect(readStored(amount, 12.35, 'US', sent('12.345', '12.35'))).toBe('12.345');
    // The event of an earlier write.
    expect(readStored(amount, 12.35, 'US', sent('12.5', '12.345'))).toBe('12.345');
    expect(readStored(amount, 12.35, 'US', sent('12.5', '12.35'))).toBe('12.35');
  });

  it('that their field cannot parse are named with what it needs', () => {
    const cases: [string, Canonical, boolean][] = [
      ['int', '7', true],
      ['int', '7.5', false],
      ['double', 'seven', false],
      ['double', '0.0000001', true],
      ['date', '2026-02-30', false],
      ['date', '2026-02-28', true],
      ['datetime', 'tomorrow', false],
      ['time', '10:30:00.000Z', true],
      ['time', 'half past ten', false],
      ['reference', '0015g00000AbCdEAAV', true],
      ['reference', 'rep_1', false],
      ['string', 'anything', true],
      ['double', null, true],
    ];
    for (const [type, value, fits] of cases)
      expect([type, value, whyUnfit({ type, label: 'Field' }, value) === undefined]).toEqual([type, value, fits]);
  });
});

it('the table of docs/field-mappings.md is the same, pair by pair', () => {
  const path = new URL('../../../../docs/field-mappings.md', import.meta.url);
  const sign = (verdict: Verdict): string => ({ lossless: '✓', lossy: '~', none: '–' })[verdict];
  const groups = [...new Set(Object.values(SALESFORCE_KINDS))];
  const rows = SELLFIRE_FIELD_TYPES.map((ours) => {
    const cells = groups.map((kind) => {
      const [theirs = ''] = Object.entries(SALESFORCE_KINDS).find(([, one]) => one === kind) ?? [];
      const { toSalesforce: there, toSellfire: back } = conversion(ours, theirs);
      const both = `${sign(there.verdict)} ${sign(back.verdict)}`;
      return both === '– –' ? '' : both;
    });
    return [`\`${ours}\``, ...cells];
  });
  const documented = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
    .filter(([name = '']) => rows.some(([ours]) => ours === name));
  expect(documented).toEqual(rows);
});
