import { mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import SetupStep from 'c/setupStep';

const step = {
  label: 'Started',
  state: 'todo',
  help: 'See the counts.',
  action: 'start',
  actionLabel: 'Start',
  rights: [],
};

describe('a step of the set-up', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['todo', 'To do'],
    ['done', 'Done'],
    ['recommended', 'Recommended'],
    ['wrong', 'Wrong'],
  ])('that is %s has an icon and the word %s', async (state, word) => {
    const element = mount('c-setup-step', SetupStep, { step: { ...step, state } });
    expect(textOf(element)).toBe(`Started ${word} See the counts.`);
    await expect(element).toBeAccessible();
  });

  it('has no button where there is nothing to do', () => {
    const element = mount('c-setup-step', SetupStep, { step: { ...step, action: undefined } });
    expect(element.shadowRoot?.querySelector('lightning-button')).toBeNull();
  });
});
