import { allInside, inside, mount, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { ANN, ANNS_USER } from '#components/reps';
import { setup } from '@sa11y/jest';
import { matched } from 'c/repMatches';
import RepTable from 'c/repTable';

const reps = matched([ANN, { ...ANN, id: 'rep_02', name: 'Bea', userId: ANNS_USER.id }], [ANNS_USER]);
const show = (rows = reps): HTMLElement => mount('c-rep-table', RepTable, { reps: rows });

describe('the table of reps (M14)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('has a row for each, with what to do where no user can own a record', async () => {
    const element = show();
    const [unmatched, linked] = allInside(element, 'tbody tr').map(textOf);
    expect(unmatched).toMatch(/^Ann Lee ann@sales\.example rep_01 Active No Salesforce user\. .*0055g00000AbCdEAAV$/);
    expect(linked).toBe('Bea ann@sales.example rep_02 Active');
    await expect(element).toBeAccessible();
  });

  it('leads to the user', () => {
    const element = show();
    const button = inside<HTMLElement & { label: string }>(element, 'lightning-button');
    expect(button.label).toBe('Ann Lee');
    navigated.mockClear();
    button.click();
    expect(navigated.mock.calls[0]?.[0]).toMatchObject({ attributes: { recordId: ANNS_USER.id } });
  });

  it('has the id of a user that nobody knows, without a way there', async () => {
    const element = show(matched([{ ...ANN, userId: '0055g00000AbCdFAAV' }], []));
    expect(textOf(element)).toContain('0055g00000AbCdFAAV No user that you can see has the id');
    expect(allInside(element, 'lightning-button')).toEqual([]);
    await expect(element).toBeAccessible();
  });
});
