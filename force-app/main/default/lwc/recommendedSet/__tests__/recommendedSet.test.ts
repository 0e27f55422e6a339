import { catalogue, details, LEAD, mapping, objectInfos } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RecommendedSet from 'c/recommendedSet';
import { createRecord } from 'lightning/uiRecordApi';
import { getObjectInfos } from 'lightning/uiObjectInfoApi';

async function show(properties: Record<string, unknown> = {}): Promise<HTMLElement> {
  const element = mount('c-recommended-set', RecommendedSet, {
    label: 'Set',
    catalogue: catalogue(),
    mappings: [],
    ...properties,
  });
  recordWire(getObjectInfos).emit(objectInfos(LEAD, 'Contact', 'Account', 'Opportunity'));
  await settled();
  return element;
}
const box = (element: HTMLElement, key: string): HTMLInputElement =>
  inside<HTMLInputElement>(element, `input[value="${key}"]`);
const rowText = (element: HTMLElement, key: string): string => textOf(box(element, key).closest('li') as Element);
async function press(element: HTMLElement, action: string): Promise<void> {
  inside(element, `[data-action="${action}"]`).click();
  await settled();
}
const PHONE = 'primary_phone_number>Lead.Phone';
const COMPANY = 'business_name>Lead.Company';

describe('the recommended mappings (B29)', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'new' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('waits for the fields of the org', async () => {
    const element = mount('c-recommended-set', RecommendedSet, { catalogue: catalogue() });
    expect(allInside(element, 'lightning-spinner')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('gives the reason for each, and ticks none by itself', async () => {
    const element = await show();
    expect(rowText(element, PHONE)).toContain('Primary Phone Number ↔ Lead, Phone Two-way sync · Created or updated');
    expect(rowText(element, PHONE)).toContain('Needed for everything');
    expect(allInside<HTMLInputElement>(element, 'input').some(({ checked }) => checked)).toBe(false);
    expect(inside<HTMLElement & { disabled: boolean }>(element, '[data-action="save"]').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('refuses politely what this org lacks, and what is mapped already', async () => {
    const element = await show({ mappings: [mapping({ sellfireField: 'business_name', salesforceField: 'Company' })] });
    expect(rowText(element, COMPANY)).toContain('Mapped already');
    expect(rowText(element, 'email>Lead.Email')).toContain('Sellfire has no field email, so this one is left out.');
    expect(rowText(element, 'primary_phone_number>Contact.Phone')).toContain(
      'You cannot see Contact, so this one is left out.',
    );
    expect(box(element, COMPANY).disabled).toBe(true);
  });

  it('refuses what would contradict a mapping that is there', async () => {
    const element = await show({ mappings: [mapping({ sellfireField: 'title', salesforceField: 'Company' })] });
    expect(rowText(element, COMPANY)).toContain('title fills Lead.Company at the same moment.');
    expect(box(element, COMPANY).disabled).toBe(true);
  });

  it('saves what is ticked, one by one, and says what came of each', async () => {
    const element = await show();
    await press(element, 'all');
    expect(inside<HTMLElement & { label: string }>(element, '[data-action="save"]').label).toBe('Save 2 mappings');
    jest.mocked(createRecord).mockRejectedValueOnce({
      status: 400,
      body: { output: { errors: [{ errorCode: 'X', message: 'No.' }], fieldErrors: {} } },
    });
    await press(element, 'save');
    await settled();
    expect(createRecord).toHaveBeenCalledTimes(2);
    expect(rowText(element, PHONE)).toContain('Not saved: No.');
    expect(rowText(element, COMPANY)).toContain('Saved');
    expect(textOf(element)).toContain('1 saved, 1 not saved.');
    const closed = details(element, 'close');
    await press(element, 'close');
    expect(closed).toEqual([true]);
  });

  it('saves nothing where nothing is ticked', async () => {
    const element = await show();
    box(element, PHONE).click();
    await settled();
    expect(inside<HTMLElement & { disabled: boolean }>(element, '[data-action="save"]').disabled).toBe(false);
    await press(element, 'none');
    expect(inside<HTMLElement & { disabled: boolean }>(element, '[data-action="save"]').disabled).toBe(true);
  });
});
