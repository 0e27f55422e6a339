import { ANN, ANNS_USER } from '#components/reps';
import { found, matched, remedyOf, stateWord } from 'c/repMatches';

const LINKED = { ...ANN, id: 'rep_02', name: 'Bea', userId: ANNS_USER.id };

describe('the match of a rep with a user', () => {
  it('is missing where Sellfire has none: the user with the same address is suggested', () => {
    const [rep] = matched([ANN], [ANNS_USER]);
    expect(rep).toMatchObject({ problem: 'unmatched', user: undefined, suggestion: ANNS_USER });
    expect(rep && remedyOf(rep)).toBe(
      'No Salesforce user. Enter the id of the user with the rep in Sellfire. Ann Lee has the same e-mail address. Enter this id with the rep in Sellfire: 0055g00000AbCdEAAV',
    );
  });

  it('suggests no inactive user, and none for a rep without an address', () => {
    expect(matched([ANN], [{ ...ANNS_USER, isActive: false }])[0]?.suggestion).toBeUndefined();
    expect(matched([{ ...ANN, email: '' }], [{ ...ANNS_USER, email: '' }])[0]?.suggestion).toBeUndefined();
  });

  it('is found by an id of 15 or 18 characters, and is wrong where the user is inactive or unknown', () => {
    expect(matched([LINKED], [ANNS_USER])[0]).toMatchObject({ user: ANNS_USER, problem: undefined });
    const short = { ...LINKED, userId: ANNS_USER.id.slice(0, 15) };
    expect(matched([short], [ANNS_USER])[0]?.user).toEqual(ANNS_USER);
    const [inactive] = matched([LINKED], [{ ...ANNS_USER, isActive: false, email: '' }]);
    expect(inactive && remedyOf(inactive)).toContain('This user is inactive');
    const [missing] = matched([LINKED], []);
    expect(missing && remedyOf(missing)).toContain(`has the id ${ANNS_USER.id}.`);
  });

  it('says nothing of users that are not read yet', () => {
    expect(matched([LINKED], undefined)[0]?.problem).toBeUndefined();
    expect(matched([ANN], undefined)[0]?.problem).toBe('unmatched');
  });

  it('comes first where it is wrong, and a deleted rep, of whom nothing is wanted, last', () => {
    const reps = [
      { ...ANN, id: 'gone', name: 'Aaron', state: 'deleted' },
      { ...LINKED, id: 'fine', name: 'Abe' },
      { ...ANN, id: 'late', name: 'Zoe' },
    ];
    const sorted = matched(reps, [ANNS_USER]);
    expect(sorted.map(({ id }) => id)).toEqual(['late', 'fine', 'gone']);
    expect(sorted.map(remedyOf).map(Boolean)).toEqual([true, false, false]);
  });

  it('is searched for by every word, in the name, the id, the address or the user', () => {
    const reps = matched([ANN, LINKED], [ANNS_USER]);
    expect(found(reps, 'REP_02').map(({ id }) => id)).toEqual(['rep_02']);
    expect(found(reps, 'bea lee').map(({ id }) => id)).toEqual(['rep_02']);
    expect(found(reps, ' ').map(({ id }) => id)).toEqual(['rep_01', 'rep_02']);
    expect(found(reps, 'nobody')).toEqual([]);
  });

  it('has a word for a state, and leaves one of a later version as it is', () => {
    expect([stateWord('active'), stateWord('deleted'), stateWord('suspended')]).toEqual([
      'Active',
      'Deleted: owns no leads',
      'suspended',
    ]);
  });
});
