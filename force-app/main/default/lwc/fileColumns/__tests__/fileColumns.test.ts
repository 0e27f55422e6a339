import { allInside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import FileColumns from 'c/fileColumns';
import { COLUMNS } from '../columns';

const show = (type: string): HTMLElement => mount('c-file-columns', FileColumns, { type });

describe('the columns of a file', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it.each(['Import', 'ExportSales'])('are explained for the request %s', async (type) => {
    const element = show(type);
    expect(allInside(element, 'tbody tr')).toHaveLength(COLUMNS[type]?.length ?? 0);
    expect(textOf(element)).toContain('The columns of the file');
    expect(textOf(element)).toContain('salesforce_contact_id');
    await expect(element).toBeAccessible();
  });

  it('are not there for a request that makes no file', () => {
    expect(textOf(show('Reconcile'))).toBe('');
  });
});
