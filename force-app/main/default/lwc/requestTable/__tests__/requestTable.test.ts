import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { requestsAnswer } from '#components/requests';
import { setup } from '@sa11y/jest';
import { filterOf } from 'c/reportFilter';
import { requestsOf } from 'c/requestData';
import RequestRows from 'c/requestRows';
import RequestTable from 'c/requestTable';

type Icon = HTMLElement & { iconName: string; alternativeText: string };
const show = (rows: Parameters<typeof requestsAnswer>[0]): HTMLElement =>
  mount('c-request-table', RequestTable, { caption: 'Ended', rows: requestsOf(requestsAnswer(rows)) });

describe('the table of requests', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says of each what came of it, by whom it was asked, and how many records failed', async () => {
    const element = show([{}, { Id: 'a03', Failed__c: 1 }, { Id: 'a04', Status__c: 'Failed', Failed__c: 1200 }]);
    const [good, part, bad] = allInside(element, 'tbody tr').map(textOf);
    expect(good).toMatch(/^Ann Lee .* 12 leads created\.$/);
    expect(part).toContain('1 record failed; its integration report says why.');
    expect(bad).toContain('1,200 records failed; their integration reports say why.');
    expect(allInside<Icon>(element, 'lightning-icon').map(({ iconName }) => iconName)).toEqual([
      'utility:success',
      'utility:warning',
      'utility:error',
    ]);
    await expect(element).toBeAccessible();
  });

  it('says in a word how it ended where the bridge says nothing', () => {
    const element = show([{ Status__c: 'Stopped', Result__c: null, CreatedBy: undefined }]);
    expect(textOf(inside(element, 'tbody tr'))).toContain('Stopped');
    expect(inside<Icon>(element, 'lightning-icon').alternativeText).toContain('Stopped');
    expect(textOf(inside(element, 'tbody td'))).toBe('an administrator');
  });

  it('says where a request only counted', () => {
    const { label } = inside<HTMLElement & { label: string }>(
      show([{ Parameters__c: '{"preview":true}' }]),
      'lightning-button',
    );
    expect(label).toBe('Import into Sellfire (count only)');
  });

  it('leads to the record of a request', () => {
    inside(show([{}]), 'lightning-button').click();
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ recordId: 'a02', actionName: 'view' });
  });

  it('has the row results of an import, and leads from them to all rows on the Reports page (M16)', async () => {
    jest.mocked(RequestRows.open).mockResolvedValueOnce({ request: 'a02' });
    const element = show([{}, { Id: 'a03', Parameters__c: '{"preview":true}' }, { Id: 'a04', Type__c: 'Reconcile' }]);
    const [rows, ...others] = allInside<HTMLElement & { label: string }>(element, 'lightning-button').filter(
      ({ label }) => label === 'Row results',
    );
    expect(others).toEqual([]);
    rows?.click();
    await settled();
    expect(RequestRows.open).toHaveBeenCalledWith({
      label: 'Row results of: Import into Sellfire',
      size: 'medium',
      requestId: 'a02',
      type: 'Import',
    });
    const goal = navigated.mock.lastCall?.[0];
    expect([goal.attributes.apiName, filterOf(goal.state)]).toEqual(['Sellfire_Reports', { request: 'a02' }]);
  });
});
