import { mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import AppPage from 'c/appPage';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: undefined }), {
  virtual: true,
});

describe('the frame of a page, for somebody without the permission', () => {
  beforeAll(() => setup());

  it('says which permission set is missing and who can give it, and shows nothing else', async () => {
    const element = mount('c-app-page', AppPage, { heading: 'Settings', ready: true });
    expect(textOf(element)).toBe(
      'You need the permission set Sellfire Administrator to see this page. Ask somebody who can assign permission sets: Setup, Users, your name, Permission Set Assignments.',
    );
    expect(element.shadowRoot?.querySelector('slot')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
