import { details } from '#components/mappings';
import { allInside, mount } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { Draft } from 'c/fieldFit';
import { NEW_DRAFT, type Step } from 'c/mappingDraft';
import MappingPath from 'c/mappingPath';

const show = (step: Step, draft: Partial<Draft> = {}): HTMLElement =>
  mount('c-mapping-path', MappingPath, { step, draft: { ...NEW_DRAFT, ...draft } });
const buttons = (element: HTMLElement): HTMLButtonElement[] => allInside<HTMLButtonElement>(element, 'button');

describe('the path of the editor', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says where one is, and leads only where one can go', async () => {
    const element = show('what');
    expect(buttons(element).map((button) => button.getAttribute('aria-current'))).toEqual([null, 'step', null, null]);
    expect(buttons(element).map(({ disabled }) => disabled)).toEqual([false, false, true, true]);
    const gone = details(element, 'go');
    buttons(element)[0]?.click();
    expect(gone).toEqual([{ step: 'when' }]);
    await expect(element).toBeAccessible();
  });

  it('opens every step of a mapping that has everything', () => {
    const element = show('when', { sellfireField: 'title', salesforceField: 'Title', rule: 'TwoWay' });
    expect(buttons(element).map(({ disabled }) => disabled)).toEqual([false, false, false, false]);
  });

  it('stays shut behind a mapping that fires on nothing', () => {
    expect(buttons(show('when', { triggers: [] })).map(({ disabled }) => disabled)).toEqual([false, true, true, true]);
  });
});
