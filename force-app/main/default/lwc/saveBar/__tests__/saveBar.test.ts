import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import SaveBar from 'c/saveBar';

type Button = HTMLElement & { disabled: boolean };

describe('the bar of unsaved changes', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('counts them and offers both ways', async () => {
    const pressed: string[] = [];
    const element = mount('c-save-bar', SaveBar, { count: 3 });
    for (const name of ['save', 'discard']) element.addEventListener(name, () => pressed.push(name));
    expect(textOf(element)).toBe('3 unsaved changes.');
    for (const button of allInside(element, 'lightning-button')) button.click();
    expect(pressed).toEqual(['discard', 'save']);
    await expect(element).toBeAccessible();
  });

  it('says that they were made before, and what holds them up', () => {
    const element = mount('c-save-bar', SaveBar, { count: 1, restored: true, blocked: true });
    expect(textOf(element)).toBe(
      '1 unsaved change. What you changed before is still here, unsaved. Correct what is marked, then save.',
    );
    expect(allInside<Button>(element, 'lightning-button').map(({ disabled }) => disabled)).toEqual([false, true]);
  });
});
