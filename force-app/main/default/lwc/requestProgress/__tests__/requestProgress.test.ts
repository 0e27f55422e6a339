import { inside, mount, settled, textOf } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RequestProgress from 'c/requestProgress';
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';

const record = recordWire(getRecord);

const emit = (fields: Record<string, unknown>): void =>
  record.emit({
    id: 'a02',
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, displayValue: null }])),
  });

describe('the progress of a request', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    jest.mocked(notifyRecordUpdateAvailable).mockResolvedValue(undefined);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
    jest.clearAllMocks();
  });

  it('waits for the bridge, and says after a while what may be wrong', async () => {
    const element = mount('c-request-progress', RequestProgress, { recordId: 'a02' });
    emit({ Status__c: 'Requested' });
    await settled();
    expect(textOf(element)).toContain('Waiting for the bridge.');
    jest.advanceTimersByTime(20_000);
    await settled();
    expect(textOf(element)).toContain('If its status is silent, start it');
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a02' }]);
  });

  it('displays its progress, and stops when asked', async () => {
    const element = mount('c-request-progress', RequestProgress, { recordId: 'a02' });
    emit({ Status__c: 'Running', Progress__c: 40, Total__c: 1200, Done__c: 480 });
    await settled();
    expect(textOf(element)).toContain('Under way: 480 of 1,200 done.');
    expect(inside(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('40');
    expect(updateRecord).not.toHaveBeenCalled();
    inside(element, 'lightning-button').click();
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: 'a02', Stop_Requested__c: true } });
  });

  it('hands its result on once, and looks no more', async () => {
    const ended = jest.fn();
    const element = mount('c-request-progress', RequestProgress, { recordId: 'a02' });
    element.addEventListener('ended', (event) => ended((event as CustomEvent).detail));
    emit({ Status__c: 'Running' });
    emit({ Status__c: 'Done', Result__c: 'Sync is on.', Result_Data__c: '{"a":1}' });
    emit({ Status__c: 'Done', Result__c: 'Sync is on.', Result_Data__c: '{"a":1}' });
    await settled();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(ended).toHaveBeenCalledWith(expect.objectContaining({ status: 'Done', data: { a: 1 } }));
    expect(textOf(element)).toContain('Sync is on.');
    jest.advanceTimersByTime(60_000);
    expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
  });

  it('says when the request cannot be read', async () => {
    const element = mount('c-request-progress', RequestProgress, { recordId: 'a02' });
    record.error({ errorCode: 'NOT_FOUND', message: 'x' }, 404);
    await settled();
    expect(textOf(element)).toContain('This record no longer exists.');
  });

  it('can be read by everybody', async () => {
    jest.useRealTimers();
    const element = mount('c-request-progress', RequestProgress, { recordId: 'a02' });
    emit({ Status__c: 'Running', Progress__c: 40 });
    await settled();
    await expect(element).toBeAccessible();
  });

  it('watches the next request of the same dialog from its beginning', async () => {
    const ended = jest.fn();
    const element = mount('c-request-progress', RequestProgress, { recordId: 'a02' });
    element.addEventListener('ended', ended);
    emit({ Status__c: 'Done', Result__c: 'Counted.' });
    await settled();
    Object.assign(element, { recordId: 'a03' });
    await settled();
    expect(textOf(element)).toContain('Waiting for the bridge.');
    jest.mocked(notifyRecordUpdateAvailable).mockClear();
    jest.advanceTimersByTime(2_500);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a03' }]);
    emit({ Status__c: 'Done', Result__c: 'Sync is on.' });
    await settled();
    expect(textOf(element)).toContain('Sync is on.');
    expect(ended).toHaveBeenCalledTimes(2);
  });
});
