import { inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import TestAlert from 'c/testAlert';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { disabled: boolean };
const button = (element: HTMLElement): Button => inside<Button>(element, 'lightning-button');

describe('the test message (B24)', () => {
  beforeAll(() => setup());
  beforeEach(() => {
    jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says what it does and is sent only when asked', async () => {
    const element = mount('c-test-alert', TestAlert);
    expect(textOf(element)).toContain('Sends one message by each way that is switched on and saved');
    expect(createRecord).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('is one request, whose end allows another', async () => {
    const element = mount('c-test-alert', TestAlert);
    button(element).click();
    await settled();
    expect(jest.mocked(createRecord).mock.lastCall?.[0].fields).toEqual({ Type__c: 'TestAlert' });
    expect(button(element).disabled).toBe(true);
    await expect(element).toBeAccessible();
    inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: { status: 'Done' } }));
    await settled();
    expect(button(element).disabled).toBe(false);
  });

  it('says why it could not be asked for, and can be asked for again', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 503, body: { message: 'x' } });
    const element = mount('c-test-alert', TestAlert);
    button(element).click();
    await settled();
    expect(textOf(element)).toContain('Salesforce is busy');
    expect(button(element).disabled).toBe(false);
  });
});
