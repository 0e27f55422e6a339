import { allInside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import WhyPage from 'c/whyPage';

describe('the page Why without the permission', () => {
  beforeAll(() => setup());

  it('says which permission set is needed, and asks nothing', async () => {
    const element = mount('c-why-page', WhyPage);
    await settled();
    expect(textOf(element)).toContain('Sellfire Administrator');
    expect(allInside(element, 'c-why-box')).toEqual([]);
    await expect(element).toBeAccessible();
  });
});
