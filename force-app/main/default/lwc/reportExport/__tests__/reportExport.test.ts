import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { REPORT, reportsAnswer } from '#components/reports';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import ReportExport from 'c/reportExport';
import { graphql } from 'lightning/graphql';

const wire = graphqlWire(graphql);
const page = (from: number, count: number): object =>
  reportsAnswer(Array.from({ length: count }, (_none, at) => ({ ...REPORT, id: `a${from + at}` })));

describe('the export of reports', () => {
  const made: Blob[] = [];
  const click = jest.fn();
  beforeAll(() => {
    setup();
    Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${made.push(blob)}`, revokeObjectURL: jest.fn() });
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(click);
  });
  afterEach(() => {
    document.body.replaceChildren();
    made.length = 0;
    click.mockClear();
  });

  async function begin(): Promise<HTMLElement> {
    const element = mount('c-report-export', ReportExport, { filter: { code: 'A' } });
    inside(element, 'lightning-button').click();
    await settled();
    return element;
  }

  it('reads page after page of what matches, and hands over one file', async () => {
    const element = await begin();
    expect(wire.getLastConfig()?.query).toContain('Code__c: { eq: "A" }');
    wire.emit(page(0, 2000));
    await settled();
    expect(textOf(element)).toContain('2,000 read');
    expect(wire.getLastConfig()?.query).toContain('{ Id: { lt: "a1999" } }');
    wire.emit(page(2000, 7));
    await settled();
    expect(click).toHaveBeenCalledTimes(1);
    expect(made[0]?.size).toBeGreaterThan(2007 * 50);
    await expect(element).toBeAccessible();
  });

  it('ends at what a browser holds, and says so', async () => {
    const element = await begin();
    for (let at = 0; at < 10; at += 1) {
      wire.emit(page(at * 2000, 2000));
      // eslint-disable-next-line no-await-in-loop -- each page is asked for only once the one before has come
      await settled();
    }
    expect(click).toHaveBeenCalledTimes(1);
    expect(textOf(element)).toContain('The file has the newest 20,000 reports.');
  });

  it('is given up on request, and says what went wrong', async () => {
    const element = await begin();
    inside(element, 'lightning-button').click();
    await settled();
    const labels = allInside<HTMLElement & { label: string }>(element, 'lightning-button').map(({ label }) => label);
    expect(labels).toEqual(['Export as CSV']);
    inside(element, 'lightning-button').click();
    await settled();
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
    expect(click).not.toHaveBeenCalled();
  });
});
