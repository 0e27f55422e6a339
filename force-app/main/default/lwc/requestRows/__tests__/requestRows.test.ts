import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { REPORT, reportsAnswer } from '#components/reports';
import { graphqlWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import RequestRows from 'c/requestRows';
import { graphql } from 'lightning/graphql';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { label: string };
const wire = graphqlWire(graphql);
const REQUEST = 'a02000000000001AAA';
const ofRows = (config: unknown): boolean =>
  String((config as { query?: string }).query).includes(`{ Sync_Request_Id__c: { eq: "${REQUEST}" } }`);

async function show(answer: object): Promise<HTMLElement> {
  const element = mount('c-request-rows', RequestRows, { label: 'Rows', requestId: REQUEST, type: 'Import' });
  await settled();
  wire.emit(answer, ofRows);
  await settled();
  return element;
}
const button = (element: HTMLElement, label: string): Button | undefined =>
  allInside<Button>(element, 'lightning-button').find((one) => one.label === label);

describe('the rows of a request', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'a03' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('that failed stand with their reasons, and the file has all of them (M16)', async () => {
    const element = await show(reportsAnswer([REPORT], 9));
    expect(textOf(element)).toContain('The first 1 of 9 failed rows');
    expect(textOf(inside(element, 'tbody tr'))).toBe(
      'Acme Bakery City has 60 characters, 40 are allowed. Shorten it. STRING_TOO_LONG',
    );
    const file = inside<HTMLElement & { filter: object }>(element, 'c-report-export');
    expect(file.filter).toEqual({ request: REQUEST });
    await expect(element).toBeAccessible();
  });

  it('that failed are tried again alone, by a new request that is shown (M16)', async () => {
    const element = await show(reportsAnswer([REPORT]));
    button(element, 'Retry the failed rows')?.click();
    await settled();
    expect(jest.mocked(createRecord).mock.calls).toEqual([
      [
        {
          apiName: 'Sync_Request__c',
          fields: { Type__c: 'Import', Parameters__c: JSON.stringify({ retry: REQUEST }) },
        },
      ],
    ]);
    expect(inside<HTMLElement & { recordId: string }>(element, 'c-request-progress').recordId).toBe('a03');
    expect(button(element, 'Retry the failed rows')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  it('have nothing to try again where none failed', async () => {
    const element = await show(reportsAnswer([]));
    expect(textOf(element)).toContain('No row failed.');
    expect(button(element, 'Retry the failed rows')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  it('lead to the Reports page, narrowed to them', async () => {
    const element = await show(reportsAnswer([]));
    const closed = jest.fn();
    element.addEventListener('close', (event) => closed((event as CustomEvent).detail));
    button(element, 'See all rows')?.click();
    button(element, 'Close')?.click();
    expect(closed.mock.calls).toEqual([[{ request: REQUEST }], [null]]);
  });

  it('are waited for, and an error is said', async () => {
    const element = mount('c-request-rows', RequestRows, { requestId: REQUEST, type: 'Import' });
    await settled();
    expect(allInside(element, 'lightning-spinner')).toHaveLength(1);
    wire.emitErrors([{ message: 'REQUEST_LIMIT_EXCEEDED' }]);
    await settled();
    expect(allInside(element, 'lightning-spinner')).toEqual([]);
    expect(textOf(element)).toContain('REQUEST_LIMIT_EXCEEDED');
  });
});
