import { inside, mount, settled } from '#components/mount';
import { setup } from '@sa11y/jest';
import RecordActions from 'c/recordActions';
import { createRecord } from 'lightning/uiRecordApi';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});

describe('what administrators can do from a record besides', () => {
  beforeAll(() => setup());

  it('is to ask why it is, or is not, in sync (B16)', async () => {
    const element = mount('c-record-actions', RecordActions, { recordId: '00Q1', objectApiName: 'Lead' });
    await settled();
    expect(inside<HTMLElement & { about: string }>(element, 'c-why-button').about).toBe('00Q1');
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });
});
