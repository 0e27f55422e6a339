import { details, mapping, mappingNode } from '#components/mappings';
import { inside, mount, settled, textOf } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import type { Draft } from 'c/fieldFit';
import { draftOf } from 'c/mappingDraft';
import MappingConflict from 'c/mappingConflict';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';

const THEIRS = mapping({ rule: 'AlwaysSellfire' });
const record = (by: string | null = 'Ada', lastModifiedDate = '2026-11-28T11:00:00.000Z'): object => ({
  id: THEIRS.id,
  lastModifiedDate,
  fields: {
    ...mappingNode(THEIRS),
    LastModifiedDate: { value: lastModifiedDate },
    LastModifiedBy: { displayValue: by, value: by === null ? null : { fields: { Name: { value: by } } } },
  },
});

async function show(mine: Partial<Draft>, who: string | null = 'Ada'): Promise<HTMLElement> {
  const draft = { ...draftOf(mapping()), ...mine };
  const element = mount('c-mapping-conflict', MappingConflict, { recordId: THEIRS.id, mine: draft });
  recordWire(getRecord).emit(record(who));
  await settled();
  return element;
}

describe('two admins who edited one mapping', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(notifyRecordUpdateAvailable).mockResolvedValue(undefined));
  afterEach(() => document.body.replaceChildren());

  it('see both edits side by side, and who made the other', async () => {
    const element = await show({ rule: 'TwoWay', triggers: ['sale'] });
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: THEIRS.id }]);
    const text = textOf(element);
    expect(text).toContain('This mapping was changed while you edited it; Ada saved it last');
    expect(text).toContain('When Created or updated Sale');
    expect(text).toContain('Rule Always use Sellfire Two-way sync');
    expect(text).not.toContain('Lead.Title');
    await expect(element).toBeAccessible();
  });

  it('choose between them', async () => {
    const element = await show({});
    const kept = details(element, 'keep');
    const taken = details(element, 'take');
    for (const button of element.shadowRoot?.querySelectorAll('lightning-button') ?? [])
      (button as HTMLElement).click();
    const saved = { draft: draftOf(THEIRS), lastModifiedDate: '2026-11-28T11:00:00.000Z', by: 'Ada' };
    expect(taken).toEqual([saved]);
    expect(kept).toEqual([saved]);
  });

  it('choose nothing where only the bridge has written the status of the mapping: the save goes on by itself', async () => {
    const base = { draft: draftOf(THEIRS), lastModifiedDate: '2026-11-28T10:59:00.000Z' };
    const mine = draftOf(mapping({ rule: 'TwoWay' }));
    const element = mount('c-mapping-conflict', MappingConflict, { recordId: THEIRS.id, mine, base });
    const kept = details(element, 'keep');
    // What the browser remembers is no news.
    recordWire(getRecord).emit(record('Ada', '2026-11-28T10:59:00Z'));
    await settled();
    expect(kept).toEqual([]);
    recordWire(getRecord).emit(record('Sellfire Integration'));
    await settled();
    expect(kept).toMatchObject([{ lastModifiedDate: '2026-11-28T11:00:00.000Z' }]);
    expect(textOf(element)).toBe('');
  });

  it('ask again where the browser still remembers the record as the edit began from it', async () => {
    const base = { draft: draftOf(THEIRS), lastModifiedDate: '2026-11-28T10:59:00.000Z' };
    mount('c-mapping-conflict', MappingConflict, { recordId: THEIRS.id, mine: draftOf(mapping()), base });
    const before = jest.mocked(notifyRecordUpdateAvailable).mock.calls.length;
    recordWire(getRecord).emit(record('Ada', '2026-11-28T10:59:00Z'));
    await settled();
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(before + 1);
    recordWire(getRecord).emit({ ...record('Ada', '2026-11-28T10:59:00Z'), weakEtag: 2 });
    await settled();
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledTimes(before + 1);
  });

  it('are given back what they chose where the other edit cannot be read', async () => {
    const mine = draftOf(mapping());
    const element = mount('c-mapping-conflict', MappingConflict, { recordId: THEIRS.id, mine });
    const failed = details(element, 'failed');
    recordWire(getRecord).error({ message: 'Gone.' }, 404);
    await settled();
    expect(failed).toMatchObject([{ status: 404 }]);
  });

  it('read that both chose the same, also of somebody whose name is hidden', async () => {
    const element = await show({ rule: 'AlwaysSellfire' }, null);
    expect(textOf(element)).toContain('somebody saved it last');
    expect(textOf(inside(element, 'section'))).toContain('The other edit is the same as yours.');
  });
});
