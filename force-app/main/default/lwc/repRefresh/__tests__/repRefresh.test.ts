import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import RepRefresh from 'c/repRefresh';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { disabled: boolean };

describe('reading the reps again', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('asks the bridge once, and says when the list may have changed', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
    const element = mount('c-rep-refresh', RepRefresh);
    const done = jest.fn();
    element.addEventListener('done', done);
    inside(element, 'lightning-button').click();
    await settled();
    expect(jest.mocked(createRecord).mock.calls).toEqual([
      [{ apiName: 'Sync_Request__c', fields: { Type__c: 'RefreshCatalogue' } }],
    ]);
    expect(inside<Button>(element, 'lightning-button').disabled).toBe(true);
    await expect(element).toBeAccessible();
    inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: { status: 'Done' } }));
    await settled();
    expect(done).toHaveBeenCalledTimes(1);
    expect(allInside(element, 'c-request-progress')).toEqual([]);
    expect(inside<Button>(element, 'lightning-button').disabled).toBe(false);
  });

  it('keeps in sight why the bridge could not', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
    const element = mount('c-rep-refresh', RepRefresh);
    inside(element, 'lightning-button').click();
    await settled();
    inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: { status: 'Failed' } }));
    await settled();
    expect(allInside(element, 'c-request-progress')).toHaveLength(1);
  });

  it('says why it could not ask, and can be pressed again', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 500, body: { message: 'Away.' } });
    const element = mount('c-rep-refresh', RepRefresh);
    inside(element, 'lightning-button').click();
    await settled();
    expect(textOf(element)).not.toBe('');
    expect(inside<Button>(element, 'lightning-button').disabled).toBe(false);
  });
});
