import { allInside, inside, mount, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { ANN, ANNS_USER } from '#components/reps';
import { setup } from '@sa11y/jest';
import { filterOf } from 'c/reportFilter';
import { matched } from 'c/repMatches';
import RepNotices from 'c/repNotices';

const linked = { ...ANN, userId: ANNS_USER.id };
const show = (properties: object): HTMLElement => mount('c-rep-notices', RepNotices, properties);

describe('what needs somebody on the Reps page', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('is the reps without a user, and where the match is set', async () => {
    const element = show({ reps: matched([ANN, { ...ANN, id: 'rep_02' }], []) });
    expect(textOf(element)).toMatch(
      /^2 active reps have no Salesforce user .* The match is set in Sellfire, by an Enablement user;/,
    );
    await expect(element).toBeAccessible();
    expect(textOf(show({ reps: matched([ANN], []) }))).toMatch(/^1 active rep has no/);
  });

  it('is nothing where all have one and Sellfire kept no owner', async () => {
    const element = show({ reps: matched([linked], [ANNS_USER]) });
    expect(textOf(element)).toBe('All active reps have a Salesforce user.');
    expect(allInside(element, 'lightning-button')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('is the owners that Sellfire kept, with the way to their reports (M14)', async () => {
    const element = show({ reps: matched([linked], [ANNS_USER]), refused: 12 });
    expect(textOf(element)).toContain('Sellfire kept its own owner 12 times in the last 7 days.');
    navigated.mockClear();
    inside(element, 'lightning-button').click();
    const [goal] = navigated.mock.calls[0] ?? [];
    expect(goal.attributes.apiName).toBe('Sellfire_Reports');
    expect(filterOf(goal.state)).toEqual({ outcome: 'Failed,Refused', code: 'OWNER_REFUSED' });
    await expect(element).toBeAccessible();
  });
});
