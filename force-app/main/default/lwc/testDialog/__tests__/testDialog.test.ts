import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import TestDialog from 'c/testDialog';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { label: string; disabled: boolean };

const run = async (element: HTMLElement): Promise<void> => {
  inside(element, 'lightning-button:last-of-type').click();
  await settled();
};

describe('the test with one record', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says what it does and runs only when asked', async () => {
    const element = mount('c-test-dialog', TestDialog, { label: 'Test' });
    expect(textOf(element)).toContain('The bridge creates one made-up lead in Sellfire');
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('shows each step, how long it took, and where it ended', async () => {
    const element = mount('c-test-dialog', TestDialog, { label: 'Test' });
    await run(element);
    expect(inside<Button>(element, 'lightning-button:last-of-type').disabled).toBe(true);
    const steps = [
      { step: 'createInSellfire', ok: true, ms: 1412, sentence: '' },
      { step: 'arriveInSellfire', ok: false, ms: 60_000, sentence: 'It did not arrive within a minute.' },
      { step: 'warmUp', ok: true, sentence: 'The cache is warm.' },
    ];
    inside(element, 'c-request-progress').dispatchEvent(
      new CustomEvent('ended', { detail: { status: 'Done', data: { steps } } }),
    );
    await settled();
    expect(allInside(element, 'li').map(textOf)).toEqual([
      'Created in Sellfire · Passed 1,412 ms',
      'Arrived in Sellfire · Failed 60,000 ms It did not arrive within a minute.',
      'The cache is warm. · Passed',
    ]);
    expect(inside<Button>(element, 'lightning-button:last-of-type').label).toBe('Test again');
    await expect(element).toBeAccessible();
  });

  it('says why it could not be asked for', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 503, body: { message: 'x' } });
    const element = mount('c-test-dialog', TestDialog, { label: 'Test' });
    await run(element);
    expect(textOf(element)).toContain('Salesforce is busy');
  });
});
