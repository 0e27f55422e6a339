import { details } from '#components/mappings';
import { allInside, mount } from '#components/mount';
import { setup } from '@sa11y/jest';
import MappingStart from 'c/mappingStart';

describe('the mapping page without a mapping', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('offers three ways to begin', async () => {
    const element = mount('c-mapping-start', MappingStart);
    const begun = details(element, 'begin');
    for (const button of allInside(element, 'button')) button.click();
    expect(begun).toEqual([{ way: 'phone' }, { way: 'set' }, { way: 'rules' }]);
    await expect(element).toBeAccessible();
  });
});
