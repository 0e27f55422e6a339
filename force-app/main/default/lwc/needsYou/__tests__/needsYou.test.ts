import { BAD_DAY, homeAnswer } from '#components/home';
import { allInside, inside, mount, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { setup } from '@sa11y/jest';
import { homeOf } from 'c/homeData';
import NeedsYou from 'c/needsYou';
import { filterOf } from 'c/reportFilter';

const { causes } = homeOf(homeAnswer(BAD_DAY));
type Card = HTMLElement & { title: string };

describe('what needs somebody', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('comes by cause, the most frequent first, in the words of its code, with what the bridge says of the latest', async () => {
    const element = mount('c-needs-you', NeedsYou, { causes });
    expect(inside<Card>(element, 'lightning-card').title).toBe('Needs you (1,403)');
    const [first, second] = allInside(element, 'li').map(textOf);
    expect(first).toMatch(
      /^Phone number already known The phone is on another Lead already\. 1,400 times · since .* · PHONE_EXISTS$/,
    );
    expect(second).toContain('Text longer than its field City has 60 characters, 40 are allowed. 3 times');
    await expect(element).toBeAccessible();
  });

  it('leads to the reports of a cause, and to all that need somebody, on the Reports page', () => {
    const uncoded = { code: '', count: 1, since: undefined, reason: undefined };
    const element = mount('c-needs-you', NeedsYou, { causes: [...causes, uncoded] });
    navigated.mockClear();
    for (const button of allInside(element, 'li lightning-button')) button.click();
    inside(element, 'lightning-button[slot="actions"]').click();
    const goals = navigated.mock.calls.map(([goal]) => goal);
    expect(goals.map(({ attributes }) => attributes.apiName)).toEqual(goals.map(() => 'Sellfire_Reports'));
    expect(goals.map(({ state }) => filterOf(state))).toEqual([
      ...causes.map(({ code }) => ({ outcome: 'Failed,Refused', code })),
      { outcome: 'Failed,Refused', code: '-' },
      { outcome: 'Failed,Refused' },
    ]);
  });

  it('says so where there is nothing', async () => {
    const element = mount('c-needs-you', NeedsYou);
    expect(textOf(element)).toContain('Nothing needs you.');
    await expect(element).toBeAccessible();
  });

  it('has the sentence of the bridge where its code is not known here', () => {
    const cause = { code: 'MY_TRIGGER', count: 1, since: undefined, reason: 'It failed.' };
    const element = mount('c-needs-you', NeedsYou, { causes: [cause] });
    expect(textOf(inside(element, 'li'))).toBe('It failed. 1 time · MY_TRIGGER');
  });

  it('has a row for a cause without a code or a reason', () => {
    const cause = { code: '', count: 1, since: undefined, reason: undefined };
    const element = mount('c-needs-you', NeedsYou, { causes: [cause] });
    expect(textOf(inside(element, 'li'))).toBe('Attempts without a reason. 1 time');
  });
});
