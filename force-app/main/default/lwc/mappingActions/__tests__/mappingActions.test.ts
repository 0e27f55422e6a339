import { details } from '#components/mappings';
import { allInside, mount } from '#components/mount';
import { setup } from '@sa11y/jest';
import MappingActions from 'c/mappingActions';

type Button = HTMLElement & { label?: string; alternativeText?: string; disabled?: boolean };

const show = (isShut: boolean): HTMLElement => mount('c-mapping-actions', MappingActions, { isShut });
const buttons = (element: HTMLElement): Button[] => allInside<Button>(element, '[data-kind]');

describe('the buttons of the mapping page', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('have words each, and say which of them was pressed', async () => {
    const element = show(false);
    const begun = details(element, 'begin');
    expect(buttons(element).map(({ label, alternativeText }) => label ?? alternativeText)).toEqual([
      'How rules work',
      'Recommended set',
      'Map Custom Field',
      'Map System Field',
      'Refresh',
    ]);
    for (const button of buttons(element)) button.click();
    expect(begun).toEqual(['help', 'set', 'custom', 'system', 'refresh'].map((way) => ({ way })));
    expect(buttons(element).filter(({ disabled, title }) => disabled || title)).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('say why no mapping can be made yet; help and reading again stay possible', async () => {
    const element = show(true);
    const why = 'Possible once the fields of Sellfire are read';
    expect(buttons(element).map(({ disabled, title }) => [disabled ?? false, title])).toEqual([
      [false, ''],
      [true, why],
      [true, why],
      [true, why],
      [false, ''],
    ]);
    await expect(element).toBeAccessible();
  });
});
