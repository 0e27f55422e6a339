import { details } from '#components/mappings';
import { allInside, inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import MappingBanner from 'c/mappingBanner';

const show = (...mapped: string[]): HTMLElement => mount('c-mapping-banner', MappingBanner, { mapped });

describe('the banner of the mapping page (M6)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says that nothing is synced before the phone number is mapped, and leads there', async () => {
    const element = show('business_name', 'state');
    expect(textOf(element)).toContain('Nothing is synced until the Sellfire primary phone number is mapped.');
    const mapped = details(element, 'map');
    inside(element, '.gate lightning-button').click();
    expect(mapped).toEqual([{ field: 'primary_phone_number' }]);
    await expect(element).toBeAccessible();
  });

  it('recommends business name and state, each with its reason', async () => {
    const element = show('primary_phone_number');
    const text = textOf(element);
    expect(text).not.toContain('Nothing is synced');
    expect(text).toContain('Salesforce requires a company for a Lead');
    expect(text).toContain('one party or all parties must consent');
    const mapped = details(element, 'map');
    for (const button of allInside(element, 'lightning-button')) button.click();
    expect(mapped).toEqual([{ field: 'business_name' }, { field: 'state' }]);
    await expect(element).toBeAccessible();
  });

  it('is gone once all three are mapped', () => {
    expect(textOf(show('primary_phone_number', 'business_name', 'state'))).toBe('');
  });
});
