import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { REPORT } from '#components/reports';
import { setup } from '@sa11y/jest';
import ReportList from 'c/reportList';

type Button = HTMLElement & { label: string; disabled: boolean };
const reports = (count: number): object[] =>
  Array.from({ length: count }, (_none, at) => ({ ...REPORT, id: `a${at}` }));

function show(given: object): { element: HTMLElement; fired: unknown[] } {
  const element = mount('c-report-list', ReportList, { filter: {}, places: [], ...given });
  const fired: unknown[] = [];
  for (const name of ['places', 'repush'])
    element.addEventListener(name, (event) => fired.push([name, (event as CustomEvent<unknown>).detail]));
  return { element, fired };
}

async function fire(element: HTMLElement, child: string, what: string, detail: unknown): Promise<void> {
  inside(element, child).dispatchEvent(new CustomEvent(what, { detail }));
  await settled();
}
const buttons = (element: HTMLElement): Button[] => allInside<Button>(element, 'lightning-button');

describe('the reports that match', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('are shown page by page, from the last row on and back', () => {
    const place = { id: 'x', occurredAt: 'y' };
    const { element, fired } = show({ reports: reports(51), total: 100_000, places: [place] });
    expect(textOf(element)).toContain('100,000 reports');
    const [, newer, older] = buttons(element);
    older?.click();
    newer?.click();
    expect(fired).toEqual([
      ['places', [place, { id: 'a49', occurredAt: REPORT.occurredAt }]],
      ['places', []],
    ]);
  });

  it('have no older page behind the last, and no newer one before the first', async () => {
    const { element } = show({ reports: reports(50), total: 50 });
    expect(buttons(element).map(({ disabled }) => disabled)).toEqual([false, true, true]);
    await expect(element).toBeAccessible();
  });

  it('are done again: those that are chosen, or all that match', async () => {
    const { element, fired } = show({ reports: reports(3), total: 3 });
    buttons(element)[0]?.click();
    await fire(element, 'c-report-table', 'choose', ['a1', 'a2']);
    expect(buttons(element)[0]?.label).toBe('Repush chosen (2)');
    buttons(element)[0]?.click();
    expect(fired).toEqual([
      ['repush', []],
      ['repush', ['a1', 'a2']],
    ]);
    const many = Array.from({ length: 201 }, (_none, at) => String(at));
    await fire(element, 'c-report-table', 'choose', many);
    expect(buttons(element)[0]?.disabled).toBe(true);
    expect(textOf(element)).toContain('Choose at most 200');
  });

  it('open one beside the table, with the focus in it and back again', async () => {
    const { element, fired } = show({ reports: reports(3), total: 3 });
    await fire(element, 'c-report-table', 'open', 'a1');
    expect(element.shadowRoot?.activeElement?.tagName).toBe('C-REPORT-DETAIL');
    await fire(element, 'c-report-detail', 'repush', 'a1');
    expect(fired).toEqual([['repush', ['a1']]]);
    await fire(element, 'c-report-detail', 'close', undefined);
    expect(allInside(element, 'c-report-detail')).toEqual([]);
    expect(element.shadowRoot?.activeElement?.tagName).toBe('C-REPORT-TABLE');
  });

  it('say that there are none, and why', async () => {
    const { element } = show({ reports: [], total: 0 });
    expect(textOf(element)).toContain('Nothing was attempted yet.');
    await expect(element).toBeAccessible();
    const narrowed = show({ reports: [], total: 0, filter: { code: 'A' } });
    expect(textOf(narrowed.element)).toContain('No report matches. Take out a filter');
  });
});
