// The page and the bridge know the same names of countries. The package cannot import the bridge, so the tables stand twice.
import { describe, expect, it } from '@jest/globals';
import * as bridge from '../../../../../../bridge/model/countryNames.ts';
import * as page from '../countryNames';

describe('the names of countries of the page', () => {
  it('are those that the bridge knows', () => {
    expect([page.LANGUAGES, page.THREE_LETTERS, page.OTHER_NAMES]).toEqual([
      bridge.LANGUAGES,
      bridge.THREE_LETTERS,
      bridge.OTHER_NAMES,
    ]);
  });

  it.each(['The U.S.A.', 'Saint Lucia', 'Côte d’Ivoire', 'Trinidad & Tobago', 'UC', ' '])(
    'are folded as the bridge folds them: %j',
    (name) => {
      expect(page.foldedCountry(name)).toBe(bridge.foldedCountry(name));
      expect(page.isCode(page.foldedCountry(name))).toBe(bridge.isCode(bridge.foldedCountry(name)));
    },
  );
});
