import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { STOPPED } from '#components/why';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import WhyPage from 'c/whyPage';
import { CurrentPageReference } from 'lightning/navigation';
import { createRecord, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
const reference = recordWire(CurrentPageReference as Parameters<typeof recordWire>[0]);
const record = recordWire(getRecord);
const REQUEST = 'a02000000000001AAA';

async function show(state: Record<string, string> = {}): Promise<HTMLElement> {
  const element = mount('c-why-page', WhyPage);
  reference.emit({ type: 'standard__navItemPage', attributes: { apiName: 'Sellfire_Why' }, state });
  await settled();
  return element;
}

async function emit(fields: Record<string, unknown>, id = REQUEST): Promise<void> {
  const named = Object.entries(fields).map(([name, value]) => [name, { value, displayValue: null }]);
  record.emit({ id, fields: Object.fromEntries(named) });
  await settled();
}

describe('the page Why (B16)', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(notifyRecordUpdateAvailable).mockResolvedValue(undefined);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
    jest.clearAllMocks();
  });

  it('says what it does before anything is asked', async () => {
    const element = await show();
    expect(textOf(element)).toContain('Nothing is asked yet.');
    await expect(element).toBeAccessible();
  });

  it('is filled by its address, and asks nothing by being looked at', async () => {
    const element = await show({ c__about: 'lead_1' });
    expect(inside<HTMLElement & { about: string }>(element, 'c-why-box').about).toBe('lead_1');
    expect(createRecord).not.toHaveBeenCalled();
  });

  it('waits for the bridge', async () => {
    const element = await show({ c__about: 'lead_1', c__request: REQUEST });
    await emit({ Status__c: 'Requested' });
    expect(textOf(element)).toContain('Waiting for the bridge.');
    await expect(element).toBeAccessible();
  });

  it('says after a while what may be wrong with a bridge that does not answer', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    const element = await show({ c__about: 'lead_1', c__request: REQUEST });
    await emit({ Status__c: 'Requested' });
    jest.advanceTimersByTime(20_000);
    await settled();
    expect(textOf(element)).toContain('If its status is silent, start it');
  });

  it('shows the answer of the request that its address names', async () => {
    const element = await show({ c__request: REQUEST });
    await emit({ Status__c: 'Done', Result__c: 'English', Result_Data__c: JSON.stringify(STOPPED) });
    expect(textOf(element)).toContain('The Sellfire lead "Acme Bakery" (lead_2)');
    expect(allInside(element, 'c-request-progress')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('lets go of an answer when something else is asked', async () => {
    const element = await show({ c__request: REQUEST });
    await emit({ Status__c: 'Done', Result_Data__c: JSON.stringify(STOPPED) });
    reference.emit({ type: 'standard__navItemPage', attributes: {}, state: { c__request: 'a02000000000002AAA' } });
    await settled();
    expect(allInside(element, 'c-why-answer')).toEqual([]);
    expect(inside<HTMLElement & { recordId: string }>(element, 'c-request-progress').recordId).toBe(
      'a02000000000002AAA',
    );
  });

  it('says that an answer could not be read, and keeps the reason of one that failed', async () => {
    const element = await show({ c__request: REQUEST });
    await emit({ Status__c: 'Done', Result__c: 'Done.', Result_Data__c: null });
    expect(textOf(element)).toContain('The answer could not be read. Ask again.');
    await expect(element).toBeAccessible();
    document.body.replaceChildren();
    const failed = await show({ c__request: REQUEST });
    await emit({ Status__c: 'Failed', Result__c: 'REQUEST_UNKNOWN: an older bridge.' });
    expect(textOf(failed)).toContain('an older bridge');
    expect(textOf(failed)).not.toContain('could not be read');
  });

  it('says that its request is not there', async () => {
    const element = await show({ c__request: REQUEST });
    record.error({ errorCode: 'NOT_FOUND', message: 'x' } as never, 404);
    await settled();
    expect(inside(inside(element, 'c-request-progress'), 'c-error-message').shadowRoot?.textContent).not.toBe('');
  });
});
