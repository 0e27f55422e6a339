import { mount, settled, textOf } from '#components/mount';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import HomeDay from 'c/homeDay';
import { graphql } from 'lightning/graphql';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: undefined }), {
  virtual: true,
});

describe('the last day beside Home, for whoever lacks the permission', () => {
  beforeAll(() => setup());

  it('asks nothing and shows nothing', async () => {
    const element = mount('c-home-day', HomeDay);
    await settled();
    expect(graphqlWire(graphql).getLastConfig()?.query).toBeUndefined();
    expect(textOf(element)).toBe('');
    await expect(element).toBeAccessible();
  });
});
