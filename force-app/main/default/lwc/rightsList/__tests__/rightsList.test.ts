import { allInside, mount } from '#components/mount';
import { setup } from '@sa11y/jest';
import RightsList from 'c/rightsList';

describe('the rights of the connected user (M1)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('are listed one by one, too little and too much', async () => {
    const element = mount('c-rights-list', RightsList, {
      rights: [
        { object: 'Account', missing: [], excess: [] },
        { object: 'Lead', missing: ['create', 'edit', 'field:Rating'], excess: ['delete'] },
        { object: '', missing: ['ApiEnabled'], excess: ['ModifyAllData'] },
      ],
    });
    const lines = allInside(element, 'li').map(({ textContent }) => textContent);
    expect(lines).toEqual([
      'Account: has what is needed',
      'Lead: lacks Create, Edit, and the field Rating',
      'Lead: has Delete, which is not needed',
      'The user: lacks ApiEnabled',
      'The user: has ModifyAllData, which is not needed',
    ]);
    await expect(element).toBeAccessible();
  });
});
