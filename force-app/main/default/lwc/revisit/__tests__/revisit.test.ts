import { isRevisit } from 'c/revisit';

describe('a page', () => {
  it('is read again by whoever comes back to it, and once by whoever opens it first', () => {
    expect([isRevisit('one'), isRevisit('other'), isRevisit('one')]).toEqual([false, false, true]);
  });
});
