// The matching tables of the specification, every combination of none, one and several at each level (M23, M24).
import { describe, expect, it } from '@jest/globals';
import type { AccountCandidate } from '../../../../bridge/model/saleTransaction.ts';
import { matchAccount, matchContact } from '../../../../bridge/sync/sale/match.ts';

const COUNTS = [0, 1, 2] as const;
const lead = { businessName: 'Acme Plumbing', city: 'Austin' };
let made = 0;
const account = (name: string, city: string | null): AccountCandidate => ({ id: `001${(made += 1)}`, name, city });
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
          // Accounts by name are not looked at when the phone is known.
          const match = matchAccount(lead, [...others, ...elsewhere, ...here], [account('Acme Plumbing', 'Austin')]);
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
          const inCity = times(here, () => account('Acme Plumbing', 'Austin'));
          const away = times(elsewhere, () => account('Acme Plumbing', 'Dallas'));
          const nowhere = times(unknown, () => account('Acme Plumbing', null));
          const match = matchAccount(lead, [], [...nowhere, ...away, ...inCity]);
          expect('connect' in match ? match.connect : undefined).toBe(here === 1 ? inCity[0]?.id : undefined);
        });

  it('a lead of no known city is in none', () => {
    expect(matchAccount({ ...lead, city: null }, [], [account('Acme Plumbing', null)])).toHaveProperty('create');
  });
});

describe('the Contact under the Account (M24)', () => {
  for (const named of COUNTS)
    for (const unnamed of COUNTS)
      it(`${named} with the last name, ${unnamed} with another`, () => {
        const same = times(named, () => ({ id: `003${(made += 1)}`, lastName: 'stone', leadId: null }));
        const others = times(unnamed, () => ({ id: `003${(made += 1)}`, lastName: 'Rock', leadId: null }));
        const match = matchContact('Stone', [...others, ...same]);
        expect('connect' in match ? match.connect : undefined).toBe(named === 1 ? same[0]?.id : undefined);
      });
});
