import { ANN, ANNS_USER, repsAnswer, usersAnswer } from '#components/reps';
import { repsOf, usersOf, usersQuery } from 'c/repData';

describe('what the Reps page reads', () => {
  it('is the reps, how many owners were refused, and whether there are more', () => {
    expect(repsOf(repsAnswer([ANN], 3, true))).toEqual({ reps: [ANN], refused: 3, hasMore: true });
    expect(repsOf({})).toEqual({ reps: [], refused: 0, hasMore: false });
  });

  it('is the users whose ids or addresses reps have, and never every user', () => {
    const query = usersQuery([ANN, { ...ANN, userId: ANNS_USER.id }]);
    expect(query).toContain(`{ Id: { in: ["${ANNS_USER.id}"] } }, { Email: { in: ["ann@sales.example"] } }`);
    expect(usersQuery([{ ...ANN, email: '' }])).toBeUndefined();
  });

  it('asks for no user by what is no id of one, which the query would be refused for', () => {
    const query = usersQuery([{ ...ANN, userId: '"] } } } ann' }]);
    expect(query).not.toContain('Id: { in');
  });

  it('takes no user for inactive whose state the reader may not see', () => {
    expect(usersOf(usersAnswer([ANNS_USER]))).toEqual([ANNS_USER]);
    const hidden = { uiapi: { query: { User: { edges: [{ node: { Id: '1', Name: { value: 'A' } } }] } } } };
    expect(usersOf(hidden)).toEqual([{ id: '1', name: 'A', email: '', isActive: true }]);
  });
});
