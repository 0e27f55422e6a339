import { mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import ErrorMessage from 'c/errorMessage';
import { toPageError } from 'c/errors';

describe('an error message', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says what happened, what to do, and the code', async () => {
    const error = toPageError({ status: 404, body: { errorCode: 'NOT_FOUND', message: 'x' } });
    const element = mount('c-error-message', ErrorMessage, { error });
    expect(textOf(element)).toBe(
      'This record no longer exists. Go back and reload the page. Code for support: NOT_FOUND',
    );
    expect(element.shadowRoot?.querySelector('[role="alert"]')).not.toBeNull();
    expect(element.shadowRoot?.querySelector('lightning-button')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('is nothing where there is no error', () => {
    expect(textOf(mount('c-error-message', ErrorMessage))).toBe('');
  });
});
