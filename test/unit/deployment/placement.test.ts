// Processes come to the same answer to who runs which connection, and one that comes or goes moves its own share only.
import { expect, it } from '@jest/globals';
import { createPlacement, holderOf } from '../../../bridge/deployment/placement.ts';

const members = ['a', 'b', 'c'].map((id) => ({ id, address: `http://${id}` }));
const names = Array.from({ length: 300 }, (_, index) => `org-${index}`);
const placed = (among: typeof members): Map<string, string | undefined> =>
  new Map(names.map((name) => [name, holderOf(name, among)?.id]));

it('every process is given a share, in whatever order the processes are known', () => {
  const all = placed(members);
  for (const { id } of members) expect([...all.values()].filter((one) => one === id).length).toBeGreaterThan(60);
  expect(placed(members.toReversed())).toEqual(all);
});

it('one that goes gives its share to the others, and nothing else moves', () => {
  const before = placed(members);
  const after = placed(members.filter(({ id }) => id !== 'b'));
  for (const [name, holder] of before) expect(after.get(name)).toBe(holder === 'b' ? after.get(name) : holder);
  expect([...after.values()]).not.toContain('b');
});

it('no process runs a connection where none lives', () => {
  expect(holderOf('north', [])).toBeUndefined();
});

it('what is remembered is forgotten as soon as other processes live', () => {
  const placement = createPlacement();
  expect(placement.holderOf('org-1')).toBeUndefined();
  for (const among of [members, members.slice(0, 1), members.slice(1), []]) {
    placement.among(among);
    for (const name of names) expect(placement.holderOf(name)).toEqual(holderOf(name, among));
  }
  const moved = members.map(({ id }) => ({ id, address: `https://${id}` }));
  placement.among(moved);
  expect(placement.holderOf('org-1')?.address).toMatch(/^https:/);
});
