import { inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { setup } from '@sa11y/jest';
import WhyButton from 'c/whyButton';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { label: string; disabled: boolean };

describe('the button Why? (B16)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('asks about its record once, and goes to the answer', async () => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02000000000001AAA' } as never);
    const element = mount('c-why-button', WhyButton, { about: '00Q1' });
    const button = inside<Button>(element, 'lightning-button');
    expect(createRecord).not.toHaveBeenCalled();
    button.click();
    await Promise.resolve();
    expect(button.disabled).toBe(true);
    await settled();
    expect(navigated.mock.lastCall?.[0].state).toEqual({ c__about: '00Q1', c__request: 'a02000000000001AAA' });
    expect([button.label, button.disabled]).toEqual(['Why?', false]);
    await expect(element).toBeAccessible();
  });

  it('stays where it is and says so where it may not ask', async () => {
    jest
      .mocked(createRecord)
      .mockRejectedValue({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }] });
    const element = mount('c-why-button', WhyButton, { about: '00Q1' });
    inside(element, 'lightning-button').click();
    await settled();
    expect(textOf(element)).toContain('You do not have access');
    expect(navigated).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });
});
