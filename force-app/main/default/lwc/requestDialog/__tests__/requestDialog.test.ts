import { inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import RequestDialog from 'c/requestDialog';
import { createRecord } from 'lightning/uiRecordApi';

const PAUSE = { label: 'Pause', type: 'Pause', consequence: 'Changes wait.', confirmLabel: 'Pause' };
type Button = HTMLElement & { label: string; variant: string };

describe('the dialog of an action', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says what it does and asks for nothing by itself', async () => {
    const element = mount('c-request-dialog', RequestDialog, PAUSE);
    expect(textOf(element)).toContain('Changes wait.');
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('asks once, shows how it goes, and hands the answer on', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
    const closed = jest.fn();
    const element = mount('c-request-dialog', RequestDialog, PAUSE);
    element.addEventListener('close', (event) => closed((event as CustomEvent).detail));
    inside(element, 'lightning-button:last-of-type').click();
    await settled();
    expect(createRecord).toHaveBeenCalledWith({ apiName: 'Sync_Request__c', fields: { Type__c: 'Pause' } });
    const progress = inside<HTMLElement & { recordId: string }>(element, 'c-request-progress');
    expect(progress.recordId).toBe('a02');
    progress.dispatchEvent(new CustomEvent('ended', { detail: { status: 'Done' } }));
    await settled();
    expect(inside<Button>(element, 'lightning-button').label).toBe('Close');
    inside(element, 'lightning-button').click();
    expect(closed).toHaveBeenCalledWith({ status: 'Done' });
    await expect(element).toBeAccessible();
  });

  it('says why it could not ask, and lets one try again', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 503, body: { message: 'x' } });
    const element = mount('c-request-dialog', RequestDialog, PAUSE);
    inside(element, 'lightning-button:last-of-type').click();
    await settled();
    expect(textOf(element)).toContain('Wait a few minutes and try again.');
    expect(inside<Button>(element, 'lightning-button:last-of-type').label).toBe('Pause');
  });

  it('marks what cannot be taken back', () => {
    const element = mount('c-request-dialog', RequestDialog, { ...PAUSE, destructive: true });
    expect(inside<Button>(element, 'lightning-button:last-of-type').variant).toBe('destructive');
  });
});
