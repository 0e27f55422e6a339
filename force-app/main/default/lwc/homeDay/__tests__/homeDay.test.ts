import { FIRST_DAY, GOOD_DAY, homeAnswer } from '#components/home';
import { mount, settled, textOf } from '#components/mount';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import HomeDay from 'c/homeDay';
import { graphql } from 'lightning/graphql';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
const wire = graphqlWire(graphql);

describe('the last day beside Home', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows changes by hour and both budgets', async () => {
    const element = mount('c-home-day', HomeDay);
    wire.emit(homeAnswer(GOOD_DAY));
    await settled();
    expect(textOf(element)).toContain('1,456 to Sellfire');
    expect(textOf(element)).toContain('3,100 of 50,000');
    expect(textOf(element)).toContain('9,800 of 25,000');
    await expect(element).toBeAccessible();
  });

  it('says what comes next before a bridge was ever connected', async () => {
    const element = mount('c-home-day', HomeDay);
    wire.emit(homeAnswer(FIRST_DAY));
    await settled();
    expect(textOf(element)).toContain('Nothing is written before you press Start.');
    await expect(element).toBeAccessible();
  });

  it('says what went wrong', async () => {
    const element = mount('c-home-day', HomeDay);
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
    await expect(element).toBeAccessible();
  });
});
