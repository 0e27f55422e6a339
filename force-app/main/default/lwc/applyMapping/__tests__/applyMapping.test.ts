import { details, mapping } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import ApplyMapping from 'c/applyMapping';
import type { MappingRecord } from 'c/mappingRows';
import { createRecord } from 'lightning/uiRecordApi';

const show = (extra: Partial<MappingRecord> = {}): HTMLElement =>
  mount('c-apply-mapping', ApplyMapping, { label: 'Apply', recordId: 'a01', mapping: mapping(extra) });
async function press(element: HTMLElement, action: string): Promise<void> {
  inside(element, `[data-action="${action}"]`).click();
  await settled();
}
async function end(element: HTMLElement, detail: object): Promise<void> {
  inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail }));
  await settled();
}
const parameters = (): unknown[] =>
  jest.mocked(createRecord).mock.calls.map(([{ fields }]) => JSON.parse(String(fields.Parameters__c)));

describe('applying a mapping to existing records (M9)', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.resetAllMocks();
  });

  it('counts first, and applies only then', async () => {
    const element = show();
    expect(allInside(element, '[data-action="apply"]')).toEqual([]);
    await expect(element).toBeAccessible();
    await press(element, 'count');
    expect(parameters()).toEqual([{ mapping: 'a01', prefer: 'salesforce', preview: true }]);
    await end(element, { status: 'Done', data: { total: 1980, differ: 212, rows: [] } });
    expect(textOf(element)).toContain('Of 1,980 linked records 212 would differ');
    expect(inside<HTMLElement & { label: string }>(element, '[data-action="apply"]').label).toBe(
      'Apply to 212 records',
    );
    await press(element, 'apply');
    expect(parameters()[1]).toEqual({ mapping: 'a01', prefer: 'salesforce' });
    expect(textOf(element)).toContain('It goes on when you close this');
    expect(allInside(element, '[data-action="apply"]')).toEqual([]);
    const closed = details(element, 'close');
    await press(element, 'close');
    expect(closed).toEqual([true]);
  });

  it('counts anew for the other side', async () => {
    const element = show();
    await press(element, 'count');
    await end(element, { status: 'Done', data: { total: 5, differ: 5, rows: [] } });
    inside(element, 'lightning-radio-group').dispatchEvent(
      new CustomEvent('change', { detail: { value: 'sellfire' } }),
    );
    await settled();
    expect(allInside(element, '[data-action="apply"]')).toEqual([]);
    await press(element, 'count');
    expect(parameters()[1]).toEqual({ mapping: 'a01', prefer: 'sellfire', preview: true });
  });

  it('asks for a side only where both may win', () => {
    expect(allInside(show({ rule: 'AlwaysSellfire' }), 'lightning-radio-group')).toEqual([]);
  });

  it('says that nothing differs, and applies nothing', async () => {
    const element = show();
    await press(element, 'count');
    await end(element, { status: 'Done', data: { total: 5, differ: 0, rows: [] } });
    expect(textOf(element)).toContain('Nothing differs, so there is nothing to apply.');
    expect(allInside(element, '[data-action="apply"]')).toEqual([]);
  });

  it('does not apply what could not be counted', async () => {
    const element = show();
    await press(element, 'count');
    await end(element, { status: 'Failed', result: 'No.', data: undefined });
    expect(allInside(element, '[data-action="apply"]')).toEqual([]);
    expect(inside<HTMLElement & { disabled: boolean }>(element, '[data-action="count"]').disabled).toBe(false);
  });

  it('says why there is nothing to apply', async () => {
    expect(textOf(show({ rule: 'DoNotSync' }))).toContain('This mapping is off');
    document.body.replaceChildren();
    const element = show({ triggers: ['sale'] });
    expect(textOf(element)).toContain('It does not fire when a record is created or updated');
    await expect(element).toBeAccessible();
  });

  it('says that nothing could be asked for', async () => {
    jest.mocked(createRecord).mockRejectedValueOnce({ status: 503, body: {} });
    const element = show();
    await press(element, 'count');
    expect(allInside(element, 'c-error-message')).toHaveLength(1);
  });
});
