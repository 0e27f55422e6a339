import { consentOf } from 'c/consent';

const of = (state: string, country = '', kept = ''): [string, string] => {
  const { rule, sentence } = consentOf({ state, country, kept });
  return [rule, sentence];
};

describe('whose consent a recording needs', () => {
  it.each([
    ['TX', ''],
    ['Texas', 'US'],
    [' texas ', 'United States'],
    ['tx', 'U.S.A.'],
  ])('is one party of %s', (state, country) => {
    expect(of(state, country)).toEqual(['OneParty', "Texas: one party's consent is enough, and yours counts."]);
  });

  it.each(['CA', 'Florida', 'washington', 'PA', 'Connecticut'])('is everybody in %s', (state) => {
    const [rule, sentence] = of(state);
    expect(rule).toBe('AllParties');
    expect(sentence).toMatch(/: everybody on the call has to agree/);
  });

  it('is not guessed for another country, a state that does not exist, or none', () => {
    expect(of('CA', 'Canada')).toEqual(['unknown', 'Not known for CA, Canada. Ask everybody on the call.']);
    expect(of('XX')).toEqual(['unknown', 'Not known for XX. Ask everybody on the call.']);
    expect(of('constructor')[0]).toBe('unknown');
    expect(of('')[1]).toContain('the record has no state');
  });

  it('is what the org keeps on the record, whatever its state', () => {
    expect(of('TX', '', 'AllParties')).toEqual([
      'AllParties',
      'Everybody on the call has to agree before it is recorded.',
    ]);
    expect(of('CA', '', 'OneParty')[0]).toBe('OneParty');
    expect(of('CA', '', 'Nobody')[0]).toBe('AllParties');
  });
});
