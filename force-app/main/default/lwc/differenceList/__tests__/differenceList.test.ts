import { mount, settled, textOf } from '#components/mount';
import { DIFFERING } from '#components/why';
import { setup } from '@sa11y/jest';
import DifferenceList from 'c/differenceList';
import { explainedOf } from 'c/whyData';

describe('fields that differ', () => {
  beforeAll(() => setup());

  it('show what each side holds, and why nothing levels it', async () => {
    const element = mount('c-difference-list', DifferenceList, { differences: explainedOf(DIFFERING)?.differing });
    await settled();
    expect(textOf(element)).toContain('City (blank) Austin Linking changes neither side.');
    await expect(element).toBeAccessible();
  });
});
