import { BAD_DAY, FIRST_DAY, GOOD_DAY, homeAnswer } from '#components/home';
import { inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import { isRevisit } from 'c/revisit';
import ActivateDialog from 'c/activateDialog';
import ConnectDialog from 'c/connectDialog';
import HomePage from 'c/homePage';
import RequestDialog from 'c/requestDialog';
import StartDialog from 'c/startDialog';
import TestDialog from 'c/testDialog';
import { graphql } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
const wire = graphqlWire(graphql);

async function show(rows: Parameters<typeof homeAnswer>[0]): Promise<HTMLElement> {
  const element = mount('c-home-page', HomePage);
  wire.emit(homeAnswer(rows));
  await settled();
  return element;
}

async function choose(element: HTMLElement, action: string): Promise<void> {
  inside(element, 'c-sync-menu').dispatchEvent(new CustomEvent('choose', { detail: action }));
  await settled();
}

describe('the Home page', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows on the first day what to do', async () => {
    const element = await show(FIRST_DAY);
    expect(textOf(element)).toContain('Sellfire is not connected to this org yet. Begin with the set-up below.');
    await expect(element).toBeAccessible();
  });

  it('shows on the worst day what is wrong and what waits', async () => {
    const element = await show(BAD_DAY);
    expect(textOf(element)).toContain('The bridge has said nothing for');
    expect(textOf(element)).toContain('The phone is on another Lead already.');
    await expect(element).toBeAccessible();
  });

  it('shows on a good day that it works', async () => {
    const element = await show(GOOD_DAY);
    expect(textOf(element)).toContain('The set-up is complete.');
    expect(textOf(element)).toContain('Why is a record (not) in sync?');
    await expect(element).toBeAccessible();
  });

  it('waits with a spinner, and says what went wrong', async () => {
    const element = mount('c-home-page', HomePage);
    expect(inside(inside(element, 'c-app-page'), 'lightning-spinner')).not.toBeNull();
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
  });

  it('reads only, until somebody presses a button', async () => {
    await show(BAD_DAY);
    expect(createRecord).not.toHaveBeenCalled();
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it('reads again while it is in sight', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    mount('c-home-page', HomePage);
    wire.emit(homeAnswer(GOOD_DAY), undefined, refresh);
    await settled();
    jest.advanceTimersByTime(31_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    jest.useRealTimers();
  });

  it('reads again for whoever comes back to it, since Salesforce gives what it gave before', async () => {
    jest.mocked(isRevisit).mockReturnValueOnce(true);
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    mount('c-home-page', HomePage);
    wire.emit(homeAnswer(GOOD_DAY), undefined, refresh);
    wire.emit(homeAnswer(GOOD_DAY), undefined, refresh);
    await settled();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['pause', 'Pause', 'Nothing is written in either direction while the sync is paused.'],
    ['resume', 'Resume', 'Nothing waits.'],
    ['check', 'CheckSetup', 'The bridge looks at its rights'],
    ['disconnect', 'Disconnect', 'All sync stops at once'],
  ])('says before %s what it does', async (action, type, consequence) => {
    await choose(await show(GOOD_DAY), action);
    expect(RequestDialog.open).toHaveBeenCalledWith(
      expect.objectContaining({ type, consequence: expect.stringContaining(consequence) }),
    );
  });

  it('opens a dialog for the start, the test and the pages', async () => {
    const element = await show(GOOD_DAY);
    await Promise.all(['start', 'test', 'activate'].map((action) => choose(element, action)));
    expect(StartDialog.open).toHaveBeenCalledWith(expect.objectContaining({ label: 'Start the sync' }));
    expect(TestDialog.open).toHaveBeenCalledWith(expect.objectContaining({ label: 'Test with one record' }));
    expect(ActivateDialog.open).toHaveBeenCalledWith(expect.objectContaining({ settingsId: 'a10' }));
  });

  it('goes to the mappings, to the settings, and to the page of the bridge', async () => {
    const element = await show(GOOD_DAY);
    await choose(element, 'map');
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ apiName: 'Sellfire_Field_Mappings' });
    jest.mocked(ConnectDialog.open).mockResolvedValueOnce('settings');
    await choose(element, 'connect');
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ apiName: 'Sellfire_Settings' });
    jest.mocked(ConnectDialog.open).mockResolvedValueOnce('open');
    await choose(element, 'connect');
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ url: 'https://bridge.example.com/connect' });
  });
});
