import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import ChangeList from 'c/changeList';

describe('what was written, field by field (B2)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is there before and after, whatever it is, with the rule', async () => {
    const changes = [
      { field: 'City', before: 'Austin', after: 'Dallas', rule: 'Two-way sync' },
      { field: 'Seats', before: undefined, after: 0, rule: '' },
      { field: 'Tags', before: [], after: ['a', 'b'], rule: '' },
      { field: 'Sold', before: false, after: true, rule: '' },
      { field: 'Odd', before: null, after: { a: 1 }, rule: '' },
    ];
    const element = mount('c-change-list', ChangeList, { changes });
    expect(allInside(element, 'tbody tr').map(textOf)).toEqual([
      'City Rule: Two-way sync Austin Dallas',
      'Seats (blank) 0',
      'Tags (blank) a, b',
      'Sold No Yes',
      'Odd (blank) {"a":1}',
    ]);
    await expect(element).toBeAccessible();
  });
});
