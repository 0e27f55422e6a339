import { BRIDGE, GOOD_DAY, homeAnswer } from '#components/home';
import { homeOf } from 'c/homeData';

const bridgeOf = (fields: object): ReturnType<typeof homeOf>['bridge'] =>
  homeOf(homeAnswer({ bridge: { ...BRIDGE, ...fields } })).bridge;

describe('what the Home page reads', () => {
  it('is typed, and undefined where it is not there', () => {
    expect(homeOf(homeAnswer({}))).toEqual({
      bridge: undefined,
      settingsId: undefined,
      bridgeAddress: undefined,
      pagesActivated: false,
      mapped: new Set(),
      testPassed: undefined,
      causes: [],
    });
    expect(homeOf(homeAnswer(GOOD_DAY)).mapped).toEqual(new Set(['primary_phone_number', 'business_name', 'state']));
  });

  it.each([
    ['JSON that is cut off', '[{"at":'],
    ['another shape', '{"in":1}'],
    ['a list of other things', '[1, null, "x"]'],
    ['nothing', null],
  ])('takes %s of a bridge for no hours and no rights', (_what, json) => {
    expect(bridgeOf({ Hours__c: json, Rights__c: json })).toMatchObject({ hours: [], rights: [] });
  });

  it('counts what is missing in an hour as none', () => {
    expect(bridgeOf({ Hours__c: '[{"at":"2026-03-02T11:00:00Z","in":3}]' })?.hours).toEqual([
      { at: '2026-03-02T11:00:00Z', in: 3, out: 0, refused: 0, failed: 0 },
    ]);
  });
});
