import { details } from '#components/mappings';
import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { Trigger } from 'c/fieldFit';
import WhenStep from 'c/whenStep';

const show = (...triggers: Trigger[]): HTMLElement => mount('c-when-step', WhenStep, { triggers });
const boxes = (element: HTMLElement): HTMLInputElement[] => allInside<HTMLInputElement>(element, 'input');

describe('the step When (M4)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('offers the three moments, each with what it means', async () => {
    const element = show('createUpdate');
    expect(boxes(element).map(({ checked }) => checked)).toEqual([true, false, false]);
    expect(textOf(element)).toContain('A rep sets a demo in Sellfire.');
    await expect(element).toBeAccessible();
  });

  it('takes any of them together', () => {
    const element = show('createUpdate');
    const changed = details(element, 'change');
    boxes(element)[2]?.click();
    boxes(element)[0]?.click();
    expect(changed).toEqual([{ triggers: ['createUpdate', 'sale'] }, { triggers: [] }]);
  });

  it('asks for at least one', () => {
    expect(textOf(show())).toContain('Choose at least one.');
  });
});
