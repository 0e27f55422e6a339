import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { details, FIELDS, LEAD, mapping } from '#components/mappings';
import { setup } from '@sa11y/jest';
import { toRow, type MappingRecord, type Row } from 'c/mappingRows';
import MappingTable from 'c/mappingTable';

const rowOf = (extra: Partial<MappingRecord>): Row =>
  toRow(
    mapping(extra),
    {
      sellfire: ({ sellfireField }) => FIELDS.find(({ name }) => name === sellfireField),
      object: () => LEAD,
      beside: { mappings: [], createsRecords: true },
      isRead: true,
    },
    { inspect: 'Inspect {0}', actions: 'Actions for {0}' },
  );
const firstCells = (element: HTMLElement): string[] =>
  allInside(element, 'tbody th .name').map(({ textContent }) => textContent ?? '');
const MANY = Array.from({ length: 500 }, (_, at) =>
  rowOf({ id: String(at), sellfireField: `f_${String(at).padStart(3, '0')}` }),
);

function show(rows: Row[], total = rows.length): HTMLElement {
  return mount('c-mapping-table', MappingTable, { heading: 'System fields', rows, total });
}

describe('the mapping table', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says of each mapping what it joins, which way, when, by which rule, and how it stands (M4, M5, M8)', async () => {
    const element = show([
      rowOf({
        status: 'Issue',
        reason: 'Title takes a length of 80. Map a longer field, or shorten the values in Sellfire.',
      }),
    ]);
    const text = textOf(inside(element, 'tbody'));
    for (const part of [
      'Title',
      'Lead',
      'Created or updated',
      'Two-way sync',
      'Issue',
      'Map a longer field, or shorten the values in Sellfire.',
    ])
      expect(text).toContain(part);
    const [direction, status] = allInside<HTMLElement & { alternativeText: string; iconName: string }>(
      element,
      'tbody lightning-icon',
    );
    expect(direction?.alternativeText).toBe('Both ways');
    expect(status?.iconName).toBe('utility:error');
    await expect(element).toBeAccessible();
  });

  it('says what a mapping that was not checked yet waits for, and that one is off', () => {
    expect(textOf(show([rowOf({ status: '' })]))).toContain('The bridge has not checked it yet.');
    document.body.replaceChildren();
    const off = textOf(show([rowOf({ rule: 'DoNotSync', reason: 'whatever' })]));
    expect(off).toContain('Off');
    expect(off).not.toContain('whatever');
  });

  it('draws the first of five hundred rows, and more when asked', async () => {
    const element = show(MANY);
    expect(firstCells(element)).toHaveLength(25);
    const more = inside<HTMLElement & { label: string }>(element, 'section > div > lightning-button');
    expect(more.label).toBe('Show 50 more');
    more.click();
    await settled();
    expect(firstCells(element)).toHaveLength(75);
    Object.assign(element, { rows: [...(element as HTMLElement & { rows: Row[] }).rows] });
    await settled();
    expect(firstCells(element)).toHaveLength(75);
    expect(textOf(inside(element, 'h2'))).toBe('System fields (500 of 500)');
  });

  it('draws what is in sight while nothing can be done with it, because it is replaced in a moment', async () => {
    const element = mount('c-mapping-table', MappingTable, { rows: MANY, total: 500, isShut: true });
    expect(firstCells(element)).toHaveLength(15);
    inside(element, 'button.sort').click();
    await settled();
    expect(firstCells(element)).toHaveLength(15);
  });

  it('sorts by a column, and back', async () => {
    const element = show([rowOf({ id: '1' }), rowOf({ id: '2', sellfireField: 'business_name', status: 'Issue' })]);
    expect(firstCells(element)).toEqual(['Business Name', 'Title']);
    const [sellfire] = allInside<HTMLButtonElement>(element, 'button.sort');
    expect(allInside(element, 'thead th')[0]?.getAttribute('aria-sort')).toBe('ascending');
    sellfire?.click();
    await settled();
    expect(firstCells(element)).toEqual(['Title', 'Business Name']);
    expect(allInside(element, 'thead th')[0]?.getAttribute('aria-sort')).toBe('descending');
    inside(element, 'button[data-key="statusText"]').click();
    await settled();
    expect(firstCells(element)).toEqual(['Business Name', 'Title']);
    await expect(element).toBeAccessible();
  });

  it('offers what can be done with a row, and inspects two dropdowns only', () => {
    const rows = [rowOf({ id: '1' }), rowOf({ id: '2', sellfireField: 'industry', salesforceField: 'Industry' })];
    const element = show(rows);
    const acted = details(element, 'act');
    expect(allInside(element, 'td lightning-button').map(({ dataset }) => dataset.id)).toEqual(['2']);
    inside(element, 'td lightning-button').click();
    inside(element, 'lightning-button-menu[data-id="1"]').dispatchEvent(
      new CustomEvent('select', { detail: { value: 'delete' } }),
    );
    expect(acted).toEqual([
      { action: 'inspect', id: '2' },
      { action: 'delete', id: '1' },
    ]);
  });

  it('says why it is empty', () => {
    expect(textOf(show([]))).toContain('No mapping here.');
    document.body.replaceChildren();
    expect(textOf(show([], 3))).toContain('No mapping matches.');
  });
});
