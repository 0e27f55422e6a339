import { details } from '#components/mappings';
import { allInside, inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import MappingFilters from 'c/mappingFilters';
import { NO_FILTER, type Filter } from 'c/mappingRows';

const OBJECTS = [{ label: 'Lead', value: 'Lead' }];

function show(filter: Partial<Filter> = {}): { element: HTMLElement; changed: Filter[] } {
  const properties = { objects: OBJECTS, filter: { ...NO_FILTER, ...filter }, shown: 12, total: 500 };
  const element = mount('c-mapping-filters', MappingFilters, properties);
  return { element, changed: details<Filter>(element, 'filter') };
}
const change = (element: HTMLElement, selector: string, value: string): boolean =>
  inside(element, selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('the filters of the mapping table', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('say how many of how many mappings are left', async () => {
    const { element } = show();
    expect(textOf(inside(element, '[role="status"]'))).toContain('12 of 500 mappings shown');
    await expect(element).toBeAccessible();
  });

  it('change one part and keep the others', () => {
    const { element, changed } = show({ trigger: 'sale' });
    change(element, 'lightning-input', 'city');
    change(element, '[data-name="status"]', 'issue');
    change(element, '[data-name="object"]', 'Lead');
    expect(changed).toEqual([
      { ...NO_FILTER, trigger: 'sale', text: 'city' },
      { ...NO_FILTER, trigger: 'sale', status: 'issue' },
      { ...NO_FILTER, trigger: 'sale', object: 'Lead' },
    ]);
  });

  it('are cleared at once, and offer that only where something is filtered', () => {
    expect(allInside(show().element, 'lightning-button')).toEqual([]);
    document.body.replaceChildren();
    const { element, changed } = show({ text: 'x', object: 'Lead' });
    inside(element, 'lightning-button').click();
    expect(changed).toEqual([NO_FILTER]);
  });
});
