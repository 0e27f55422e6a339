import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import AccountSites from 'c/accountSites';

describe('the sites of an Account', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('stand under their organization, two of one name as well', async () => {
    const element = mount('c-account-sites', AccountSites, {
      sites: ['Austin', 'Austin'],
      organizations: ['Acme Group'],
    });
    expect(textOf(element)).toBe('Sites Organization: Acme Group Austin Austin');
    expect(allInside(element, 'li')).toHaveLength(2);
    await expect(element).toBeAccessible();
  });

  it('are said to be none where an organization has none', async () => {
    const element = mount('c-account-sites', AccountSites, { organizations: ['Acme Group'] });
    expect(textOf(element)).toContain('This organization has no site.');
    await expect(element).toBeAccessible();
  });
});
