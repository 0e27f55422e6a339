import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import StartDialog from 'c/startDialog';
import { createRecord } from 'lightning/uiRecordApi';

const COUNTS = {
  toSellfire: {
    create: 4112,
    update: 3,
    refused: 37,
    reasons: [{ code: 'NO_PHONE', sentence: 'No phone.', count: 37 }],
  },
  toSalesforce: { create: 0, update: 0, refused: 0, reasons: [] },
  countedAt: '2026-03-02T12:00:00Z',
};
type Button = HTMLElement & { label: string };

const labelsOf = (element: HTMLElement): string[] =>
  allInside<Button>(element, 'lightning-button').map(({ label }) => label);
const typesAsked = (): unknown[] => jest.mocked(createRecord).mock.calls.map(([input]) => input.fields.Type__c);

async function press(element: HTMLElement, label: string): Promise<void> {
  allInside<Button>(element, 'lightning-button')
    .find((button) => button.label === label)
    ?.click();
  await settled();
}

async function end(element: HTMLElement, detail: object): Promise<void> {
  inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail }));
  await settled();
}

describe('the start (B20)', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('cannot be pressed before the counts were seen', async () => {
    const element = mount('c-start-dialog', StartDialog, { label: 'Start the sync' });
    expect(labelsOf(element)).toEqual(['Cancel', 'Count']);
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('counts, shows what it would meet and why some is refused, then starts', async () => {
    const element = mount('c-start-dialog', StartDialog, { label: 'Start the sync' });
    await press(element, 'Count');
    await end(element, { status: 'Done', data: COUNTS });
    expect(textOf(element)).toMatch(
      /From Salesforce to Sellfire 4,112 records have no counterpart\. 3 linked records differ\. 37 would be refused\. 37: No phone number No phone\./,
    );
    expect(textOf(element)).toContain('Starting creates none of these records');
    await expect(element).toBeAccessible();
    await press(element, 'Start');
    expect(typesAsked()).toEqual(['PreviewStart', 'Start']);
    await end(element, { status: 'Done', result: 'Sync is on.' });
    expect(labelsOf(element)).toEqual(['Close']);
  });

  it.each([
    ['fails', { status: 'Failed', data: undefined }],
    ['brings half of the counts', { status: 'Done', data: { toSellfire: COUNTS.toSellfire } }],
    ['brings what is no count', { status: 'Done', data: { ...COUNTS, toSalesforce: { create: 'many' } } }],
  ])('stays closed where the count %s', async (_what, detail) => {
    const element = mount('c-start-dialog', StartDialog, { label: 'Start the sync' });
    await press(element, 'Count');
    await end(element, detail);
    expect(textOf(element)).toContain('The counts could not be read.');
    expect(labelsOf(element)).toEqual(['Cancel', 'Count again']);
  });

  it('counts once however often the button is pressed, and again where the second count could not be asked for', async () => {
    const element = mount('c-start-dialog', StartDialog, { label: 'Start the sync' });
    const count = (): Button & { disabled: boolean } => {
      const found = allInside<Button & { disabled: boolean }>(element, 'lightning-button').at(-1);
      if (!found) throw new Error('no button');
      return found;
    };
    const pressed = press(element, 'Count');
    await Promise.resolve();
    expect(count().disabled).toBe(true);
    await pressed;
    await end(element, { status: 'Failed' });
    jest.mocked(createRecord).mockRejectedValueOnce({ status: 503, body: { message: 'x' } });
    await press(element, 'Count again');
    expect(textOf(element)).toContain('Wait a few minutes and try again.');
    expect([count().label, count().disabled]).toEqual(['Count', false]);
    await press(element, 'Count');
    expect(typesAsked()).toEqual(['PreviewStart', 'PreviewStart', 'PreviewStart']);
  });

  it('says why it could not ask', async () => {
    jest
      .mocked(createRecord)
      .mockRejectedValue({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }] });
    const element = mount('c-start-dialog', StartDialog, { label: 'Start the sync' });
    await press(element, 'Count');
    expect(textOf(element)).toContain('You do not have access');
  });
});
