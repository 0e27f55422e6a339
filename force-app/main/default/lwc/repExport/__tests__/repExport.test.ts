import { inside, mount } from '#components/mount';
import { ANN } from '#components/reps';
import { setup } from '@sa11y/jest';
import { download } from 'c/csv';
import RepExport from 'c/repExport';
import { matched } from 'c/repMatches';

jest.mock('c/csv', () => ({ download: jest.fn() }));

type Button = HTMLElement & { disabled: boolean };

describe('the export of reps', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('hands over what is listed: id, name, state and Salesforce user (M14)', async () => {
    const element = mount('c-rep-export', RepExport, { reps: matched([ANN], []) });
    inside(element, 'lightning-button').click();
    expect(download).toHaveBeenCalledWith('sellfire-reps.csv', [
      ['Rep id', 'Name', 'E-mail', 'State', 'Salesforce user id', 'Salesforce user', 'What to do'],
      ['rep_01', 'Ann Lee', 'ann@sales.example', 'active', '', '', expect.stringMatching(/^No Salesforce user\./)],
    ]);
    await expect(element).toBeAccessible();
  });

  it('makes no file of nothing', () => {
    const element = mount('c-rep-export', RepExport);
    expect(inside<Button>(element, 'lightning-button').disabled).toBe(true);
  });
});
