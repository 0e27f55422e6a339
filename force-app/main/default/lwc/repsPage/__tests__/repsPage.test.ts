import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { ANN, ANNS_USER, repsAnswer, usersAnswer } from '#components/reps';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import type { MatchedRep } from 'c/repData';
import RepsPage from 'c/repsPage';
import { isRevisit } from 'c/revisit';
import { graphql } from 'lightning/graphql';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

const wire = graphqlWire(graphql);
const ofReps = (config: unknown): boolean => JSON.stringify(config).includes('sellfireReps ');
const ofUsers = (config: unknown): boolean => JSON.stringify(config).includes('sellfireRepUsers ');
const LINKED = { ...ANN, id: 'rep_02', name: 'Bea', email: '', userId: ANNS_USER.id };

async function show(answer: object, users: object = usersAnswer([ANNS_USER])): Promise<HTMLElement> {
  const element = mount('c-reps-page', RepsPage);
  await settled();
  wire.emit(answer, ofReps);
  await settled();
  wire.emit(users, ofUsers);
  await settled();
  return element;
}
const listed = (element: HTMLElement): string[] =>
  allInside<HTMLElement & { reps: readonly MatchedRep[] }>(element, 'c-rep-table').flatMap(({ reps }) =>
    reps.map(({ id }) => id),
  );

describe('the Reps page', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('has those without a user on top, with what to do, and exports what is listed (M14)', async () => {
    const element = await show(repsAnswer([LINKED, ANN], 2));
    expect(listed(element)).toEqual(['rep_01', 'rep_02']);
    expect(textOf(element)).toContain('1 active rep has no Salesforce user that can own records.');
    expect(textOf(element)).toContain('Sellfire kept its own owner 2 times in the last 7 days.');
    const exported = inside<HTMLElement & { reps: readonly MatchedRep[] }>(element, 'c-rep-export');
    expect(exported.reps.map(({ id }) => id)).toEqual(['rep_01', 'rep_02']);
    await expect(element).toBeAccessible();
  });

  it('is searched, and says where nothing matches', async () => {
    const element = await show(repsAnswer([LINKED, ANN]));
    const search = inside(element, 'lightning-input');
    search.dispatchEvent(new CustomEvent('change', { detail: { value: 'bea' } }));
    await settled();
    expect(listed(element)).toEqual(['rep_02']);
    expect(textOf(element)).toContain('1 of 2 reps');
    search.dispatchEvent(new CustomEvent('change', { detail: { value: 'zzz' } }));
    await settled();
    expect(listed(element)).toEqual([]);
    expect(textOf(element)).toContain('No rep matches this search.');
    await expect(element).toBeAccessible();
  });

  it('waits until it knows them, and says what is wrong where they cannot be read', async () => {
    const element = mount('c-reps-page', RepsPage);
    await settled();
    expect(inside<HTMLElement & { ready: boolean }>(element, 'c-app-page').ready).toBe(false);
    wire.emitErrors([{ message: 'REQUEST_LIMIT_EXCEEDED' }]);
    await settled();
    expect(textOf(element)).toContain('REQUEST_LIMIT_EXCEEDED');
  });

  it('says on the first day where they come from, and how many it has where there are too many', async () => {
    const element = await show(repsAnswer([]));
    expect(textOf(element)).toContain('No reps are known yet.');
    await expect(element).toBeAccessible();
    document.body.replaceChildren();
    expect(textOf(await show(repsAnswer([ANN], 0, true)))).toContain('The list has the first 2,000 reps.');
  });

  it('reads again when the bridge has', async () => {
    const element = mount('c-reps-page', RepsPage);
    const refresh = jest.fn().mockResolvedValue(undefined);
    await settled();
    wire.emit(repsAnswer([ANN]), ofReps, refresh);
    await settled();
    inside(element, 'c-rep-refresh').dispatchEvent(new CustomEvent('done'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('reads again for somebody who comes back, who would see what was read before', async () => {
    jest.mocked(isRevisit).mockReturnValueOnce(true);
    mount('c-reps-page', RepsPage);
    const refresh = jest.fn().mockResolvedValue(undefined);
    await settled();
    wire.emit(repsAnswer([ANN]), ofReps, refresh);
    wire.emit(repsAnswer([ANN]), ofReps, refresh);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
