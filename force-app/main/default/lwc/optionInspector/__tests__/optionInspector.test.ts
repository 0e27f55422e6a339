import { details, FIELDS, mapping } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import OptionInspector from 'c/optionInspector';
import { UNKNOWN_FIELD } from 'c/orgField';
import { createRecord } from 'lightning/uiRecordApi';

const INDUSTRY = FIELDS.find(({ name }) => name === 'industry');
const RECORD = mapping({ sellfireField: 'industry', salesforceField: 'Industry' });
const ENTRIES = [
  { value: 'legal', label: 'Law' },
  { value: 'b', label: 'Bakery' },
  { value: 'Toys', label: 'Toys' },
];

async function show(entries: object[] = ENTRIES): Promise<HTMLElement> {
  const element = mount('c-option-inspector', OptionInspector, {
    label: 'Options',
    record: RECORD,
    sellfire: INDUSTRY,
  });
  inside(element, 'c-org-field').dispatchEvent(new CustomEvent('read', { detail: { ...UNKNOWN_FIELD, entries } }));
  await settled();
  return element;
}
const rows = (element: HTMLElement): string[] => allInside(element, 'tbody tr').map((row) => textOf(row));
async function end(element: HTMLElement, detail: object): Promise<void> {
  inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: { result: '', ...detail } }));
  await settled();
}

describe('the option inspector (M7)', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('lays options, values and labels beside each other, and says what is missing where', async () => {
    const element = await show();
    expect(rows(element)).toEqual([
      'Legal legal Law On both sides',
      'Retail Missing in Salesforce',
      'b Bakery Missing in Sellfire',
      'Toys Toys Missing in Sellfire',
    ]);
    expect(textOf(inside(element, '.summary'))).toContain('2 of 3 values are missing in Sellfire.');
    await expect(element).toBeAccessible();
  });

  it('creates one, and says on its row what came of it', async () => {
    const element = await show();
    inside(element, 'lightning-button[data-option="Toys"]').click();
    await settled();
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Request__c',
      fields: { Type__c: 'CreateOptions', Parameters__c: JSON.stringify({ mapping: RECORD.id, options: ['Toys'] }) },
    });
    expect(rows(element)[3]).toBe('Toys Toys Asked for');
    await end(element, { status: 'Done', data: { created: ['Toys'], failed: [] } });
    expect(rows(element)[3]).toBe('Toys Toys Created');
    const closed = details(element, 'close');
    inside(element, '[data-action="close"]').click();
    expect(closed).toEqual([true]);
  });

  it('creates all, and leaves what was refused with its reason, to be tried again', async () => {
    const element = await show();
    const all = inside<HTMLElement & { label: string; disabled: boolean }>(element, '[data-action="all"]');
    expect(all.label).toBe('Create all 2');
    all.click();
    await settled();
    expect(all.disabled).toBe(true);
    await end(element, {
      status: 'Done',
      data: { created: ['Toys'], failed: [{ option: 'Bakery', code: 'X', sentence: 'Too short.' }] },
    });
    expect(rows(element).slice(2)).toEqual(['b Bakery Not created: Too short.', 'Toys Toys Created']);
    expect(all.label).toBe('Create the missing one');
    expect(textOf(inside(element, '.summary'))).toBe(
      'One value is missing in Sellfire. Until it is created, Sellfire refuses it.',
    );
    expect(all.disabled).toBe(false);
  });

  it('takes a request that failed for a refusal of each', async () => {
    const element = await show();
    inside(element, '[data-action="all"]').click();
    await settled();
    await end(element, { status: 'Failed', result: 'Sellfire is away.', data: undefined });
    expect(rows(element).slice(2)).toEqual([
      'b Bakery Not created: Sellfire is away.',
      'Toys Toys Not created: Sellfire is away.',
    ]);
  });

  it('says that nothing could be asked for', async () => {
    jest.mocked(createRecord).mockRejectedValueOnce({ status: 403, body: { errorCode: 'INSUFFICIENT_ACCESS' } });
    const element = await show();
    inside(element, '[data-action="all"]').click();
    await settled();
    expect(allInside(element, 'c-error-message')).toHaveLength(1);
    expect(rows(element)[2]).toBe('b Bakery Missing in Sellfire');
  });

  it('says that nothing is missing, and that values are on their way', async () => {
    expect(textOf(await show([{ value: 'Retail', label: 'Retail' }]))).toContain(
      'Sellfire has every value of the picklist.',
    );
    document.body.replaceChildren();
    const element = mount('c-option-inspector', OptionInspector, { record: RECORD, sellfire: INDUSTRY });
    expect(inside<HTMLElement & { alternativeText: string }>(element, 'lightning-spinner').alternativeText).toBe(
      'Loading the values of the picklist',
    );
    await expect(element).toBeAccessible();
  });
});
