import { allInside, inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import type { ReportFilter } from 'c/reportFilter';
import ReportFilters from 'c/reportFilters';

type List = HTMLElement & { label: string; value: string; options: { label: string; value: string }[] };
type Pill = HTMLElement & { label: string };

function show(filter: ReportFilter): { element: HTMLElement; fired: ReportFilter[] } {
  const element = mount('c-report-filters', ReportFilters, { filter, codes: ['STRING_TOO_LONG', ''] });
  const fired: ReportFilter[] = [];
  element.addEventListener('filter', (event) => fired.push((event as CustomEvent<ReportFilter>).detail));
  return { element, fired };
}

describe('what the table is narrowed to', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is chosen from lists, in words', async () => {
    const { element, fired } = show({ outcome: 'Failed' });
    const lists = allInside<List>(element, 'lightning-combobox');
    expect(lists.map(({ label, value }) => [label, value])).toEqual([
      ['Result', 'Failed'],
      ['Direction', ''],
      ['Salesforce object', ''],
      ['Cause', ''],
    ]);
    expect(lists[3]?.options.map(({ label }) => label)).toEqual([
      'Any',
      'Text longer than its field',
      'Without a code',
    ]);
    lists[3]?.dispatchEvent(new CustomEvent('change', { detail: { value: '-' } }));
    expect(fired).toEqual([{ outcome: 'Failed', code: '-' }]);
    await expect(element).toBeAccessible();
  });

  it('stands as pills, each of which takes itself out', () => {
    const { element, fired } = show({ outcome: 'Failed,Refused', code: 'NEW_CODE', since: '2026-03-01' });
    const pills = allInside<Pill>(element, 'lightning-pill');
    expect(pills.map(({ label }) => label)).toEqual([
      'Result: Failed or refused',
      'Cause: NEW_CODE',
      'From: 2026-03-01',
    ]);
    pills[1]?.dispatchEvent(new CustomEvent('remove', { cancelable: true }));
    inside(element, 'lightning-button').click();
    expect(fired).toEqual([{ outcome: 'Failed,Refused', since: '2026-03-01' }, {}]);
  });

  it('is searched when somebody has finished typing, and not when nothing changed', () => {
    const { element, fired } = show({});
    const search = inside<HTMLElement & { value: string }>(element, 'lightning-input');
    search.dispatchEvent(new CustomEvent('blur'));
    expect(fired).toEqual([]);
    search.value = ' Acme ';
    search.dispatchEvent(new CustomEvent('commit'));
    expect(fired).toEqual([{ text: 'Acme' }]);
  });

  it('has days from and to', () => {
    const { element, fired } = show({ until: '2026-03-02' });
    const [since, until] = allInside<HTMLInputElement>(element, 'input[type="date"]');
    expect(until?.value).toBe('2026-03-02');
    if (since) since.value = '2026-03-01';
    since?.dispatchEvent(new CustomEvent('change'));
    expect(fired).toEqual([{ until: '2026-03-02', since: '2026-03-01' }]);
  });

  it('has no pills where nothing is chosen', () => {
    const { element } = show({});
    expect(allInside(element, 'lightning-pill')).toEqual([]);
    expect(textOf(element)).toBe('From To');
  });
});
