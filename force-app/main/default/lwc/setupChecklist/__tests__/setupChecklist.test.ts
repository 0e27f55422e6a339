import { BRIDGE, FIRST_DAY, GOOD_DAY, homeAnswer, RIGHTS, type HomeRows } from '#components/home';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import { homeOf } from 'c/homeData';
import SetupChecklist from 'c/setupChecklist';

const show = (rows: HomeRows): HTMLElement =>
  mount('c-setup-checklist', SetupChecklist, { home: homeOf(homeAnswer(rows)) });
const headingOf = (element: HTMLElement): string =>
  inside<HTMLElement & { title: string }>(element, 'lightning-card').title;
const stepsOf = (element: HTMLElement): string[] => allInside(element, 'c-setup-step').map(textOf);
const bridge = (fields: object): HomeRows => ({ ...GOOD_DAY, bridge: { ...BRIDGE, ...fields } });

describe('the set-up (M1, B20)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says on the first day what to do, in order', async () => {
    const element = show(FIRST_DAY);
    expect(headingOf(element)).toBe('Set-up: 0 of 8');
    expect(stepsOf(element).map((step) => step.replace(/ (To do|Recommended).*/, ' [$1]'))).toEqual([
      'Connected [To do]',
      'Rights of the connected user [To do]',
      'Primary phone number mapped [To do]',
      'Business name mapped [Recommended]',
      'State mapped [Recommended]',
      'Record pages activated [To do]',
      'Started [To do]',
      'Test with one record [To do]',
    ]);
    await expect(element).toBeAccessible();
  });

  it('is one line when it is complete, and can be looked at', async () => {
    const element = show(GOOD_DAY);
    expect(textOf(element)).toContain('The set-up is complete.');
    expect(stepsOf(element)).toEqual([]);
    inside(element, 'lightning-button').click();
    await settled();
    expect(stepsOf(element)).toHaveLength(8);
    expect(stepsOf(element)[1]).toContain('Account: has what is needed');
    await expect(element).toBeAccessible();
  });

  it('opens by itself when something breaks again', async () => {
    const element = show(GOOD_DAY);
    const [lead] = RIGHTS;
    const broken = bridge({ Rights__c: JSON.stringify([{ ...lead, missing: ['edit'] }, RIGHTS[1]]) });
    Object.assign(element, { home: homeOf(homeAnswer(broken)) });
    await settled();
    expect(headingOf(element)).toBe('Set-up: 7 of 8');
    expect(stepsOf(element)[1]).toMatch(/Rights of the connected user: 1 of 2 Wrong Give the user what is missing/);
    expect(stepsOf(element)[1]).toContain('Lead: lacks Edit');
  });

  it.each<[string, HomeRows, number, string]>([
    [
      'a test that failed',
      { ...GOOD_DAY, tests: [{ Id: 'a', Status__c: 'Failed' }] },
      7,
      'The last test did not pass.',
    ],
    ['a test with a failed step', { ...GOOD_DAY, tests: [{ Id: 'a', Status__c: 'Done', Failed__c: 1 }] }, 7, 'Wrong'],
    ['a test under way', { ...GOOD_DAY, tests: [{ Id: 'a', Status__c: 'Running' }] }, 7, 'To do'],
    ['a start that nobody pressed', bridge({ Sync_State__c: 'NotStarted' }), 6, 'See the counts, then start.'],
    ['a disconnection', bridge({ Sync_State__c: 'Disconnected' }), 0, 'To do'],
  ])('knows %s', (_what, rows, step, words) => {
    expect(stepsOf(show(rows))[step]).toContain(words);
  });

  it('says rights that are not needed without holding anything up', async () => {
    const rights = JSON.stringify([{ object: 'Lead', missing: [], excess: ['delete'] }]);
    const element = show(bridge({ Rights__c: rights }));
    inside(element, 'lightning-button').click();
    await settled();
    expect(stepsOf(element)[1]).toContain('Some rights are not needed.');
  });

  it('hands the action of a step on, of those that can be done before a bridge is there', () => {
    const choose = jest.fn();
    const element = show(FIRST_DAY);
    element.addEventListener('choose', (event) => choose((event as CustomEvent).detail));
    for (const step of allInside(element, 'c-setup-step')) {
      for (const button of allInside(step, 'lightning-button')) button.click();
    }
    expect(choose.mock.calls.flat()).toEqual(['connect', 'map', 'map', 'map', 'activate']);
  });

  it.each([
    ['NotStarted', ['start']],
    ['Running', ['test']],
    ['Paused', []],
  ])(
    'offers the start once a bridge is connected, and the test, which writes, once it is started: %s',
    (state, last) => {
      const choose = jest.fn();
      const element = show({ bridge: { ...BRIDGE, Sync_State__c: state } });
      element.addEventListener('choose', (event) => choose((event as CustomEvent).detail));
      for (const step of allInside(element, 'c-setup-step')) {
        for (const button of allInside(step, 'lightning-button')) button.click();
      }
      expect(choose.mock.calls.flat()).toEqual(['check', 'map', 'map', 'map', 'activate', ...last]);
    },
  );
});
