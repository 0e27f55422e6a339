import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { panelAnswer, type PanelParts } from '#components/record';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RecordPanel from 'c/recordPanel';
import { isRevisit } from 'c/revisit';
import { graphql } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

// Whoever comes back to a page is a test of its own.
jest.mock('c/revisit', () => ({ isRevisit: jest.fn(() => false) }));

type ObjectName = Parameters<typeof panelAnswer>[0];
const wire = graphqlWire(graphql);
const OF_PANEL = (config: unknown): boolean => String(Object(config).query).includes('query sellfireRecord');

async function show(object: ObjectName, parts?: PanelParts, refresh?: () => Promise<void>): Promise<HTMLElement> {
  const element = mount('c-record-panel', RecordPanel, { recordId: `${object}1`, objectApiName: object });
  await settled();
  if (parts) wire.emit(panelAnswer(object, parts), OF_PANEL, refresh);
  await settled();
  return element;
}

describe('the record panel (M35)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows of a Lead where it stands, whose it is, what is next, and whether both systems agree', async () => {
    const element = await show('Lead', {});
    const text = textOf(element);
    for (const words of ['In step with Sellfire.', 'Demo set', 'Sales cycle 2', 'rep_7', 'Mar 2, 2126', 'Texas:'])
      expect(text).toContain(words);
    expect(allInside(element, 'c-account-leads, c-account-sites')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('shows of a Contact the rule of its mailing state', async () => {
    const element = await show('Contact', {});
    expect(textOf(element)).toContain('California: everybody on the call has to agree');
    await expect(element).toBeAccessible();
  });

  it('shows of an Account its leads, its organization and its sites', async () => {
    const element = await show('Account', { sites: ['Austin'], organizations: ['Acme Group'] });
    expect(textOf(element)).toContain('Leads of this Account');
    expect(textOf(element)).toContain('Organization: Acme Group Austin');
    expect(textOf(element)).not.toContain('Owner');
    await expect(element).toBeAccessible();
  });

  it('says of a record that is not linked what to do', async () => {
    const element = await show('Lead', { fields: { Sellfire_Lead_Id__c: null, Phase__c: null }, reports: [] });
    expect(textOf(element)).toContain('Not linked with Sellfire.');
    expect(allInside(element, 'c-record-activities')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('says which permission set is missing, whether the objects or the fields are not there', async () => {
    const hidden = await show('Lead', { fields: { Sellfire_Lead_Id__c: undefined } });
    expect(textOf(hidden)).toContain('You need the permission set Sellfire User');
    await expect(hidden).toBeAccessible();
    document.body.replaceChildren();
    const refused = await show('Lead');
    wire.emitErrors([{ message: 'Validation error (FieldUndefined@[uiapi/query/Integration_Report__c])' }]);
    await settled();
    expect(textOf(refused)).toContain('You need the permission set Sellfire User');
  });

  it('waits with a spinner, says that the record is gone, and what went wrong with a way to try again', async () => {
    const element = await show('Lead');
    expect(inside(element, 'lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    wire.emit(panelAnswer('Contact'), OF_PANEL, refresh);
    await settled();
    expect(textOf(element)).toContain('This record is not there any more');
    inside(element, 'c-error-message').dispatchEvent(new CustomEvent('retry'));
    expect(refresh).toHaveBeenCalledTimes(1);
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
    await expect(element).toBeAccessible();
  });

  it('reads only, and reads all of it again after a sync', async () => {
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    const element = await show('Account', {}, refresh);
    expect(createRecord).not.toHaveBeenCalled();
    expect(updateRecord).not.toHaveBeenCalled();
    const parts = allInside<HTMLElement & { refresh(): void }>(element, '[data-reads]');
    const reads = parts.map((part) => jest.spyOn(part, 'refresh').mockImplementation(() => undefined));
    inside(element, 'c-record-actions').dispatchEvent(new CustomEvent('change'));
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(reads).toHaveLength(2);
    for (const read of reads) expect(read).toHaveBeenCalledTimes(1);
  });

  it('is read again for whoever comes back to it, since Salesforce gives what it gave before', async () => {
    jest.mocked(isRevisit).mockReturnValueOnce(true);
    const refresh = jest.fn<Promise<void>, []>().mockResolvedValue(undefined);
    await show('Lead', {}, refresh);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
