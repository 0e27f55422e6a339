import { details } from '#components/mappings';
import { inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import UnsavedChoices from 'c/unsavedChoices';

const show = (): HTMLElement =>
  mount('c-unsaved-choices', UnsavedChoices, { label: 'Leave without saving?', editing: 'Edit Title' });

describe('leaving the editor', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['goes on with the choices', 'edit'],
    ['forgets them only by its own button', 'discard'],
  ])('%s', async (_what, answer) => {
    const element = show();
    const closed = details(element, 'close');
    expect(textOf(element)).toContain('What you chose is not saved: Edit Title.');
    await expect(element).toBeAccessible();
    inside(element, `[data-action="${answer}"]`).click();
    expect(closed).toEqual([answer]);
  });
});
