import { catalogue, catalogueAnswer, mapping, mappingsAnswer } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import ApplyMapping from 'c/applyMapping';
import DeleteMapping from 'c/deleteMapping';
import FieldMappings from 'c/fieldMappings';
import MappingEditor from 'c/mappingEditor';
import type { MappingRecord } from 'c/mappingRows';
import OptionInspector from 'c/optionInspector';
import { keepDraft, keptDraft, type KeptDraft } from 'c/keptDraft';
import { NEW_DRAFT } from 'c/mappingDraft';
import RecommendedSet from 'c/recommendedSet';
import UnsavedChoices from 'c/unsavedChoices';
import { graphql } from 'lightning/graphql';
import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';

// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});

const asksMappings = (config: unknown): boolean => JSON.stringify(config).includes('query FieldMappings');
const asksCatalogue = (config: unknown): boolean => JSON.stringify(config).includes('query MappableFields');
const refresh = jest.fn().mockResolvedValue(undefined);
const open = {
  editor: jest.fn(),
  inspector: jest.fn(),
  remove: jest.fn(),
  apply: jest.fn(),
  set: jest.fn(),
  unsaved: jest.fn(),
};
Object.assign(MappingEditor, { open: open.editor });
Object.assign(OptionInspector, { open: open.inspector });
Object.assign(DeleteMapping, { open: open.remove });
Object.assign(ApplyMapping, { open: open.apply });
Object.assign(RecommendedSet, { open: open.set });
Object.assign(UnsavedChoices, { open: open.unsaved });

async function show(
  mappings: MappingRecord[],
  given = catalogue({ lastSeenAt: new Date().toISOString() }),
  total?: number,
): Promise<HTMLElement> {
  const element = mount('c-field-mappings', FieldMappings);
  await settled();
  graphqlWire(graphql).emit(mappingsAnswer(mappings, total), asksMappings, refresh);
  graphqlWire(graphql).emit(catalogueAnswer(given), asksCatalogue, refresh);
  await settled();
  return element;
}
async function act(element: HTMLElement, action: string, id: string): Promise<void> {
  const row = { id, title: 'Title ↔ Lead, Title' };
  inside(element, 'c-mapping-board').dispatchEvent(new CustomEvent('act', { detail: { action, row } }));
  await settled();
}
const action = (element: HTMLElement, kind: string): HTMLElement =>
  inside(inside(element, 'c-mapping-actions'), `[data-kind="${kind}"]`);
function expectNothingWritten(): void {
  for (const write of [createRecord, updateRecord, deleteRecord]) expect(write).not.toHaveBeenCalled();
}
const PHONE = mapping({ id: 'a01P', sellfireField: 'primary_phone_number', salesforceField: 'Phone' });

describe('the Field Mappings page', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    for (const dialog of Object.values(open)) dialog.mockReset().mockResolvedValue(undefined);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
    sessionStorage.clear();
  });

  it('shows that it loads, and is never blank when a read fails', async () => {
    const element = mount('c-field-mappings', FieldMappings);
    await settled();
    const page = inside<HTMLElement & { ready: boolean; error: unknown }>(element, 'c-app-page');
    expect([page.ready, page.error]).toEqual([false, undefined]);
    graphqlWire(graphql).emitErrors([{ message: 'x' }]);
    await settled();
    expect(page.error).toMatchObject({ kind: 'unknown' });
    await expect(element).toBeAccessible();
  });

  it('shows the mappings before the fields of Sellfire are read, and lets nothing be done with them until then', async () => {
    const element = mount('c-field-mappings', FieldMappings);
    await settled();
    graphqlWire(graphql).emit(mappingsAnswer([mapping()]), asksMappings, refresh);
    await settled();
    expect(textOf(element)).toContain('Nothing is synced until');
    const board = inside(element, 'c-mapping-board');
    const table = inside(board, 'c-mapping-table');
    expect(textOf(table)).toContain('All mappings, while the fields of Sellfire are read (1 of 1)');
    expect(inside(table, 'tbody th .name').textContent).toBe('title');
    const shut = (): boolean[] =>
      [
        action(element, 'set'),
        action(element, 'custom'),
        action(element, 'system'),
        inside(inside(element, 'c-mapping-banner'), 'lightning-button'),
        inside(inside(board, 'c-mapping-table'), 'lightning-button-menu'),
      ].map((one) => (one as HTMLElement & { disabled: boolean }).disabled);
    expect(shut()).toEqual([true, true, true, true, true]);
    expect(action(element, 'system').title).toBe('Possible once the fields of Sellfire are read');
    await expect(element).toBeAccessible();
    graphqlWire(graphql).emit(catalogueAnswer(catalogue()), asksCatalogue, refresh);
    await settled();
    expect(shut()).toEqual([false, false, false, false, false]);
    expect(textOf(element)).toContain('System fields (1 of 1)');
  });

  it('offers no beginning before the fields of Sellfire are read', async () => {
    const element = mount('c-field-mappings', FieldMappings);
    await settled();
    graphqlWire(graphql).emit(mappingsAnswer([]), asksMappings, refresh);
    await settled();
    expect(inside<HTMLElement & { ready: boolean }>(element, 'c-app-page').ready).toBe(false);
    graphqlWire(graphql).emit(catalogueAnswer(catalogue()), asksCatalogue, refresh);
    await settled();
    expect(allInside(element, 'c-mapping-start')).toHaveLength(1);
  });

  it('shows the mappings, the gate and what is recommended', async () => {
    const element = await show([mapping()]);
    expect(textOf(element)).toContain('Nothing is synced until the Sellfire primary phone number is mapped.');
    expect(inside<HTMLElement & { mappings: MappingRecord[] }>(element, 'c-mapping-board').mappings).toEqual([
      mapping(),
    ]);
    expect(allInside(element, 'c-mapping-start')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('counts a mapping that is off for none', async () => {
    expect(textOf(await show([{ ...PHONE, rule: 'DoNotSync' }]))).toContain('Nothing is synced until');
    document.body.replaceChildren();
    expect(textOf(await show([PHONE]))).not.toContain('Nothing is synced until');
  });

  it('offers three ways to begin where there is none', async () => {
    const element = await show([]);
    const begin = async (way: string): Promise<void> => {
      inside(element, 'c-mapping-start').dispatchEvent(new CustomEvent('begin', { detail: { way } }));
      await settled();
    };
    await begin('phone');
    expect(open.editor).toHaveBeenCalledWith(
      expect.objectContaining({
        kind: 'system',
        initial: expect.objectContaining({ sellfireField: 'primary_phone_number' }),
        isAway: false,
      }),
    );
    await begin('set');
    expect(open.set).toHaveBeenCalledTimes(1);
    await begin('rules');
    expect(allInside(element, 'c-mapping-help')).toHaveLength(1);
    expectNothingWritten();
  });

  it('says that the fields of Sellfire are not here yet, and that the bridge is away', async () => {
    const element = await show([], catalogue({ fields: [], lastSeenAt: '2026-01-01T00:00:00Z' }));
    expect(textOf(element)).toContain('The fields of Sellfire are not here yet.');
    action(element, 'custom').click();
    expect(open.editor).toHaveBeenCalledWith(
      expect.objectContaining({ kind: 'custom', isAway: true, label: 'Map a custom field' }),
    );
  });

  it('reads again after a mapping was saved, says so, and leads on to applying it', async () => {
    const element = await show([mapping()]);
    const toasts: { title: string }[] = [];
    element.addEventListener('lightning__showtoast', (event) =>
      toasts.push((event as CustomEvent<{ title: string }>).detail),
    );
    open.editor.mockResolvedValueOnce({ id: mapping().id, apply: true });
    await act(element, 'edit', mapping().id);
    expect(open.editor).toHaveBeenCalledWith(
      expect.objectContaining({ record: mapping(), label: 'Edit Title ↔ Lead, Title' }),
    );
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(toasts.map(({ title }) => title)).toEqual([
      'Title ↔ Lead, Title was saved. It governs changes from now on.',
    ]);
    expect(open.apply).toHaveBeenCalledWith(expect.objectContaining({ recordId: mapping().id }));
  });

  it('changes nothing when a dialog is dismissed', async () => {
    const element = await show([mapping()]);
    await act(element, 'edit', mapping().id);
    await act(element, 'inspect', mapping().id);
    await act(element, 'delete', mapping().id);
    await act(element, 'apply', mapping().id);
    await act(element, 'unheard of', mapping().id);
    expectNothingWritten();
    expect(refresh).not.toHaveBeenCalled();
    expect(open.inspector).toHaveBeenCalledWith(
      expect.objectContaining({ sellfire: expect.objectContaining({ name: 'title' }) }),
    );
  });

  describe('an editor that was closed with choices that are not saved', () => {
    const KEPT: KeptDraft = {
      ...{ label: 'Map a system field', kind: 'system', step: 'rule' },
      draft: { ...NEW_DRAFT, rule: 'TwoWay' },
    };
    const notice = (element: HTMLElement): HTMLElement => inside(element, 'c-unsaved-notice');
    const closing = (): Promise<undefined> => {
      keepDraft(KEPT, NEW_DRAFT);
      return Promise.resolve(undefined);
    };

    it('is followed by the question what to do with them, and opens again where it was', async () => {
      const element = await show([mapping()]);
      open.editor.mockImplementationOnce(closing).mockImplementationOnce(closing);
      open.unsaved.mockResolvedValueOnce('edit').mockResolvedValueOnce('discard');
      action(element, 'system').click();
      await settled();
      expect(open.unsaved).toHaveBeenCalledWith(expect.objectContaining({ editing: 'Map a system field' }));
      expect(open.editor).toHaveBeenCalledTimes(2);
      expect(open.editor).toHaveBeenLastCalledWith(expect.objectContaining({ kept: KEPT, kind: 'system' }));
      expect(keptDraft()).toBeUndefined();
      expect(textOf(notice(element))).toBe('');
    });

    it('leaves a notice where the question is dismissed, which leads on or forgets them', async () => {
      const element = await show([mapping()]);
      open.editor.mockImplementationOnce(closing);
      action(element, 'system').click();
      await settled();
      expect(textOf(notice(element))).toContain('You left a mapping before it was saved: Map a system field.');
      inside(notice(element), '[data-action="resume"]').click();
      await settled();
      expect(open.editor).toHaveBeenLastCalledWith(expect.objectContaining({ kept: KEPT }));
      inside(notice(element), '[data-action="discard"]').click();
      await settled();
      expect(textOf(notice(element))).toBe('');
      expect(keptDraft()).toBeUndefined();
    });

    it.each([
      ['the page is gone', (element: HTMLElement) => element.remove()],
      ['the address is another', () => window.history.pushState({}, '', '/lightning/page/home')],
    ])('asks nobody who has left the page with it: %s', async (_what, leave) => {
      const element = await show([mapping()]);
      open.editor.mockImplementationOnce(() => {
        leave(element);
        return closing();
      });
      action(element, 'system').click();
      await settled();
      expect(open.unsaved).not.toHaveBeenCalled();
      element.remove();
      expect(textOf(notice(await show([mapping()])))).toContain('You left a mapping before it was saved');
    });

    it('is remembered by a page that is opened anew', async () => {
      keepDraft(KEPT, NEW_DRAFT);
      const element = await show([mapping()]);
      expect(textOf(notice(element))).toContain('What you chose is kept in this tab of the browser.');
      await expect(element).toBeAccessible();
    });

    it('asks nothing where there is nothing to lose', async () => {
      const element = await show([mapping()]);
      action(element, 'system').click();
      await settled();
      expect(open.editor).toHaveBeenCalledTimes(1);
      expect(open.unsaved).not.toHaveBeenCalled();
    });
  });

  it('says what goes with the last mapping of the phone number before it is deleted', async () => {
    const element = await show([mapping(), PHONE]);
    open.remove.mockResolvedValue(true);
    await act(element, 'delete', PHONE.id);
    expect(open.remove).toHaveBeenLastCalledWith(expect.objectContaining({ isGate: true, rule: 'TwoWay' }));
    expect(refresh).toHaveBeenCalledTimes(2);
    await act(element, 'delete', mapping().id);
    expect(open.remove).toHaveBeenLastCalledWith(expect.objectContaining({ isGate: false }));
  });

  describe('a mapping that was deleted', () => {
    /** Deletes it, and has the page read what is left. */
    async function remove(element: HTMLElement, left: MappingRecord[]): Promise<void> {
      open.remove.mockResolvedValueOnce(true);
      refresh.mockImplementationOnce(() => {
        graphqlWire(graphql).emit(mappingsAnswer(left), asksMappings, refresh);
        return settled();
      });
      const row = { id: PHONE.id, title: 'Primary Phone Number ↔ Lead, Phone', section: 'system' };
      inside(element, 'c-mapping-board').dispatchEvent(new CustomEvent('act', { detail: { action: 'delete', row } }));
      await settled();
      await settled();
      await settled();
    }

    it('leaves the focus on the heading of its section', async () => {
      const element = await show([mapping(), PHONE]);
      await remove(element, [mapping()]);
      const board = inside(element, 'c-mapping-board');
      expect(board.shadowRoot?.activeElement).toBe(inside(board, '[data-section="system"]'));
      const table = inside(board, '[data-section="system"]');
      expect(table.shadowRoot?.activeElement?.textContent).toContain('System fields (1 of 1)');
      await expect(element).toBeAccessible();
    });

    it('leaves it on the ways to begin where it was the last', async () => {
      const element = await show([PHONE]);
      await remove(element, []);
      const start = inside(element, 'c-mapping-start');
      expect(start.shadowRoot?.activeElement?.tagName).toBe('H2');
      await expect(element).toBeAccessible();
    });
  });

  it('says that there are more mappings than it shows', async () => {
    expect(textOf(await show([mapping()], catalogue(), 2500))).toContain(
      'There are 2,500 mappings; the first 2,000 are shown.',
    );
  });

  it('understands names however they were written, and takes what it does not know for text', async () => {
    const element = await show([mapping({ sellfireObject: 'SaleItem', rule: 'Newer' as never, triggers: [] })]);
    const [row] = inside<HTMLElement & { mappings: MappingRecord[] }>(element, 'c-mapping-board').mappings;
    expect(row).toMatchObject({ sellfireObject: 'sale_item', rule: '', triggers: [] });
  });
});
