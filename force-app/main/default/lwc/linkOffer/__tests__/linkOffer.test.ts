import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import LinkOffer from 'c/linkOffer';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { label: string; disabled: boolean };
const report = { code: 'DUPLICATES_DETECTED', leadId: 'ld_1', recordId: '00Q1', recordName: 'Acme Bakery' };
const show = async (more: object = {}): Promise<HTMLElement> => {
  const element = mount('c-link-offer', LinkOffer, { report: { ...report, ...more } as never });
  await settled();
  return element;
};

describe('the offer to link the record that is in the way (B15)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('names the record, asks the bridge once to link it and the lead, and shows what comes of it', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02000000000001AAA' } as never);
    const element = await show();
    const button = inside<Button>(element, 'lightning-button');
    expect(button.label).toBe('Link to Acme Bakery');
    expect(createRecord).not.toHaveBeenCalled();
    button.click();
    await settled();
    const [[input] = []] = jest.mocked(createRecord).mock.calls;
    expect(JSON.stringify(input)).toContain(JSON.stringify(JSON.stringify({ pair: { lead: 'ld_1', record: '00Q1' } })));
    expect(button.disabled).toBe(true);
    const [progress] = allInside<HTMLElement & { recordId: string }>(element, 'c-request-progress');
    expect(progress?.recordId).toBe('a02000000000001AAA');
    await expect(element).toBeAccessible();
  });

  it.each([
    ['another cause', { code: 'STRING_TOO_LONG' }],
    ['a record that is neither Lead nor Contact', { recordId: '001000000000001AAA' }],
    ['a report without a lead', { leadId: '' }],
    ['a report without a record', { recordId: '' }],
  ])('is not there for %s', async (_, more) => {
    const element = await show(more);
    expect(allInside(element, 'lightning-button')).toEqual([]);
  });

  it('says so where the user may not ask, and may be pressed again', async () => {
    jest
      .mocked(createRecord)
      .mockRejectedValue({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }] });
    const element = await show({ recordName: '' });
    const button = inside<Button>(element, 'lightning-button');
    expect(button.label).toBe('Link to 00Q1');
    button.click();
    await settled();
    expect(textOf(element)).toContain('You do not have access');
    expect(button.disabled).toBe(false);
    await expect(element).toBeAccessible();
  });
});
