import { allInside, inside, mount, textOf } from '#components/mount';
import { REPORT } from '#components/reports';
import { setup } from '@sa11y/jest';
import ReportTable from 'c/reportTable';

const OTHER = { ...REPORT, id: 'a0R2', number: 'IR-0000002', code: '', reason: '', outcome: 'Success', recordName: '' };

function show(given: object = {}): { element: HTMLElement; fired: unknown[] } {
  const element = mount('c-report-table', ReportTable, { reports: [REPORT, OTHER], ...given });
  const fired: unknown[] = [];
  for (const name of ['choose', 'open'])
    element.addEventListener(name, (event) => fired.push([name, (event as CustomEvent<unknown>).detail]));
  return { element, fired };
}

function tick(element: HTMLElement, at: number, checked: boolean): void {
  const box = allInside<HTMLInputElement>(element, 'input')[at];
  if (!box) throw new Error('no box');
  box.checked = checked;
  box.dispatchEvent(new CustomEvent('change'));
}

describe('the table of reports (M31)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says of each what happened to which record, and why', async () => {
    const { element } = show();
    const [first, second] = allInside(element, 'tbody tr').map(textOf);
    expect(first).toContain(
      'Created Sellfire to Salesforce Lead · Acme Bakery ld_1 Failed Text longer than its field STRING_TOO_LONG',
    );
    expect(second).toContain('Lead · 00Q1 ld_1 Done');
    await expect(element).toBeAccessible();
  });

  it('chooses one, or all of the page, and keeps what was chosen on others', () => {
    const { element, fired } = show({ chosen: ['x'] });
    tick(element, 1, true);
    tick(element, 0, true);
    expect(fired).toEqual([
      ['choose', ['x', 'a0R1']],
      ['choose', ['x', 'a0R1', 'a0R2']],
    ]);
  });

  it('takes out of the choice again', () => {
    const { element, fired } = show({ chosen: ['x', 'a0R1', 'a0R2'] });
    expect(allInside<HTMLInputElement>(element, 'input').map(({ checked }) => checked)).toEqual([true, true, true]);
    tick(element, 1, false);
    tick(element, 0, false);
    expect(fired).toEqual([
      ['choose', ['x', 'a0R2']],
      ['choose', ['x']],
    ]);
  });

  it('opens a row, which is marked, and gets the focus back', () => {
    const { element, fired } = show({ opened: 'a0R1' });
    const button = inside(element, 'button[data-id="a0R1"]');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    button.click();
    expect(fired).toEqual([['open', 'a0R1']]);
    (element as HTMLElement & { focusRow: (id: string) => void }).focusRow('a0R2');
    expect(element.shadowRoot?.activeElement?.getAttribute('data-id')).toBe('a0R2');
  });
});
