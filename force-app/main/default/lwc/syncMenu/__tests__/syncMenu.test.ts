import { BRIDGE, GOOD_DAY, homeAnswer } from '#components/home';
import { allInside, inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import { homeOf, type Bridge } from 'c/homeData';
import SyncMenu from 'c/syncMenu';

const bridge = (fields: object): Bridge | undefined =>
  homeOf(homeAnswer({ ...GOOD_DAY, bridge: { ...BRIDGE, ...fields } })).bridge;
const labelsOf = (element: HTMLElement): string[] =>
  allInside<HTMLElement & { label: string }>(element, 'lightning-menu-item').map(({ label }) => label);

describe('the menu of the sync', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it.each<[string, Bridge | undefined, string, string[]]>([
    ['on', bridge({}), 'Sync on', ['Pause', 'Check the set-up again', 'Disconnect']],
    ['paused', bridge({ Sync_State__c: 'Paused' }), 'Sync paused', ['Resume', 'Check the set-up again', 'Disconnect']],
    [
      'not started',
      bridge({ Sync_State__c: 'NotStarted' }),
      'Sync not started',
      ['Start', 'Check the set-up again', 'Disconnect'],
    ],
    [
      'without its links',
      bridge({ Sync_State__c: 'StoreLost' }),
      'Links lost',
      ['Restore links', 'Check the set-up again', 'Disconnect'],
    ],
    ['disconnected', bridge({ Sync_State__c: 'Disconnected' }), 'Disconnected', ['Connect']],
    ['never connected', undefined, 'Not connected yet', ['Connect']],
    [
      'of a bridge that does not say',
      bridge({ Sync_State__c: null }),
      'Sync on',
      ['Pause', 'Check the set-up again', 'Disconnect'],
    ],
    [
      'in a state of a later bridge',
      bridge({ Sync_State__c: 'Draining' }),
      'Sync on',
      ['Check the set-up again', 'Disconnect'],
    ],
  ])('offers what makes sense while it is %s', (_what, state, label, actions) => {
    const element = mount('c-sync-menu', SyncMenu, { bridge: state });
    expect(inside<HTMLElement & { label: string }>(element, 'lightning-button-menu').label).toBe(label);
    expect(labelsOf(element)).toEqual(actions);
  });

  it('says who set it so', async () => {
    const element = mount('c-sync-menu', SyncMenu, { bridge: bridge({}) });
    expect(textOf(element)).toMatch(/^by Ann Lee, /);
    await expect(element).toBeAccessible();
  });

  it('hands the choice on', () => {
    const choose = jest.fn();
    const element = mount('c-sync-menu', SyncMenu, { bridge: bridge({}) });
    element.addEventListener('choose', (event) => choose((event as CustomEvent).detail));
    inside(element, 'lightning-button-menu').dispatchEvent(new CustomEvent('select', { detail: { value: 'pause' } }));
    expect(choose).toHaveBeenCalledWith('pause');
  });
});
