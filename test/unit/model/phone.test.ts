// One parser of phone numbers, and a search by digits that finds every text that parses to the number.
import { describe, expect, it } from '@jest/globals';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { countryCode, countryOfRecord } from '../../../bridge/model/country.ts';
import { identifies, mayHold, phoneDigits, readIdentity, readPhone } from '../../../bridge/model/phone.ts';
import { keysOf } from '../../../bridge/model/phoneText.ts';
import { holdsPhone } from '../../../bridge/salesforce/api/soql.ts';

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
    ...[3, 4, 5, 6, 7].map((letters) => spelledAt(compact, compact.length - letters)),
    spelledAt(international, international.length - 5),
    ...['\u0660', '\u06F0', '\u0966', '\uFF10'].map((zero) => inScript(zero, national)),
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
  '+52 1 55 1234 5678',
  '044 55 1234 5678',
  '(555) 0132,,12#',
];

/** Whether the text fulfils a condition of LIKEs, with the semantics of SOQL, which ignores case. */
const fulfils = (text: string, condition: string): boolean =>
  [...condition.matchAll(/Phone LIKE '([^']*)'/g)].some(([, pattern = '']) =>
    new RegExp(`^${pattern.replaceAll('%', '.*')}$`, 'is').test(text),
  );

/** Some letters on the keys of digits. */
const LETTERS = ['', '', 'AbC', 'DeF', 'GhI', 'JkL', 'MnO', 'PqRs', 'TuV', 'WxYz'];
const spelledAt = (digits: string, from: number): string =>
  [...digits].map((digit, at) => (at < from ? digit : (LETTERS[Number(digit)]?.[at % 3] ?? digit))).join('');
const inScript = (zero: string, text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(zero.charCodeAt(0) + Number(digit)));

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
      ['030/90182004', 'DE', '+493090182004'],
      ['030 901820 / 901821', 'DE', '+4930901820'],
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

  it('parses letters on keys as digits', () => {
    const ways: [string, string, string][] = [
      ['1-800-FLOWERS', 'US', '+18003569377'],
      ['(800) flowers', 'US', '+18003569377'],
      ['+1 800 GOT MILK', 'GB', '+18004686455'],
      ['1-800-4MY-DELL', 'US', '+18004693355'],
      ['512-555-ROOF', 'US', '+15125557663'],
      ['1300 FLOWER', 'AU', '+611300356937'],
      ['1-800-356-9377 (FLOWERS)', 'US', '+18003569377'],
      ['1-800-356-9377 FLOWERS', 'US', '+18003569377'],
    ];
    for (const [text, country, phone] of ways) expect([text, readPhone(text, country)]).toEqual([text, phone]);
    expect(keysOf('FLOWERS')).toBe('3569377');
  });

  it('parses no other number than the one that is meant: what may be two numbers is none', () => {
    const unclear: [string, string][] = [
      ['512-555-O1OO', 'US'],
      ['030 9O1820', 'DE'],
      ['030 9018 OO', 'DE'],
      // 030 901820, or 030 901820 266
      ['030 901820 Ann', 'DE'],
      ['030 901820/21', 'DE'],
      // 030 90182004, or 030 9018 and 030 2004
      ['(030) 9018/2004', 'DE'],
      ['512-555-0100/0101', 'US'],
      ['512-555-0100-12', 'US'],
      ['(415) 555 x 0132', 'US'],
      ['512-555-010⁰', 'US'],
      ['ann5125550100@example.com', 'US'],
      ['1-800-FLOWERS ext 5', 'US'],
      ['tel:7042;phone-context=example.com', 'US'],
    ];
    for (const [text, country] of unclear) expect([text, readPhone(text, country)]).toEqual([text, null]);
  });

  it('leaves out an extension, a label, a remark and a second number', () => {
    const before = ['', 'Tel: ', 'call '];
    const after = [
      'ext. 12',
      'x12',
      '#12',
      'Extension 12',
      ',,12',
      ',,12#',
      ';12',
      '(ext 12)',
      'e12',
      'Durchwahl 12',
      'доб. 12',
    ];
    const remarks = [
      '(office)',
      'mobile',
      '(after 5pm)',
      'or 512-555-0101',
      '/ 512-555-0101',
      '/ +1 512 555 0101',
      ', ext: 5, ask Ann',
    ];
    for (const label of before)
      for (const more of ['', ...after, ...remarks]) {
        const text = `${label}512-555-0100 ${more}`;
        expect([text, readPhone(text, 'US')]).toEqual([text, '+15125550100']);
      }
  });

  it('parses a number as it was dialled in Mexico before 2019, as the one that it is today', () => {
    const ways: [string, string][] = [
      ['+52 1 55 1234 5678', 'US'],
      ['+521 (55) 1234-5678', 'MX'],
      ['0052 1 55 1234 5678', 'MX'],
      ['01 55 1234 5678', 'MX'],
      ['044 55 1234 5678', 'MX'],
      ['045 55 1234 5678', 'MX'],
      ['55 1234 5678', 'MX'],
    ];
    for (const [text, country] of ways) expect([text, readPhone(text, country)]).toEqual([text, '+525512345678']);
    expect(readPhone('044 55 1234 5678', 'US')).toBeNull();
  });

  it('parses telephone URIs without their parameters, invisible characters and all dashes (RFC 3966)', () => {
    for (const text of [
      'tel:+1-512-555-0100;ext=12',
      'tel:+1-512-555-0100;isub=1234',
      'tel:%2B15125550100',
      'callto:+15125550100',
      '\u202A+1 512\u00A0555\u20110100\u202C',
    ])
      expect([text, readPhone(text, 'GB')]).toEqual([text, '+15125550100']);
  });

  it('parses digits of another script where the country of the number writes in it', () => {
    expect(readPhone('٠٥٠١٢٣٤٥٦٧', 'SA')).toBe('+966501234567');
    expect(readPhone('０３-１２３４-５６７９', 'JP')).toBe('+81312345679');
    expect(readPhone('０２０ ７９４６ ００１８', 'GB')).toBeNull();
    expect(readPhone('٠5٠١٢٣٤٥٦٧', 'SA')).toBeNull();
  });

  it('parses a number that identifies a lead more strictly: a valid one, and no placeholder', () => {
    const nobody: [string, string][] = [
      ['0000000000', 'US'],
      ['1111111111', 'US'],
      ['1234567890', 'US'],
      ['9999999999', 'IN'],
      ['9876543210', 'IN'],
      ['(555) 555-5555', 'US'],
      ['888-888-8888', 'US'],
      ['01234 567890', 'GB'],
      ['0123456789', 'FR'],
      ['06 00 00 00 00', 'FR'],
      ['0000000000', 'DE'],
      ['+1 512 111 2222', 'US'],
    ];
    for (const [text, country] of nobody) expect([text, readIdentity(text, country)]).toEqual([text, null]);
    for (const text of ['512-555-0100', '+44 20 1234 5678', '+49 30 12345678', '800-888-8888'])
      expect(readIdentity(text, 'US')).not.toBeNull();
    expect(identifies('+15125550100')).toBe(true);
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
    expect(read.filter(({ text, phone }) => !fulfils(text, holdsPhone('Phone', phone ?? '')))).toEqual([]);
    expect(read.filter(({ text }) => /[a-z]$/i.test(text)).length).toBeGreaterThan(200);
    expect(read.filter(({ text }) => /[٠-٩]/.test(text)).length).toBeGreaterThan(10);
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

  it.each([
    [
      'the country picklist of Salesforce',
      "Côte d'Ivoire|CI Korea, Republic of|KR Russian Federation|RU Bosnia and Herzegovina|BA",
    ],
    ['its codes of three letters', 'DEU|DE GBR|GB USA|US KOR|KR Cod|CD'],
    [
      'people',
      'U.S.|US u.k.|GB The Bahamas|BS Saint Lucia|LC Trinidad & Tobago|TT Guinea Bissau|GW Czech Republic|CZ Turkey|TR UAE|AE',
    ],
    [
      'their own language',
      'Österreich|AT Svizzera|CH Polska|PL 日本|JP Россия|RU España|ES Nederland|NL Türkiye|TR Việt Nam|VN مصر|EG',
    ],
  ])('is read as %s writes it', (_, written) => {
    const pairs = [...written.matchAll(/\s*(.+?)\|([A-Z]{2})(?=\s|$)/g)].map(([, name, code]) => [name, code]);
    expect(pairs.map(([name]) => [name, countryCode(name)])).toEqual(pairs);
  });

  it('is known by every code, and by every English name of it', () => {
    const display = new Intl.DisplayNames(['en'], { type: 'region' });
    const known = getCountries().map((code) => [code, countryCode(code), countryCode(display.of(code))]);
    expect(known.filter(([code, ...read]) => read.some((one) => one !== code))).toEqual([]);
  });

  it('is that of the address by which its phone is used', () => {
    expect(countryOfRecord('Lead', { Country: 'Germany', CountryCode: null })).toBe('DE');
    expect(countryOfRecord('Contact', { MailingCountryCode: 'GB', MailingCountry: 'whatever' })).toBe('GB');
    expect(countryOfRecord('Account', { BillingCountry: 'France', ShippingCountry: 'Spain' })).toBe('FR');
    expect(countryOfRecord('Lead', {})).toBeUndefined();
  });
});
