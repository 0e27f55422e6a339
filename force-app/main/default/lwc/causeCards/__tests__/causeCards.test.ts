import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { CAUSES, causesAnswer } from '#components/reports';
import { setup } from '@sa11y/jest';
import CauseCards from 'c/causeCards';
import { causesOf } from 'c/reportCauses';

const causes = causesOf(causesAnswer(CAUSES));
const show = (given: object = { causes }): HTMLElement => mount('c-cause-cards', CauseCards, given);
type Button = HTMLElement & { label: string };

describe('cards of what failed (M31, M32)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('stand by cause, the most frequent first: title, count, since when, what the bridge says of the latest', async () => {
    const element = show();
    const [first, second, third] = allInside(element, 'article').map(textOf);
    expect(first).toMatch(/^Phone number already known 1,400 times · since .* · PHONE_EXISTS The phone is on another/);
    expect(second).toContain('Text longer than its field 3 times');
    expect(third).toMatch(/^It failed\. 1 time · since/);
    const labels = allInside<Button>(element, 'footer lightning-button').map(({ label }) => label);
    expect(labels).toEqual(['See them', 'Repush all 1,400', 'See them', 'Repush all 3', 'See them', 'Repush']);
    await expect(element).toBeAccessible();
  });

  it('lead to the reports of their cause, and to doing them again', () => {
    const element = show();
    const fired: string[] = [];
    for (const name of ['see', 'repush'])
      element.addEventListener(name, (event) => fired.push(`${name} ${(event as CustomEvent<string>).detail}`));
    for (const button of allInside<Button>(element, 'footer lightning-button')) button.click();
    expect(fired).toEqual([
      ...['see PHONE_EXISTS', 'repush PHONE_EXISTS'],
      ...['see STRING_TOO_LONG', 'repush STRING_TOO_LONG'],
      ...['see -', 'repush -'],
    ]);
  });

  it('are six, and all of them on request', async () => {
    const many = Array.from({ length: 8 }, (_none, at) => ({
      code: `C${at}`,
      count: 1,
      since: undefined,
      reason: 'x',
    }));
    const element = show({ causes: many });
    expect(allInside(element, 'article')).toHaveLength(6);
    const more = inside<Button>(element, 'section > lightning-button');
    expect(more.label).toBe('Show 2 more');
    more.click();
    await settled();
    expect(allInside(element, 'article')).toHaveLength(8);
    expect(allInside(element, 'section > lightning-button')).toEqual([]);
  });

  it('say that nothing failed', async () => {
    const element = show({});
    expect(textOf(element)).toContain('Nothing failed in the last seven days.');
    await expect(element).toBeAccessible();
  });
});
