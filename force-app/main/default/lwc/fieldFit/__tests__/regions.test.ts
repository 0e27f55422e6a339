// The page and the bridge know the same states and countries. The package cannot import the bridge, so the tables stand twice.
import { describe, expect, it } from '@jest/globals';
import * as bridge from '../../../../../../bridge/model/regions.ts';
import * as bridgeNames from '../../../../../../bridge/model/countryNames.ts';
import * as page from '../regions';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
/** Every country's name in the languages that are known, with names that no list has. */
const NAMES = bridgeNames.LANGUAGES.flatMap((language) => {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  return CODES.flatMap((code) => names.of(code) ?? []);
});
const COMMON = [
  'UK',
  'England',
  'U.S.A.',
  'America',
  'Holland',
  'Republic of Ireland',
  'Nowhere',
  'U.S.',
  'UC',
  'Congo',
  'Cote d’Ivoire',
  'Korea, Republic of',
];
const { THREE_LETTERS, OTHER_NAMES } = bridgeNames;

describe('the regions of the page', () => {
  it('are the states that the bridge knows', () => {
    expect(page.STATES).toEqual(bridge.STATES);
  });

  it('are the countries that the bridge knows, by code and by name', () => {
    const [ours, theirs] = [page, bridge].map(({ regionsOf }) => regionsOf(['US', 'Deutschland']));
    const bare = NAMES.map((name) => name.normalize('NFKD').replace(/\p{M}/gu, ''));
    const given = [...THREE_LETTERS, ...OTHER_NAMES].map(([, name]) => name);
    const texts = [...CODES, ...NAMES, ...bare, ...COMMON, ...given];
    expect(texts.filter((text) => ours?.(text) !== theirs?.(text))).toEqual([]);
    expect(['Alemania', 'POL', 'Polska', 'UC'].map((text) => ours?.(text))).toEqual(['DE', 'PL', 'PL', undefined]);
  });
});
