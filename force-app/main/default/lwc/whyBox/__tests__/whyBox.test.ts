import { inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { setup } from '@sa11y/jest';
import WhyBox from 'c/whyBox';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { disabled: boolean };

async function write(element: HTMLElement, value: string): Promise<void> {
  inside(element, 'lightning-input').dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

const asked = (): unknown[] =>
  jest.mocked(createRecord).mock.calls.map(([input]) => JSON.parse(String(input.fields.Parameters__c)));

describe('the box of the question why (B16)', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02000000000001AAA' } as never);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('cannot be asked about nothing', async () => {
    const element = mount('c-why-box', WhyBox, { heading: 'Why?' });
    await write(element, '   ');
    expect(inside<Button>(element, 'lightning-button').disabled).toBe(true);
    inside(element, 'lightning-input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await settled();
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('asks what is written, by its button and by Enter, and goes to the answer', async () => {
    const element = mount('c-why-box', WhyBox);
    await write(element, ' +1 512 555 0123 ');
    inside(element, 'lightning-button').click();
    await settled();
    inside(element, 'lightning-input').dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    inside(element, 'lightning-input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await settled();
    expect(asked()).toEqual([{ about: '+1 512 555 0123' }, { about: '+1 512 555 0123' }]);
    expect(navigated.mock.lastCall?.[0].attributes).toEqual({ apiName: 'Sellfire_Why' });
  });

  it('is filled from outside, and asks nothing by that', async () => {
    const element = mount('c-why-box', WhyBox, { about: 'lead_1' });
    await settled();
    expect(inside<HTMLElement & { value: string }>(element, 'lightning-input').value).toBe('lead_1');
    expect(createRecord).not.toHaveBeenCalled();
  });

  it('keeps what is written where asking fails', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 503, body: { message: 'x' } });
    const element = mount('c-why-box', WhyBox, { about: 'lead_1' });
    inside(element, 'lightning-button').click();
    await settled();
    expect(textOf(element)).toContain('Wait a few minutes and try again.');
    expect(inside<HTMLElement & { value: string }>(element, 'lightning-input').value).toBe('lead_1');
    expect(navigated).not.toHaveBeenCalled();
  });
});
