// States and countries of an org that keeps them by code: the code is written, with the country that a state needs (B15).
import { describe, expect, it } from '@jest/globals';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import { withRegionCodes, type DescribedRegion } from '../../../../bridge/salesforce/org/regionCodes.ts';
import { inCodes, namedAsMapped, needsCountry, regionOf } from '../../../../bridge/sync/mapping/regionCodes.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';

const COUNTRIES = ['US', 'CA', 'AU'];
/** Bits of describe: the first country is the highest bit of the first byte. */
const validFor = (...countries: string[]): string =>
  Buffer.from([COUNTRIES.reduce((bits, one, at) => bits | (countries.includes(one) ? 0x80 >> at : 0), 0)]).toString(
    'base64',
  );
const value = (code: string, label: string, more = {}) => ({ value: code, label, active: true, ...more });
const DESCRIBED: DescribedRegion[] = [
  { name: 'State', type: 'string', picklistValues: [] },
  { name: 'Country', type: 'string', picklistValues: [] },
  {
    ...{ name: 'StateCode', type: 'picklist', controllerName: 'CountryCode' },
    picklistValues: [
      value('TX', 'Texas', { validFor: validFor('US') }),
      value('WA', 'Washington', { validFor: validFor('US') }),
      value('WA', 'Western Australia', { validFor: validFor('AU') }),
      value('ON', 'Ontario', { validFor: validFor('CA') }),
      value('OH', 'Ohio', { validFor: validFor('US'), active: false }),
    ],
  },
  {
    ...{ name: 'CountryCode', type: 'picklist' },
    picklistValues: [value('US', 'United States'), value('CA', 'Canada'), value('AU', 'Australia')],
  },
];
const plain: Record<string, SalesforceField> = Object.fromEntries(
  [...DESCRIBED.map(({ name, type }) => salesforceField(name, type)), salesforceField('City')].map((one) => [
    one.name,
    one,
  ]),
);
const fields = withRegionCodes(plain, DESCRIBED);
const lead = salesforceObject('Lead', Object.values(fields));
const written = (given: Record<string, string | null>, current: string | null = null) =>
  inCodes(lead, given, 'US', current);

describe('the codes of an address', () => {
  it('are those of the org: each state with its countries, of the values that are active', () => {
    const states = fields['State']?.codes?.entries.map(({ value: code, countries }) => [code, ...countries]);
    expect(states).toEqual([
      ['TX', 'US'],
      ['WA', 'US'],
      ['WA', 'AU'],
      ['ON', 'CA'],
    ]);
    expect(fields['City']?.codes).toBeUndefined();
    expect(withRegionCodes(plain, DESCRIBED.slice(0, 2))).toBe(plain);
  });

  it('are written for a text or a code, with the country where the record has none', () => {
    expect(written({ State: 'Texas', City: 'Waco' })).toEqual({ StateCode: 'TX', CountryCode: 'US', City: 'Waco' });
    expect(written({ State: 'tx' })).toEqual({ StateCode: 'TX', CountryCode: 'US' });
    expect(written({ State: 'Ontario' })).toEqual({ StateCode: 'ON', CountryCode: 'CA' });
    expect(written({ Country: 'Canada' })).toEqual({ CountryCode: 'CA' });
    expect(written({ State: null, Country: null })).toEqual({ StateCode: null, CountryCode: null });
  });

  it('are those of the country that is written with the state, or that the record has; that one is never replaced', () => {
    expect(written({ State: 'WA', Country: 'Australia' })).toEqual({ StateCode: 'WA', CountryCode: 'AU' });
    expect(written({ State: 'Ontario' }, 'CA')).toEqual({ StateCode: 'ON' });
    expect(written({ State: 'Texas' }, 'CA')).toEqual({ State: 'Texas' });
    expect(written({ State: 'Nowhere' })).toEqual({ State: 'Nowhere' });
    expect(written({ State: 'Texas', StateCode: 'WA' })).toMatchObject({ StateCode: 'WA' });
  });

  it('need the country of the record before a state is written alone, and not before it is cleared', () => {
    expect(needsCountry(lead, { State: 'Texas' })).toBe('CountryCode');
    for (const given of [{ State: null }, { State: 'Texas', Country: 'US' }, { StateCode: 'TX', CountryCode: 'US' }])
      expect(needsCountry(lead, given)).toBeUndefined();
    expect(needsCountry(lead, { City: 'Waco' })).toBeUndefined();
  });

  it('are found first in the country that is looked at, and elsewhere only where no other is excluded', () => {
    const codes = fields['State']?.codes;
    if (!codes) throw new Error('The fixture has no states.');
    expect(regionOf(codes, 'WA', 'AU')).toMatchObject({ entry: { label: 'Western Australia' }, country: 'AU' });
    expect(regionOf(codes, 'ON', 'US')).toMatchObject({ country: 'CA' });
    expect(regionOf(codes, 'ON', 'US', true)).toBeUndefined();
  });

  it('that are refused are named by the mapped fields', () => {
    expect(namedAsMapped(lead, ['StateCode'], { State: 'Texas' })).toEqual(['State']);
    expect(namedAsMapped(lead, ['CountryCode'], { State: 'Texas' })).toEqual(['State']);
    expect(namedAsMapped(lead, ['City', 'Phone'], { State: 'Texas', City: 'x' })).toEqual(['City', 'Phone']);
  });
});
