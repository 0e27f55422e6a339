import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { detailAnswer, REPORT } from '#components/reports';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import ReportDetail from 'c/reportDetail';
import { graphql } from 'lightning/graphql';

const wire = graphqlWire(graphql);
const CHANGES = [{ field: 'City', before: 'Austin', after: 'Dallas' }];
const mapping = (object: string, rule: string): Record<string, string> => ({
  Sellfire_Field__c: 'city',
  Salesforce_Object__c: object,
  Salesforce_Field__c: 'City',
  Sync_Rule__c: rule,
});

async function show(answer?: object): Promise<HTMLElement> {
  const element = mount('c-report-detail', ReportDetail, { reportId: 'a0R1' });
  await settled();
  if (answer) wire.emit(answer);
  await settled();
  return element;
}

describe('one report (M31)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says what happened, why, what was written, and by which rule', async () => {
    const mappings = [mapping('Contact', 'TwoWay'), mapping('Lead', 'AlwaysSellfire')];
    const element = await show(detailAnswer(REPORT, CHANGES, mappings));
    const text = textOf(element);
    expect(text).toContain('Created · Failed');
    expect(text).toContain('IR-0000001 · ');
    expect(text).toContain('Text longer than its field STRING_TOO_LONG City has 60 characters, 40 are allowed.');
    expect(text).toContain('City Rule: Always use Sellfire Austin Dallas');
    await expect(element).toBeAccessible();
  });

  it('leads to both records and to the report itself', async () => {
    const element = await show(detailAnswer(REPORT, CHANGES, [], 'https://app.example.com/'));
    const links = allInside<HTMLElement & { label: string }>(element, 'li lightning-button');
    expect(links.map(({ label }) => label)).toEqual([
      'Salesforce: Acme Bakery',
      'Sellfire: lead ld_1',
      'Report IR-0000001',
    ]);
    navigated.mockClear();
    for (const link of links) link.click();
    expect(navigated.mock.calls.map(([{ attributes }]) => attributes.recordId ?? attributes.url)).toEqual([
      '00Q1',
      'https://app.example.com/leads/ld_1',
      'a0R1',
    ]);
  });

  it('asks why of its record, else of its lead, where it is about either', async () => {
    const about = async (report: typeof REPORT): Promise<string | undefined> =>
      allInside<HTMLElement & { about: string }>(await show(detailAnswer(report, [])), 'c-why-button')[0]?.about;
    expect(await about(REPORT)).toBe('00Q1');
    expect(await about({ ...REPORT, recordId: '' })).toBe('ld_1');
    expect(await about({ ...REPORT, recordId: '', leadId: '' })).toBeUndefined();
  });

  it('is done again and closed on request, by Escape as well', async () => {
    const element = await show(detailAnswer(REPORT, []));
    expect(textOf(element)).toContain('No field was written.');
    const fired: string[] = [];
    for (const name of ['repush', 'close']) element.addEventListener(name, () => fired.push(name));
    inside(element, 'section > lightning-button').click();
    inside(element, 'lightning-button-icon').click();
    inside(element, 'section').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(fired).toEqual(['repush', 'close', 'close']);
  });

  it('waits, says that it is gone, and what went wrong', async () => {
    const element = await show();
    expect(inside(element, 'lightning-spinner')).not.toBeNull();
    wire.emit(detailAnswer(undefined, []));
    await settled();
    expect(textOf(element)).toContain(
      'This report is not there any more. Reports are deleted after the number of days',
    );
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
  });
});
