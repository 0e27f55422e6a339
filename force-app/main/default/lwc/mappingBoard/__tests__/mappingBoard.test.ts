import { catalogue, details, LEAD, mapping, objectInfos } from '#components/mappings';
import { allInside, inside, mount, settled } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import MappingBoard from 'c/mappingBoard';
import { NO_FILTER, type Row } from 'c/mappingRows';
import { getObjectInfos } from 'lightning/uiObjectInfoApi';

type Table = HTMLElement & { rows: Row[]; total: number };

const MAPPINGS = [
  mapping({ id: '1' }),
  mapping({
    id: '2',
    sellfireField: 'custom_interests',
    salesforceObject: 'Secret__c',
    salesforceField: 'List__c',
    status: 'Issue',
    reason: 'Gone.',
  }),
  mapping({ id: '3', sellfireField: 'left_behind' }),
];

async function show(mappings = MAPPINGS): Promise<HTMLElement> {
  const element = mount('c-mapping-board', MappingBoard, { mappings, catalogue: catalogue() });
  recordWire(getObjectInfos).emit(objectInfos(LEAD, 'Secret__c'));
  await settled();
  return element;
}
const tables = (element: HTMLElement): Record<string, string[]> =>
  Object.fromEntries(
    allInside<Table>(element, 'c-mapping-table').map(({ dataset, rows }) => [
      dataset.section,
      rows.map(({ id }) => id),
    ]),
  );

describe('all mappings', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('stand in their sections: of the system, custom, and of fields that Sellfire does not have', async () => {
    const element = await show();
    expect(tables(element)).toEqual({ system: ['1'], custom: ['2'], gone: ['3'] });
    expect(tables(await show([mapping()]))).toEqual({ system: ['a01000000000001AAA'], custom: [] });
    await expect(element).toBeAccessible();
  });

  it('stand together by the names of their fields before the fields of Sellfire are read', async () => {
    const element = mount('c-mapping-board', MappingBoard, { mappings: MAPPINGS });
    await settled();
    expect(tables(element)).toEqual({ unread: ['1', '2', '3'] });
    Object.assign(element, { catalogue: catalogue() });
    await settled();
    expect(tables(element)).toEqual({ system: ['1'], custom: ['2'], gone: ['3'] });
  });

  it('have the labels of the org, and API names where the user may not see the object', async () => {
    const rows = allInside<Table>(await show(), 'c-mapping-table').flatMap((table) => table.rows);
    expect(rows.map(({ title }) => title)).toEqual([
      'Title ↔ Lead, Title',
      'Interests ↔ Secret__c, List__c',
      'left_behind ↔ Lead, Title',
    ]);
    expect(recordWire(getObjectInfos).getLastConfig()).toEqual({ objectApiNames: ['Lead', 'Secret__c'] });
  });

  it('are searched and filtered over all sections', async () => {
    const element = await show();
    const filters = inside<HTMLElement & { shown: number; total: number }>(element, 'c-mapping-filters');
    filters.dispatchEvent(new CustomEvent('filter', { detail: { ...NO_FILTER, text: 'GONE list__c' } }));
    await settled();
    expect(tables(element)).toEqual({ system: [], custom: ['2'], gone: [] });
    expect([filters.shown, filters.total]).toEqual([1, 3]);
    filters.dispatchEvent(
      new CustomEvent('filter', { detail: { ...NO_FILTER, object: 'Lead', trigger: 'createUpdate', status: 'ok' } }),
    );
    await settled();
    expect(tables(element)).toEqual({ system: ['1'], custom: [], gone: ['3'] });
  });

  it('have a heading that takes the focus, the first one where a section is gone', async () => {
    const element = await show(MAPPINGS.slice(0, 2));
    const focused = (section: string): string | undefined => {
      (element as HTMLElement & { focusSection: (section: string) => void }).focusSection(section);
      return (element.shadowRoot?.activeElement as HTMLElement | undefined)?.dataset.section;
    };
    expect(['custom', 'gone'].map(focused)).toEqual(['custom', 'system']);
  });

  it('hand on what is to be done with which', async () => {
    const element = await show();
    const acted = details<{ action: string; row: Row }>(element, 'act');
    inside(element, 'c-mapping-table[data-section="custom"]').dispatchEvent(
      new CustomEvent('act', { detail: { action: 'edit', id: '2' } }),
    );
    expect(acted).toMatchObject([{ action: 'edit', row: { id: '2', title: 'Interests ↔ Secret__c, List__c' } }]);
  });

  it('are made into rows once, until something else is known of them', async () => {
    const element = await show();
    const rows = (): Row[] => allInside<Table>(element, 'c-mapping-table').flatMap((table) => table.rows);
    const [first] = rows();
    inside(element, 'c-mapping-filters').dispatchEvent(
      new CustomEvent('filter', { detail: { ...NO_FILTER, text: 'title' } }),
    );
    await settled();
    expect(rows()[0]).toBe(first);
    recordWire(getObjectInfos).emit(objectInfos({ ...LEAD, label: 'Prospect' }));
    await settled();
    expect(rows()[0]).toMatchObject({ id: first?.id, salesforceObject: 'Prospect' });
  });
});
