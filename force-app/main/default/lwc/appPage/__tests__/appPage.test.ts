import { inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import AppPage from 'c/appPage';
import { toPageError } from 'c/errors';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});

const ERROR = toPageError({ status: 503, body: { message: 'x' } });

describe('the frame of a page', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('shows that it loads', async () => {
    const element = mount('c-app-page', AppPage, { heading: 'Settings' });
    expect(inside<HTMLElement & { alternativeText: string }>(element, 'lightning-spinner').alternativeText).toBe(
      'Loading',
    );
    await expect(element).toBeAccessible();
  });

  it('shows the page under its heading', async () => {
    const element = mount('c-app-page', AppPage, { heading: 'Settings', ready: true });
    expect(inside(element, 'h1').textContent).toBe('Settings');
    expect(element.shadowRoot?.querySelector('slot:not([name])')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says what went wrong instead of staying blank, and reads again', async () => {
    const retry = jest.fn();
    const element = mount('c-app-page', AppPage, { heading: 'Settings', error: ERROR });
    element.addEventListener('retry', retry);
    expect(textOf(element)).toContain('Wait a few minutes and try again.');
    inside(inside(element, 'c-error-message'), 'lightning-button').click();
    expect(retry).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('keeps older data in sight when a refresh fails', () => {
    const element = mount('c-app-page', AppPage, { heading: 'Settings', ready: true, error: ERROR });
    expect(textOf(element)).toContain('shows what was last read');
    expect(element.shadowRoot?.querySelector('slot:not([name])')).not.toBeNull();
  });
});
