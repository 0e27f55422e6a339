import { objectInfo } from '#components/mappings';
import { inside, mount, settled, textOf } from '#components/mount';
import { STAGES } from '#components/settings';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import SettingRow from 'c/settingRow';
import { SETTINGS } from 'c/settingsData';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';

const settingOf = (field: string): unknown => SETTINGS.find((setting) => setting.field === field);
type Input = HTMLElement & { type: string; checked: boolean; value: unknown; options: { label: string }[] };

function show(field: string, value: unknown, more = {}): { element: HTMLElement; changed: jest.Mock } {
  const changed = jest.fn();
  const properties = { setting: settingOf(field), value, label: 'A setting', help: 'What it does.', ...more };
  const element = mount('c-setting-row', SettingRow, properties);
  element.addEventListener('settingchange', (event) => changed((event as CustomEvent).detail));
  return { element, changed };
}

describe('a setting', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is a switch with its consequence', async () => {
    const { element, changed } = show('Activity_Sync__c', true);
    expect(inside<Input>(element, 'lightning-input').checked).toBe(true);
    expect(textOf(element)).toContain('What it does.');
    inside(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { checked: false } }));
    expect(changed).toHaveBeenCalledWith({ field: 'Activity_Sync__c', value: false });
    await expect(element).toBeAccessible();
  });

  it.each([
    [0, 'Enter a whole number from 1 to 100.'],
    [101, 'Enter a whole number from 1 to 100.'],
    [1.5, 'Enter a whole number from 1 to 100.'],
    [undefined, 'Enter a whole number from 1 to 100.'],
    [100, ''],
  ])('is a number, and %s says: %s', async (value, fault) => {
    const { element } = show('Api_Share__c', value);
    expect(textOf(element)).toBe(`What it does.${fault && ` ${fault}`}`);
    await expect(element).toBeAccessible();
  });

  it('takes a cleared number for none, and a typed one for a number', () => {
    const { element, changed } = show('Report_Days__c', 90);
    const input = inside(element, 'lightning-input');
    input.dispatchEvent(new CustomEvent('change', { detail: { value: '30' } }));
    input.dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
    expect(changed.mock.calls).toEqual([
      [{ field: 'Report_Days__c', value: 30 }],
      [{ field: 'Report_Days__c', value: undefined }],
    ]);
  });

  it.each([
    ['http://bridge.example.com', 'Enter an address that begins with https://.'],
    ['https://bridge.example.com', ''],
    ['https://bridge example.com', 'Enter an address that begins with https://.'],
    ['https://ann@evil.example', 'Enter an address that begins with https://.'],
    [`https://bridge.example.com/${'a'.repeat(300)}`, 'It has 327 characters; at most 255 fit.'],
    [undefined, ''],
  ])('is an address, and %s says: %s', (value, fault) => {
    const { element, changed } = show('Bridge_Address__c', value);
    expect(textOf(element)).toBe(`What it does.${fault && ` ${fault}`}`);
    inside(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
    expect(changed).toHaveBeenCalledWith({ field: 'Bridge_Address__c', value: undefined });
  });

  it('is a choice of the stages of the org, with the present one though the org lacks it', async () => {
    const { element } = show('Demo_Stage__c', 'Hold', { stages: STAGES });
    const { options } = inside<Input>(element, 'lightning-combobox');
    expect(options.map(({ label }) => label)).toEqual(['Hold (not a stage of this org)', 'Qualification', 'Demo']);
    await expect(element).toBeAccessible();
  });

  it('is written out where the stages cannot be read', () => {
    const { element } = show('Demo_Stage__c', 'Demo');
    expect(inside<Input>(element, 'lightning-input').value).toBe('Demo');
  });

  it('is a choice of the record types of an object, with the default and the present one though the object lacks it', async () => {
    const { element, changed } = show('Lead_Record_Type__c', 'Reseller');
    expect(inside<Input>(element, 'lightning-input').value).toBe('Reseller');
    const type = (recordTypeId: string, name: string, master = false) => ({
      recordTypeId,
      name,
      master,
      available: true,
    });
    const recordTypeInfos = { a: type('012A', 'Partner Leads'), b: type('012M', 'Master', true) };
    recordWire(getObjectInfo).emit({ ...objectInfo(), recordTypeInfos });
    await settled();
    const box = inside<Input>(element, 'lightning-combobox');
    expect(box.options.map(({ label }) => label)).toEqual([
      'Reseller (not found)',
      'Default of the connected user',
      'Partner Leads',
    ]);
    box.dispatchEvent(new CustomEvent('change', { detail: { value: '012A' } }));
    box.dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
    expect(changed.mock.calls).toEqual([
      [{ field: 'Lead_Record_Type__c', value: '012A' }],
      [{ field: 'Lead_Record_Type__c', value: undefined }],
    ]);
    await expect(element).toBeAccessible();
  });
});
