import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { setup } from '@sa11y/jest';
import RecordActions from 'c/recordActions';
import RecordLife from 'c/recordLife';
import { createRecord } from 'lightning/uiRecordApi';

const create = jest.mocked(createRecord);
const LEAD = { recordId: '00Q1', objectApiName: 'Lead', leadId: 'ld_1', sellfireAddress: 'https://app.example.com/' };
const show = (properties: object = {}): HTMLElement =>
  mount('c-record-actions', RecordActions, { ...LEAD, ...properties });

async function press(element: HTMLElement, action: string): Promise<void> {
  inside(element, `[data-action="${action}"]`).click();
  await settled();
}

describe('what can be done from a record', () => {
  beforeAll(() => setup());
  beforeEach(() => create.mockResolvedValue({ id: 'a50' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('asks for a sync of this record alone, by the press and not before, and watches it', async () => {
    const element = show();
    await settled();
    expect(create).not.toHaveBeenCalled();
    // The answer is for administrators.
    expect(allInside(element, 'c-why-button')).toEqual([]);
    await press(element, 'sync');
    // The type is left at its default: who sells may not set it.
    expect(create).toHaveBeenCalledWith({ apiName: 'Sync_Request__c', fields: { Lead__c: '00Q1' } });
    const progress = inside<HTMLElement & { recordId: string }>(element, 'c-request-progress');
    expect(progress.recordId).toBe('a50');
    expect(inside<HTMLElement & { disabled: boolean }>(element, '[data-action="sync"]').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('says that the sync has ended, so that the panel is read again, and can be asked again', async () => {
    const element = show();
    const changed = jest.fn();
    element.addEventListener('change', changed);
    await press(element, 'sync');
    inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended'));
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
    expect(inside<HTMLElement & { disabled: boolean }>(element, '[data-action="sync"]').disabled).toBe(false);
  });

  it('says why no request could be made', async () => {
    create.mockRejectedValueOnce({ status: 403, body: { message: 'x', errorCode: 'INSUFFICIENT_ACCESS' } });
    const element = show();
    await press(element, 'sync');
    expect(inside<HTMLElement & { error: { kind: string } }>(element, 'c-error-message').error.kind).toBe('access');
    expect(allInside(element, 'c-request-progress')).toEqual([]);
  });

  it('calls at the host of the settings', async () => {
    await press(show(), 'call');
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ url: 'https://app.example.com/leads/ld_1' });
  });

  it.each([
    ['https://app.example.com', '../../evil'],
    ['http://app.example.com', 'ld_1'],
    ['', 'ld_1'],
  ])('does not call at %s with the lead %s, and says what is missing', async (sellfireAddress, leadId) => {
    const element = show({ sellfireAddress, leadId });
    expect(allInside(element, '[data-action="call"]')).toEqual([]);
    expect(textOf(element)).toContain('an administrator enters the Sellfire Address in Settings');
    await expect(element).toBeAccessible();
  });

  it('offers no call where the record is not linked', () => {
    const element = show({ leadId: '' });
    expect(allInside(element, '[data-action="call"]')).toEqual([]);
    expect(textOf(element)).not.toContain('Sellfire Address');
  });

  it('opens the life of the record, and the report that the reader chose there', async () => {
    const open = jest.mocked(RecordLife.open).mockResolvedValueOnce('a0R1');
    await press(show(), 'life');
    expect(open).toHaveBeenCalledWith(
      expect.objectContaining({ recordId: '00Q1', objectApiName: 'Lead', leadId: 'ld_1' }),
    );
    expect(navigated.mock.lastCall?.[0].attributes.recordId).toBe('a0R1');
  });
});
