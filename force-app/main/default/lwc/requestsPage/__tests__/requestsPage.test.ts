import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { requestsAnswer } from '#components/requests';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RequestForm from 'c/requestForm';
import RequestsPage from 'c/requestsPage';
import { graphql } from 'lightning/graphql';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
const wire = graphqlWire(graphql);
const query = (): string => String(wire.getLastConfig()?.query);
async function show(...answer: Parameters<typeof requestsAnswer>): Promise<HTMLElement> {
  const element = mount('c-requests-page', RequestsPage);
  wire.emit(requestsAnswer(...answer));
  await settled();
  return element;
}

describe('the Requests page', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
    jest.clearAllMocks();
  });

  it('waits until it knows them, and says what is wrong where they cannot be read', async () => {
    const element = mount('c-requests-page', RequestsPage);
    await settled();
    expect(inside<HTMLElement & { ready: boolean }>(element, 'c-app-page').ready).toBe(false);
    wire.emitErrors([{ message: 'REQUEST_LIMIT_EXCEEDED' }]);
    await settled();
    expect(textOf(element)).toContain('REQUEST_LIMIT_EXCEEDED');
  });

  it('has what is under way, with its progress, before what has ended', async () => {
    const element = await show([{ Status__c: 'Running' }, { Id: 'a03' }, { Id: 'a04', Status__c: 'Failed' }]);
    const [running] = allInside<HTMLElement & { recordId: string }>(element, 'c-request-progress');
    expect(running?.recordId).toBe('a02');
    const table = inside<HTMLElement & { rows: readonly { id: string }[] }>(element, 'c-request-table');
    expect(table.rows.map(({ id }) => id)).toEqual(['a03', 'a04']);
    await expect(element).toBeAccessible();
  });

  it('says on the first day what to do', async () => {
    const element = await show([]);
    expect(textOf(element)).toContain('No request was made yet.');
    await expect(element).toBeAccessible();
  });

  it('is read anew by a filter, which says so where it finds nothing', async () => {
    const element = await show([{}]);
    inside(element, 'lightning-combobox').dispatchEvent(new CustomEvent('change', { detail: { value: 'failed' } }));
    await settled();
    expect(query()).toContain('Failed__c: { gt: 0 }');
    wire.emit(requestsAnswer([]));
    await settled();
    expect(textOf(element)).toContain('No request matches this filter. Choose another.');
    await expect(element).toBeAccessible();
  });

  it('has more on demand', async () => {
    const element = await show([{}], true);
    inside(element, 'p lightning-button').click();
    await settled();
    expect(query()).toContain('first: 50');
  });

  it('opens the form of what is chosen, and reads again afterwards', async () => {
    const element = mount('c-requests-page', RequestsPage);
    const refresh = jest.fn().mockResolvedValue(undefined);
    wire.emit(requestsAnswer([]), undefined, refresh);
    await settled();
    inside(element, 'lightning-button-menu').dispatchEvent(new CustomEvent('select', { detail: { value: 'Import' } }));
    await settled();
    expect(RequestForm.open).toHaveBeenCalledWith({ label: 'Import into Sellfire', size: 'small', type: 'Import' });
    expect(refresh).toHaveBeenCalled();
  });

  it('looks again by itself, and when one has ended', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    const element = mount('c-requests-page', RequestsPage);
    const refresh = jest.fn().mockResolvedValue(undefined);
    wire.emit(requestsAnswer([{ Status__c: 'Running' }]), undefined, refresh);
    await settled();
    inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended'));
    expect(refresh).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(15_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });
});
