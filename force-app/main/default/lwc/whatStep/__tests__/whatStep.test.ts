import { catalogue, details, FIELDS, LEAD } from '#components/mappings';
import { allInside, inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { Draft, Fields } from 'c/fieldFit';
import type { PickerOption } from 'c/fieldPicker';
import { NEW_DRAFT } from 'c/mappingDraft';
import WhatStep from 'c/whatStep';

interface Picker extends HTMLElement {
  options: PickerOption[];
  message: string;
}

const TITLE = FIELDS.find(({ name }) => name === 'title');
const NONE: Fields = { sellfire: undefined, object: undefined, salesforce: undefined };

function show(draft: Partial<Draft>, properties: Record<string, unknown> = {}): HTMLElement {
  const all = { draft: { ...NEW_DRAFT, ...draft }, catalogue: catalogue(), fields: NONE, ...properties };
  return mount('c-what-step', WhatStep, all);
}
const picker = (element: HTMLElement, side: string): Picker => inside<Picker>(element, `c-field-picker.${side}`);
const byName = (options: PickerOption[], name: string): PickerOption | undefined =>
  options.find((one) => one.name === name);

describe('the step What (B12)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('lists the fields of Sellfire by object, of the kind that is mapped (M2, M3)', async () => {
    const system = show({}, { kind: 'system' });
    expect(picker(system, 'sellfire').options.map(({ group }) => group)).toEqual([...Array(6).fill('Lead'), 'Sale']);
    expect(byName(picker(system, 'sellfire').options, 'primary_phone_number')).toMatchObject({
      type: 'Phone (40)',
      marks: 'required',
    });
    expect(textOf(system)).toContain('Choose the object first.');
    await expect(system).toBeAccessible();
    document.body.replaceChildren();
    expect(picker(show({}, { kind: 'custom' }), 'sellfire').options.map(({ name }) => name)).toEqual([
      'custom_interests',
    ]);
  });

  it('lists every field of the object, with type, length and marks, and why one cannot be paired (M2, M3)', () => {
    const draft = { sellfireObject: 'lead', sellfireField: 'custom_interests', salesforceObject: 'Lead' };
    const sellfire = FIELDS.find(({ name }) => name === 'custom_interests');
    const { options } = picker(
      show(draft, { fields: { sellfire, object: LEAD, salesforce: undefined } }),
      'salesforce',
    );
    expect(options).toHaveLength(Object.keys(LEAD.fields).length);
    expect(byName(options, 'Title')).toMatchObject({ type: 'Text (128)', reason: '' });
    expect(byName(options, 'NumberOfEmployees')?.reason).toBe(
      'A field of the type Multi-select in Sellfire cannot be put in a field of the type Whole number in Salesforce.',
    );
    expect(byName(options, 'CreatedDate')).toMatchObject({ marks: 'read only' });
    expect(byName(options, 'Company')).toMatchObject({ marks: 'required' });
  });

  it('greys the fields of Sellfire that do not fit the chosen one of Salesforce', () => {
    const draft = { salesforceObject: 'Lead', salesforceField: 'Location__c' };
    const fields = { sellfire: undefined, object: LEAD, salesforce: LEAD.fields.Location__c };
    const { options } = picker(show(draft, { fields }), 'sellfire');
    expect(options.filter(({ reason }) => reason === '')).toEqual([]);
    expect(byName(options, 'title')?.reason).toContain(
      'the type Text in Sellfire cannot be put in a field of the type Geolocation',
    );
  });

  it('keeps what the integration needs for itself out of reach', () => {
    const kept = {
      ...LEAD,
      fields: { ...LEAD.fields, Sellfire_Lead_Id__c: { ...LEAD.fields.Title, name: 'Sellfire_Lead_Id__c' } },
    };
    const { options } = picker(show({ salesforceObject: 'Lead' }, { fields: { ...NONE, object: kept } }), 'salesforce');
    expect(byName(options, 'Sellfire_Lead_Id__c')?.reason).toContain('The integration keeps this field itself');
  });

  it('says what becomes of values on the way, in both directions', async () => {
    const element = show(
      { sellfireObject: 'lead', sellfireField: 'employees', salesforceObject: 'Lead', salesforceField: 'Title' },
      {
        fields: {
          sellfire: FIELDS.find(({ name }) => name === 'employees'),
          object: LEAD,
          salesforce: LEAD.fields.Title,
        },
      },
    );
    expect(textOf(inside(element, 'dl'))).toBe(
      'To Salesforce Number → Text (128): whole. To Sellfire Text (128) → Number: only numbers pass; other values are refused and reported.',
    );
    await expect(element).toBeAccessible();
  });

  it('says which moments an object needs', () => {
    const combobox = inside<HTMLElement & { options: { label: string }[] }>(show({}), 'lightning-combobox');
    expect(combobox.options.map(({ label }) => label)).toEqual([
      'Lead',
      'Opportunity (Demo set, Sale only)',
      'Invoice (Sale only)',
    ]);
  });

  it('offers the standard objects before the bridge has written any', () => {
    const element = show({}, { catalogue: catalogue({ objects: [] }) });
    const { options } = inside<HTMLElement & { options: { value: string }[] }>(element, 'lightning-combobox');
    expect(options.map(({ value }) => value)).toEqual([
      'Lead',
      'Contact',
      'Account',
      'Opportunity',
      'OpportunityLineItem',
    ]);
  });

  it('says that a chosen field is gone, and that an object is hidden, and keeps the rest', async () => {
    const draft = { sellfireObject: 'lead', sellfireField: 'old', salesforceObject: 'Lead', salesforceField: 'Old__c' };
    const gone = show(draft, { fields: { ...NONE, object: LEAD } });
    expect(picker(gone, 'sellfire').message).toContain('The field old is gone');
    expect(picker(gone, 'salesforce').message).toContain('The field Old__c is gone');
    document.body.replaceChildren();
    const hidden = show(draft, { isHidden: true });
    expect(textOf(hidden)).toContain('You cannot see Lead. Ask for Read on it');
    expect(allInside(hidden, 'c-field-picker.salesforce')).toEqual([]);
    await expect(hidden).toBeAccessible();
  });

  it('hands on what is chosen', () => {
    const element = show({ salesforceObject: 'Lead' }, { fields: { ...NONE, sellfire: TITLE, object: LEAD } });
    const changed = details(element, 'change');
    picker(element, 'sellfire').dispatchEvent(new CustomEvent('pick', { detail: { value: 'sale.total' } }));
    picker(element, 'sellfire').dispatchEvent(new CustomEvent('pick', { detail: { value: '' } }));
    picker(element, 'salesforce').dispatchEvent(new CustomEvent('pick', { detail: { value: 'Title' } }));
    inside(element, 'lightning-combobox').dispatchEvent(new CustomEvent('change', { detail: { value: 'Contact' } }));
    expect(changed).toEqual([
      { sellfireObject: 'sale', sellfireField: 'total' },
      { sellfireObject: '', sellfireField: '' },
      { salesforceField: 'Title' },
      { salesforceObject: 'Contact', salesforceField: '' },
    ]);
  });
});
