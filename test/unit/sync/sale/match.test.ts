// The matching tables of the specification, every combination of none, one and several at each level (M23, M24).
import { describe, expect, it } from '@jest/globals';
import type { AccountCandidate, ContactCandidate } from '../../../../bridge/model/saleTransaction.ts';
import { matchAccount, matchContact, matchProduct } from '../../../../bridge/sync/sale/match.ts';

const COUNTS = [0, 1, 2] as const;
const PHONE = '+15125550100';
const lead = { phone: PHONE, businessName: 'Acme Plumbing', city: 'Austin' };
let made = 0;
const account = (name: string, city: string | null, phone: string | null = '(512) 555-0100'): AccountCandidate => ({
  id: `001${(made += 1)}`,
  name,
  city,
  phone,
  country: null,
  key: null,
});
/** An Account that is found by its name alone. */
const without = (name: string, city: string | null): AccountCandidate => account(name, city, null);
const contact = (lastName: string, phone = '512.555.0100', country: string | null = null): ContactCandidate => ({
  id: `003${(made += 1)}`,
  lastName,
  firstName: null,
  leadId: null,
  phone,
  country,
});
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('the Account by phone (M23, step 1)', () => {
  for (const namedHere of COUNTS)
    for (const namedElsewhere of COUNTS)
      for (const unnamed of COUNTS) {
        const total = namedHere + namedElsewhere + unnamed;
        if (total === 0) continue;
        it(`${namedHere} with the name in the city, ${namedElsewhere} with the name elsewhere, ${unnamed} with another name`, () => {
          const here = times(namedHere, () => account('ACME plumbing ', 'austin'));
          const elsewhere = times(namedElsewhere, () => account('Acme Plumbing', 'Dallas'));
          const others = times(unnamed, () => account('Another', 'Austin'));
          // Accounts by name do not matter when one has the phone.
          const match = matchAccount(
            lead,
            [...others, ...elsewhere, ...here, without('Acme Plumbing', 'Austin')],
            'US',
          );
          const named = [...here, ...elsewhere];
          const expected =
            named.length === 1 ? named[0]?.id : named.length > 1 && here.length === 1 ? here[0]?.id : undefined;
          expect('connect' in match ? match.connect : undefined).toBe(expected);
        });
      }
});

describe('the Account by name (M23, step 2)', () => {
  for (const here of COUNTS)
    for (const elsewhere of COUNTS)
      for (const unknown of COUNTS)
        it(`${here} in the city, ${elsewhere} elsewhere, ${unknown} of no known city`, () => {
          const inCity = times(here, () => without('Acme Plumbing', 'Austin'));
          const away = times(elsewhere, () => without('Acme Plumbing', 'Dallas'));
          const nowhere = times(unknown, () => without('Acme Plumbing', null));
          const match = matchAccount(lead, [...nowhere, ...away, ...inCity], 'US');
          expect('connect' in match ? match.connect : undefined).toBe(here === 1 ? inCity[0]?.id : undefined);
        });

  it('a lead of no known city is in none', () => {
    expect(matchAccount({ ...lead, city: null }, [without('Acme Plumbing', null)], 'US')).toHaveProperty('create');
  });
});

describe('the Contact under the Account (M24)', () => {
  for (const named of COUNTS)
    for (const unnamed of COUNTS)
      it(`${named} with the last name, ${unnamed} with another`, () => {
        const same = times(named, () => contact('stone'));
        const others = times(unnamed, () => contact('Rock'));
        const match = matchContact({ phone: PHONE, lastName: 'Stone' }, [...others, ...same], 'US');
        expect('connect' in match ? match.connect : undefined).toBe(named === 1 ? same[0]?.id : undefined);
      });
});

describe('the phone', () => {
  it('is parsed with the country of the connection, and with that of the record where it names one', () => {
    const acme = { phone: '+442079460018', businessName: 'Acme Plumbing', city: 'London' };
    const known = account('Acme Plumbing', 'London', '020 7946 0018');
    expect(matchAccount(acme, [known], 'GB')).toMatchObject({ connect: known.id });
    expect(matchAccount(acme, [{ ...known, country: 'GB' }], 'US')).toMatchObject({ connect: known.id });
    const stone = { phone: '+4930901820', lastName: 'Stone' };
    const person = contact('Stone', '030/901820');
    expect(matchContact(stone, [person], 'DE')).toMatchObject({ connect: person.id });
    expect(matchContact(stone, [person], 'US')).toHaveProperty('create');
    expect(matchContact(stone, [{ ...person, country: 'DE' }], 'US')).toMatchObject({ connect: person.id });
  });

  it('of a candidate that only has its digits in order does not match', () => {
    const other = account('Acme Plumbing', 'Dallas', '+1 512-9555-0100');
    expect(matchAccount(lead, [other], 'US')).toHaveProperty('create');
  });
});

describe('a name', () => {
  it.each([
    ['Café Ñandú', 'Café Ñandú'.normalize('NFD')],
    ['Acme Plumbing', 'ACME \u00a0 plumbing'],
    ['株式会社 ABC', '株式会社　ＡＢＣ'],
    ['İstanbul Ütü', 'i̇stanbul ütü'],
  ])('is one however its accents, blanks and widths are encoded: %s', (given, stored) => {
    const known = account(stored, 'Austin');
    expect(matchAccount({ ...lead, businessName: given }, [known], 'US')).toMatchObject({ connect: known.id });
    const person = contact(stored);
    expect(matchContact({ phone: PHONE, lastName: given }, [person], 'US')).toMatchObject({ connect: person.id });
    const product = { code: null, name: stored };
    expect(matchProduct({ code: 'PRO', name: given }, [product])).toEqual([product]);
  });

  it('of another word or another accent is another one', () => {
    const known = account('Muller', 'Austin');
    expect(matchAccount({ ...lead, businessName: 'Müller' }, [known], 'US')).toHaveProperty('create');
  });
});

describe('the product (M25)', () => {
  const one = { code: 'PRO', name: 'Pro plan' };
  const product = (code: string | null, name: string) => ({ code, name });

  it('is that of the code, whatever another is called', () => {
    const coded = product('pro ', 'Professional');
    expect(matchProduct(one, [product('LITE', 'Pro plan'), coded])).toEqual([coded]);
  });

  it('is that of the name where none has the code', () => {
    const named = product(null, ' PRO PLAN');
    expect(matchProduct(one, [product('LITE', 'Lite plan'), named])).toEqual([named]);
    expect(matchProduct(one, [product('LITE', 'Lite plan')])).toEqual([]);
  });
});
