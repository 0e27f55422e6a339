import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { details } from '#components/mappings';
import { setup } from '@sa11y/jest';
import FieldPicker, { type PickerOption } from 'c/fieldPicker';

const option = (label: string, extra: Partial<PickerOption> = {}): PickerOption => ({
  ...{ value: label, label, name: `${label}__c`, type: 'Text (80)', marks: '', group: '', reason: '' },
  ...extra,
});
const FEW = [
  option('Title', { group: 'Lead' }),
  option('Zone', { group: 'Lead', reason: 'A list fits no number.' }),
  option('Total', { group: 'Sale', marks: 'read only' }),
];

function show(properties: Record<string, unknown>): { element: HTMLElement; input: HTMLInputElement } {
  const element = mount('c-field-picker', FieldPicker, { label: 'Sellfire field', options: FEW, ...properties });
  return { element, input: inside<HTMLInputElement>(element, 'input') };
}
async function press(input: HTMLInputElement, ...[key, ...more]: string[]): Promise<void> {
  input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
  await settled();
  if (more.length > 0) await press(input, ...more);
}
async function type(input: HTMLInputElement, text: string): Promise<void> {
  input.value = text;
  input.dispatchEvent(new InputEvent('input'));
  await settled();
}
const optionsOf = (element: HTMLElement): string[] =>
  allInside(element, '[role="option"] .name').map(({ textContent }) => textContent ?? '');
const activeOf = (element: HTMLElement): string | undefined =>
  allInside(element, '.active .name').map(({ textContent }) => textContent ?? '')[0];

describe('the field picker', () => {
  beforeAll(() => {
    setup();
    Element.prototype.scrollIntoView = jest.fn();
  });
  afterEach(() => document.body.replaceChildren());

  it('follows the combobox pattern, shut and open', async () => {
    const { element, input } = show({});
    expect(input.getAttribute('aria-expanded')).toBe('false');
    expect(optionsOf(element)).toEqual([]);
    await expect(element).toBeAccessible();
    input.click();
    await settled();
    expect(input.getAttribute('aria-expanded')).toBe('true');
    expect(optionsOf(element)).toEqual(['Title', 'Zone', 'Total']);
    expect(allInside(element, '[role="group"]').map((group) => group.getAttribute('aria-label'))).toEqual([
      'Lead',
      'Sale',
    ]);
    await expect(element).toBeAccessible();
  });

  it('finds by label, API name and type, whatever the case and accents', async () => {
    const { element, input } = show({ options: [...FEW, option('Región', { type: 'Picklist' })] });
    await type(input, 'REGION');
    expect(optionsOf(element)).toEqual(['Región']);
    await type(input, 'total__c');
    expect(optionsOf(element)).toEqual(['Total']);
    await type(input, 'picklist');
    expect(optionsOf(element)).toEqual(['Región']);
    expect(textOf(inside(element, '[role="status"]'))).toBe('1 field');
  });

  it('says that none matches, and chooses nothing then', async () => {
    const { element, input } = show({});
    const picked = details(element, 'pick');
    await type(input, 'nothing like it');
    expect(optionsOf(element)).toEqual([]);
    expect(textOf(inside(element, '.note'))).toBe('No field matches.');
    expect(textOf(inside(element, '[role="status"]'))).toBe('0 fields');
    await press(input, 'ArrowDown', 'PageDown', 'Enter');
    expect(input.getAttribute('aria-activedescendant')).toBeNull();
    expect(picked).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('says that the fields load, and has them as soon as they are there', async () => {
    const { element, input } = show({ options: [], isLoading: true });
    input.click();
    await settled();
    expect(textOf(inside(element, '.note'))).toBe('Loading the fields');
    await expect(element).toBeAccessible();
    Object.assign(element, { options: FEW, isLoading: false });
    await settled();
    expect(optionsOf(element)).toEqual(['Title', 'Zone', 'Total']);
    expect(allInside(element, '.note')).toEqual([]);
  });

  it('puts what is called so before what is of such a type', async () => {
    const options = [
      option('Fax', { type: 'Phone (40)' }),
      option('Mobile Phone'),
      option('Phone Kind'),
      option('Phone'),
    ];
    const { element, input } = show({ options });
    await type(input, 'phone');
    expect(optionsOf(element)).toEqual(['Phone', 'Phone Kind', 'Fax', 'Mobile Phone']);
  });

  it('is worked by the keys alone', async () => {
    const { element, input } = show({});
    const picked = details<{ value: string }>(element, 'pick');
    await press(input, 'ArrowDown');
    expect(activeOf(element)).toBe('Title');
    expect(input.getAttribute('aria-activedescendant')).toBe(inside(element, '.active').id);
    await press(input, 'ArrowUp');
    expect(activeOf(element)).toBe('Total');
    await press(input, 'Enter');
    expect(picked).toEqual([{ value: 'Total' }]);
    expect(input.getAttribute('aria-expanded')).toBe('false');
  });

  it('goes a screenful by Page Down and Page Up, and stops at the ends', async () => {
    const { element, input } = show({ options: Array.from({ length: 20 }, (_, at) => option(`Field ${at}`)) });
    await press(input, 'PageDown');
    expect(activeOf(element)).toBe('Field 7');
    await press(input, 'PageDown', 'PageDown');
    expect(activeOf(element)).toBe('Field 19');
    await press(input, 'PageUp');
    expect(activeOf(element)).toBe('Field 11');
    await press(input, 'PageUp', 'PageUp');
    expect(activeOf(element)).toBe('Field 0');
  });

  it('leaves Home and End to the text of the box, and Tab to the page', () => {
    const { input } = show({});
    for (const key of ['Home', 'End', 'Tab']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      input.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(false);
    }
  });

  it('does not choose by Enter what cannot be chosen, and says so to whoever listens', async () => {
    const { element, input } = show({});
    const picked = details(element, 'pick');
    await press(input, 'ArrowDown', 'ArrowDown', 'Enter');
    expect(activeOf(element)).toBe('Zone');
    expect(inside(element, '.active').getAttribute('aria-disabled')).toBe('true');
    expect(picked).toEqual([]);
  });

  it('shuts when the focus leaves it', async () => {
    const { element, input } = show({});
    await press(input, 'ArrowDown');
    inside(element, '.slds-form-element').dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await settled();
    expect(input.getAttribute('aria-expanded')).toBe('false');
  });

  it('shuts at Escape without shutting the dialog around it, with the choice selected to be typed over', async () => {
    const { element, input } = show({ value: 'Total' });
    const outside = jest.fn();
    element.addEventListener('keydown', outside);
    await press(input, 'ArrowDown', 'Escape');
    expect(input.getAttribute('aria-expanded')).toBe('false');
    expect(outside.mock.calls.map(([event]) => (event as KeyboardEvent).key)).toEqual(['ArrowDown']);
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, input.value.length]);
  });

  it('keeps what cannot be chosen, with its reason, and does not choose it', async () => {
    const { element, input } = show({});
    const picked = details(element, 'pick');
    input.click();
    await settled();
    const [, zone] = allInside(element, '[role="option"]');
    expect(zone?.getAttribute('aria-disabled')).toBe('true');
    expect(zone?.textContent).toContain('A list fits no number.');
    zone?.click();
    await press(input, 'ArrowDown', 'ArrowDown', 'Enter');
    expect(picked).toEqual([]);
  });

  it('draws a part of two thousand fields, and reaches every one of them', async () => {
    const many = Array.from({ length: 2000 }, (_, at) => option(`Field ${String(at).padStart(4, '0')}`));
    const { element, input } = show({ options: many });
    const picked = details(element, 'pick');
    input.click();
    await settled();
    expect(optionsOf(element)).toHaveLength(100);
    expect(textOf(element)).toContain('1,900 more. Type to narrow them down.');
    await type(input, 'field 1999');
    expect(optionsOf(element)).toEqual(['Field 1999']);
    await type(input, '');
    await press(input, 'ArrowUp');
    expect(activeOf(element)).toBe('Field 1999');
    expect(optionsOf(element)).toHaveLength(100);
    expect(inside(element, '.active').getAttribute('aria-posinset')).toBe('2000');
    await press(input, 'Enter');
    expect(picked).toEqual([{ value: 'Field 1999' }]);
  });

  it('shows the choice, and the name of a field that is gone', async () => {
    const { element, input } = show({ value: 'Total' });
    expect(input.value).toBe('Total');
    expect(textOf(element)).toContain('Total__c · Text (80) · read only');
    const gone = show({ value: 'Old', fallback: 'old_field', message: 'It is gone.' });
    expect(gone.input.value).toBe('old_field');
    expect(gone.input.getAttribute('aria-invalid')).toBe('true');
    await expect(gone.element).toBeAccessible();
  });

  it('clears the choice', () => {
    const { element } = show({ value: 'Total' });
    const picked = details(element, 'pick');
    inside(element, 'lightning-button-icon').click();
    expect(picked).toEqual([{ value: '' }]);
  });

  it('takes names for text, never for markup', async () => {
    const { element, input } = show({ options: [option('<img src=x onerror="alert(1)">"\'&')] });
    input.click();
    await settled();
    expect(optionsOf(element)).toEqual(['<img src=x onerror="alert(1)">"\'&']);
    expect(allInside(element, 'img')).toEqual([]);
  });
});
