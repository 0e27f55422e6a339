import { inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import ActivateDialog from 'c/activateDialog';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

const confirm = async (element: HTMLElement): Promise<void> => {
  inside(element, 'lightning-button:last-of-type').click();
  await settled();
};

describe('the dialog on record pages', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('explains it, and takes the word of the reader', async () => {
    const closed = jest.fn();
    const element = mount('c-activate-dialog', ActivateDialog, { label: 'Activate', settingsId: 'a10' });
    element.addEventListener('close', (event) => closed((event as CustomEvent).detail));
    expect(textOf(element)).toContain('Sellfire Lead Page');
    await expect(element).toBeAccessible();
    await confirm(element);
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: 'a10', Pages_Activated__c: true } });
    expect(closed).toHaveBeenCalledWith(true);
  });

  it('makes the settings where there are none yet', async () => {
    await confirm(mount('c-activate-dialog', ActivateDialog, { label: 'Activate' }));
    expect(createRecord).toHaveBeenCalledWith({
      apiName: 'Sync_Settings__c',
      fields: { Name: 'Sellfire', Pages_Activated__c: true },
    });
  });

  it('stays open and says why it could not be saved', async () => {
    jest.mocked(updateRecord).mockRejectedValue(new TypeError('Failed to fetch'));
    const element = mount('c-activate-dialog', ActivateDialog, { label: 'Activate', settingsId: 'a10' });
    await confirm(element);
    expect(textOf(element)).toContain('Salesforce cannot be reached.');
  });
});
