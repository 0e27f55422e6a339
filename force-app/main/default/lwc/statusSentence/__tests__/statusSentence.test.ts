import { BAD_DAY, BRIDGE, FIRST_DAY, GOOD_DAY, homeAnswer, NOW, type HomeRows } from '#components/home';
import { LEAD, objectInfos } from '#components/mappings';
import { inside, mount, settled, textOf } from '#components/mount';
import { recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import { homeOf } from 'c/homeData';
import StatusSentence from 'c/statusSentence';
import { getObjectInfos } from 'lightning/uiObjectInfoApi';

const LACKING = JSON.stringify([{ object: 'Lead', missing: ['create'], excess: [] }]);
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

const bridge = (fields: object): HomeRows => ({ ...GOOD_DAY, bridge: { ...BRIDGE, ...fields } });
const show = (rows: HomeRows): HTMLElement =>
  mount('c-status-sentence', StatusSentence, { home: homeOf(homeAnswer(rows)) });

describe('the sentence on how the sync is doing', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick'] }));
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it.each<[string, HomeRows, string]>([
    ['nothing is connected', FIRST_DAY, 'Not running. Sellfire is not connected to this org yet.'],
    [
      'it was disconnected',
      bridge({ Sync_State__c: 'Disconnected' }),
      'Not running. Disconnected by Ann Lee, 3 hours ago.',
    ],
    [
      'rights are missing',
      bridge({ Rights__c: LACKING, Sync_State__c: 'Paused' }),
      'The connected user lacks rights on Lead.',
    ],
    ['it is paused', bridge({ Sync_State__c: 'Paused' }), 'Not running. Paused by Ann Lee, 3 hours ago.'],
    ['its links are lost', bridge({ Sync_State__c: 'StoreLost' }), 'The bridge has lost its links with this org.'],
    ['it is not started', bridge({ Sync_State__c: 'NotStarted' }), 'Connected, not started.'],
    ['the bridge is silent', BAD_DAY, 'The bridge has said nothing for 1 hour. Nothing is lost'],
    [
      'the phone is not mapped',
      { ...GOOD_DAY, mappings: ['state'] },
      'until the Sellfire primary phone number is mapped',
    ],
    [
      'a direction stands still',
      bridge({ Standstill__c: 'Sellfire refuses the key.' }),
      'stands still. Sellfire refuses the key.',
    ],
    ['API calls run short', bridge({ Api_Share_Used__c: 48_000 }), 'has used 48,000 of its 50,000 API calls'],
    ['events run short', bridge({ Events_Used__c: 24_900 }), 'has used 24,900 of its 25,000 event deliveries'],
    [
      'there is a problem',
      bridge({ State__c: 'Problem', Detail__c: 'The queue is stuck.' }),
      'There is a problem. The queue is stuck.',
    ],
    [
      'somebody is needed',
      { ...GOOD_DAY, causes: [{ code: 'A', count: 14, since: ago(9) }] },
      'Needs attention. 14 attempts of the last seven days need you.',
    ],
    [
      'one attempt needs somebody',
      { ...GOOD_DAY, causes: [{ code: 'A', count: 1, since: ago(9) }] },
      '1 attempt of the',
    ],
    ['one change waits', bridge({ Pending_Changes__c: 1 }), 'to Salesforce 40 seconds ago. 1 change waits.'],
    [
      'a direction stands still, in the words of the page where the bridge sends a code',
      bridge({
        Standstill__c: 'English.',
        Messages__c: JSON.stringify({
          standstill: [{ code: 'towardsSellfireStill_one', args: [1], sentence: 'English.' }],
        }),
      }),
      'stands still. Salesforce to Sellfire: the oldest change has waited for 1 minute.',
    ],
    [
      'it works',
      GOOD_DAY,
      'Working. Last change to Sellfire 12 seconds ago, to Salesforce 40 seconds ago. Nothing waits. Connected as sync@acme.example',
    ],
  ])('says that %s', (_what, rows, sentence) => {
    expect(textOf(show(rows))).toContain(sentence);
  });

  it('stays true while the page is open: silence is said when it begins', async () => {
    const element = show(GOOD_DAY);
    jest.advanceTimersByTime(200_000);
    await settled();
    expect(textOf(element)).toContain('The bridge has said nothing for 3 minutes.');
  });

  it('names the objects of missing rights as the org does, and asks about no others', async () => {
    const rights = [...(JSON.parse(LACKING) as object[]), { object: 'Account', missing: [], excess: [] }];
    const element = show(bridge({ Rights__c: JSON.stringify(rights) }));
    await settled();
    expect(recordWire(getObjectInfos).getLastConfig()).toEqual({ objectApiNames: ['Lead'] });
    recordWire(getObjectInfos).emit(objectInfos({ ...LEAD, label: 'Prospect' }));
    await settled();
    expect(textOf(element)).toContain('The connected user lacks rights on Prospect.');
  });

  it('never says it by colour alone', () => {
    const element = show(BAD_DAY);
    expect(inside<HTMLElement & { iconName: string }>(element, 'lightning-icon').iconName).toBe('utility:ban');
    expect(inside(element, 'strong').textContent).toBe('Not running.');
  });

  it.each([
    ['at work', GOOD_DAY],
    ['with problems', BAD_DAY],
  ])('can be read by everybody %s', async (_what, rows) => {
    jest.useRealTimers();
    await expect(show(rows)).toBeAccessible();
  });
});
