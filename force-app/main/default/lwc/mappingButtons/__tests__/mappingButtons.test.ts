import { details, mapping } from '#components/mappings';
import { allInside, mount } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { Draft } from 'c/fieldFit';
import MappingButtons from 'c/mappingButtons';
import { draftOf, NEW_DRAFT } from 'c/mappingDraft';

type Button = HTMLElement & { label: string; disabled?: boolean };

const DRAFT = draftOf(mapping());
const FINE = { isDead: false, isLoading: false };

const show = (properties: object): HTMLElement =>
  mount('c-mapping-buttons', MappingButtons, { draft: DRAFT, verdict: FINE, ...properties });
const buttons = (element: HTMLElement): Button[] => allInside<Button>(element, '[data-action]');
/** The actions that can be pressed. */
const possible = (element: HTMLElement): (string | undefined)[] =>
  buttons(element)
    .filter(({ disabled }) => !disabled)
    .map(({ dataset }) => dataset.action);

describe('the buttons of the mapping editor', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('lead on and back, without Save before the last step', async () => {
    const element = show({ step: 'rule' });
    expect(buttons(element).map(({ label }) => label)).toEqual(['Cancel', 'Back', 'Next']);
    const pressed = details(element, 'press');
    for (const button of buttons(element)) button.click();
    expect(pressed).toEqual(['cancel', 'back', 'next'].map((action) => ({ action })));
    await expect(element).toBeAccessible();
  });

  it('save at the last step, which has no further one', async () => {
    const element = show({ step: 'check' });
    expect(buttons(element).map(({ label }) => label)).toEqual([
      'Cancel',
      'Back',
      'Save and apply to existing',
      'Save',
    ]);
    const pressed = details(element, 'press');
    for (const button of buttons(element)) button.click();
    expect(pressed).toEqual(['cancel', 'back', 'apply', 'save'].map((action) => ({ action })));
    await expect(element).toBeAccessible();
  });

  it.each<[string, object, string[]]>([
    ['no step before the first', { step: 'when' }, ['cancel', 'next']],
    ['a step that lacks something', { step: 'what', draft: NEW_DRAFT }, ['cancel', 'back']],
    ['an object that is still read', { step: 'what', verdict: { ...FINE, isLoading: true } }, ['cancel', 'back']],
    [
      'a rule, which waits for no object',
      { step: 'rule', verdict: { ...FINE, isLoading: true } },
      ['cancel', 'back', 'next'],
    ],
    ['a mapping by which nothing passes', { step: 'check', verdict: { ...FINE, isDead: true } }, ['cancel', 'back']],
    ['a save under way', { step: 'check', isBlocked: true }, ['cancel', 'back']],
  ])('can be pressed as it fits: %s', (_what, properties, actions) => {
    expect(possible(show(properties))).toEqual(actions);
  });

  it.each<[string, Partial<Draft>]>([
    ['is off', { rule: 'DoNotSync' }],
    ['fires at a sale only', { triggers: ['sale'] }],
    ['is of another object than the lead', { sellfireObject: 'sale' }],
  ])('apply nothing to existing records where the mapping %s (M9)', (_what, changed) => {
    expect(possible(show({ step: 'check', draft: { ...DRAFT, ...changed } }))).toEqual(['cancel', 'back', 'save']);
  });
});
