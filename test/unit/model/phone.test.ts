// R3, R36: one parser of phone numbers, and a search by digits that finds every text that parses to the number.
import { describe, expect, it } from '@jest/globals';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { countryCode, countryOfRecord } from '../../../bridge/model/country.ts';
import { mayHold, phoneDigits, readPhone } from '../../../bridge/model/phone.ts';
import { phonePattern } from '../../../bridge/salesforce/api/soql.ts';

/** How people of many countries type one number. */
function spellings(international: string, national: string): string[] {
  const digits = international.replace(/\D/g, '');
  const compact = national.replace(/\D/g, '');
  return [
    international,
    international.replaceAll(' ', '-'),
    `+${digits}`,
    `00${digits}`,
    `00 ${international.slice(1)}`,
    `011 ${international.slice(1)}`,
    `tel:+${digits}`,
    international.replace(' ', ' (0) '),
    international.replace(' ', ' (0)'),
    national,
    compact,
    `0${compact}`,
    `1${compact}`,
    national.replace(/^0/, ''),
    national.replace(/^0/, '(0)'),
    `${national} ext. 12`,
    `${national} x12`,
    `${international} Durchwahl 12`,
    `${international};ext=12`,
    `${national} (office)`,
    `call ${national}`,
    `${national} / ${national}`,
    `${compact.slice(0, 3)}-${compact.slice(3)}-CALL`,
    compact.slice(2),
    compact.slice(3),
    compact.slice(4),
  ];
}

const LOCAL = [
  '4601234',
  '960123',
  '011 15-2345-6789',
  '02966 15-42-1234',
  '(555) 0132',
  '0000000000',
  '1-800-FLOWERS',
];

/** A LIKE with the semantics of SOQL. */
const like = (pattern: string): RegExp => new RegExp(`^${pattern.slice(1, -1).replaceAll('%', '.*')}$`, 's');

const READ = getCountries().flatMap((country) => {
  const example = getExampleNumber(country, examples);
  const texts = example ? spellings(example.formatInternational(), example.formatNational()) : [];
  return [...texts, ...LOCAL].flatMap((text) =>
    [...new Set([country, 'US', 'GB', 'DE'])].map((home) => ({ text, home, phone: readPhone(text, home) })),
  );
});

describe('the reader of phone numbers', () => {
  it('parses each of the ways in which people write a number, with the country where it names none', () => {
    const ways: [string, string, string][] = [
      ['020 7946 0018', 'GB', '+442079460018'],
      ['(020) 7946-0018 ext. 7', 'GB', '+442079460018'],
      ['+44 (0)20 7946 0018', 'US', '+442079460018'],
      ['0044 20 7946 0018', 'DE', '+442079460018'],
      ['011 44 20 7946 0018', 'US', '+442079460018'],
      ['030/901820', 'DE', '+4930901820'],
      ['+49 (0) 30 901820', 'GB', '+4930901820'],
      ['415.555.0132 x7', 'US', '+14155550132'],
      ['1 (415) 555-0132', 'US', '+14155550132'],
      ['+1 415 555 0132', 'DE', '+14155550132'],
    ];
    for (const [text, country, phone] of ways) expect([text, readPhone(text, country)]).toEqual([text, phone]);
  });

  it('parses no number from a text that cannot be one, or cannot be searched for', () => {
    for (const text of ['', 'ask for Ann', '12', '020 7946 0018', '٠٢٠ ٧٩٤٦ ٠٠١٨', 'tel:555-0132;phone-context=+1-415'])
      expect(readPhone(text, 'US')).toBeNull();
  });

  it('parses a parsed number to the same one, whatever the country', () => {
    for (const phone of new Set(READ.map((one) => one.phone)))
      if (phone !== null) for (const country of ['US', 'GB', 'DE']) expect(readPhone(phone, country)).toBe(phone);
  });
});

describe('the search by digits', () => {
  it('finds every text that parses to the number, in every country', () => {
    const read = READ.filter((one) => one.phone !== null);
    expect(new Set(read.map(({ home }) => home)).size).toBeGreaterThan(200);
    expect(read.filter(({ text, phone }) => !mayHold(text, phone ?? ''))).toEqual([]);
    expect(read.filter(({ text, phone }) => !like(phonePattern(phone ?? '')).test(text))).toEqual([]);
  });

  it('searches for the national digits, without a code that people omit', () => {
    expect(phoneDigits('+442079460018')).toBe('2079460018');
    expect(phoneDigits('+12684601234')).toBe('4601234');
    expect(phoneDigits('+5491123456789')).toBe('1123456789');
    for (const country of ['US', 'GB', 'DE'] as const) {
      const phone = getExampleNumber(country, examples)?.number ?? '';
      expect(phoneDigits(phone)).toBe(parsePhoneNumberFromString(phone)?.nationalNumber);
    }
  });
});

describe('the country of a record', () => {
  it('is read from a code and from a name', () => {
    const texts = ['GB', 'de ', 'United Kingdom', 'UK', 'U.S.A.', 'Deutschland', 'Allemagne', 'Neverland', '', null];
    expect(texts.map(countryCode)).toEqual(['GB', 'DE', 'GB', 'GB', 'US', 'DE', 'DE', undefined, undefined, undefined]);
  });

  it('is that of the address by which its phone is used', () => {
    expect(countryOfRecord('Lead', { Country: 'Germany', CountryCode: null })).toBe('DE');
    expect(countryOfRecord('Contact', { MailingCountryCode: 'GB', MailingCountry: 'whatever' })).toBe('GB');
    expect(countryOfRecord('Account', { BillingCountry: 'France', ShippingCountry: 'Spain' })).toBe('FR');
    expect(countryOfRecord('Lead', {})).toBeUndefined();
  });
});
