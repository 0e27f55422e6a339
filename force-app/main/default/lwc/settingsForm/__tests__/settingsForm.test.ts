import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { FIELDS, settingsAnswer, STAGES } from '#components/settings';
import { setup } from '@sa11y/jest';
import { savedOf, type SettingValue } from 'c/settingsData';
import SettingsForm from 'c/settingsForm';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

const SAVED_AT = '2026-03-02T12:00:00.000Z';
const LATER = '2026-03-02T12:05:00.000Z';

let stale: jest.Mock;

function show(saved = savedOf(settingsAnswer({}))): HTMLElement {
  stale = jest.fn();
  const element = mount('c-settings-form', SettingsForm, { saved, fields: FIELDS, stages: STAGES });
  element.addEventListener('stale', stale);
  return element;
}

async function type(element: HTMLElement, field: string, value: SettingValue): Promise<void> {
  inside(element, 'c-settings-group').dispatchEvent(
    new CustomEvent('settingchange', { detail: { field, value }, bubbles: true }),
  );
  await settled();
}

async function press(element: HTMLElement, event: 'save' | 'discard'): Promise<void> {
  inside(element, 'c-save-bar').dispatchEvent(new CustomEvent(event));
  await settled();
}

const barOf = (element: HTMLElement): Element | null => element.shadowRoot?.querySelector('c-save-bar') ?? null;
const leaves = (): boolean => window.dispatchEvent(new CustomEvent('beforeunload', { cancelable: true }));

describe('the form of the settings (M19)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
    jest.resetAllMocks();
  });

  it('shows every group, and saves nothing by itself', async () => {
    const element = show();
    expect(allInside(element, 'c-settings-group')).toHaveLength(8);
    expect(barOf(element)).toBeNull();
    expect(updateRecord).not.toHaveBeenCalled();
    expect(leaves()).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('saves what was changed and nothing else, if nobody saved meanwhile', async () => {
    const element = show();
    await type(element, 'Report_Days__c', 30);
    await type(element, 'Bridge_Address__c', undefined);
    await type(element, 'Demo_Stage__c', undefined);
    expect(textOf(element)).toContain('2 unsaved changes.');
    await press(element, 'save');
    expect(updateRecord).toHaveBeenCalledWith(
      { fields: { Id: 'a10', Report_Days__c: 30, Demo_Stage__c: null } },
      { ifUnmodifiedSince: SAVED_AT },
    );
    expect(stale).toHaveBeenCalledTimes(1);
    Object.assign(element, { saved: savedOf(settingsAnswer({ Report_Days__c: 30, Demo_Stage__c: null }, LATER)) });
    await settled();
    expect(barOf(element)).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it('makes the settings at the first save', async () => {
    const element = show(savedOf(settingsAnswer()));
    await type(element, 'Activity_Sync__c', true);
    await press(element, 'save');
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Settings__c',
      fields: { Name: 'Sellfire', Activity_Sync__c: true },
    });
  });

  it('keeps what was typed when a save fails, and says why', async () => {
    jest.mocked(updateRecord).mockRejectedValue(new TypeError('Failed to fetch'));
    const element = show();
    await type(element, 'Report_Days__c', 30);
    await press(element, 'save');
    expect(textOf(element)).toContain('Salesforce cannot be reached.');
    expect(textOf(element)).toContain('1 unsaved change.');
    await expect(element).toBeAccessible();
  });

  it('does not save a value that is wrong', async () => {
    const element = show();
    await type(element, 'Api_Share__c', 0);
    expect(textOf(element)).toContain('Correct what is marked, then save.');
  });

  it('asks before the window is left, and finds the draft again after another page', async () => {
    const element = show();
    await type(element, 'Report_Days__c', 30);
    expect(leaves()).toBe(false);
    element.remove();
    expect(leaves()).toBe(true);
    const again = show();
    expect(textOf(again)).toContain('1 unsaved change. What you changed before is still here, unsaved.');
    await press(again, 'discard');
    expect(barOf(again)).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it('starts anew where what was kept is broken', () => {
    sessionStorage.setItem('sellfire.settings.unsaved', '{"draft":');
    expect(barOf(show())).toBeNull();
  });

  it('shows who saved something else meanwhile, and lets the reader save as well', async () => {
    const element = show();
    await type(element, 'Report_Days__c', 30);
    Object.assign(element, { saved: savedOf(settingsAnswer({ Api_Share__c: 70 }, LATER, 'Bo Chen')) });
    await settled();
    expect(textOf(element)).toContain('Bo Chen saved these settings while you were editing.');
    expect(textOf(element)).toContain('None of the settings that you changed was touched.');
    await press(element, 'save');
    expect(updateRecord).toHaveBeenCalledWith(expect.anything(), { ifUnmodifiedSince: LATER });
  });

  it('lets the reader choose where both changed the same setting', async () => {
    jest.mocked(updateRecord).mockRejectedValueOnce({ status: 412, body: { message: 'x' } });
    const element = show();
    await type(element, 'Report_Days__c', 30);
    await press(element, 'save');
    expect(textOf(element)).toContain('Somebody else saved this while you were editing.');
    Object.assign(element, { saved: savedOf(settingsAnswer({ Report_Days__c: 365 }, LATER, 'Bo Chen')) });
    await settled();
    expect(textOf(element)).toContain('Report Days: saved as 365. You have 30.');
    inside(element, 'c-settings-conflict').dispatchEvent(new CustomEvent('keepmine'));
    await settled();
    await press(element, 'save');
    expect(updateRecord).toHaveBeenLastCalledWith(
      { fields: { Id: 'a10', Report_Days__c: 30 } },
      { ifUnmodifiedSince: LATER },
    );
  });

  it('takes what is saved where the reader wants it', async () => {
    const element = show();
    await type(element, 'Report_Days__c', 30);
    Object.assign(element, { saved: savedOf(settingsAnswer({ Report_Days__c: 365 }, LATER, 'Bo Chen')) });
    await settled();
    inside(element, 'c-settings-conflict').dispatchEvent(new CustomEvent('takesaved'));
    await settled();
    expect(barOf(element)).toBeNull();
  });
});
