import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import RequestForm from 'c/requestForm';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { label: string; disabled: boolean };
const show = (type: string): HTMLElement => mount('c-request-form', RequestForm, { label: 'Import', type });
const buttons = (element: HTMLElement): Button[] => allInside<Button>(element, 'lightning-button');
const button = (element: HTMLElement, label: string): Button => {
  const found = buttons(element).find((one) => one.label === label);
  if (!found) throw new Error(`No button ${label}`);
  return found;
};
const asked = (): unknown[] =>
  jest
    .mocked(createRecord)
    .mock.calls.map(([{ fields }]) => [fields.Type__c, JSON.parse(String(fields.Parameters__c ?? '{}'))]);
async function end(element: HTMLElement, status: string): Promise<void> {
  inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: { status } }));
  await settled();
}

describe('the form of a request', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.mocked(createRecord).mockResolvedValue({ id: 'a02' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('counts first, and begins only what was counted', async () => {
    const closed = jest.fn();
    const element = show('Import');
    element.addEventListener('close', (event) => closed((event as CustomEvent).detail));
    expect(textOf(element)).toContain('Existing Leads and Contacts become Sellfire leads.');
    expect(buttons(element).map(({ label }) => label)).toEqual(['Cancel', 'Count first']);
    await expect(element).toBeAccessible();
    button(element, 'Count first').click();
    await settled();
    expect(asked()).toEqual([['Import', { preview: true }]]);
    expect(button(element, 'Count first').disabled).toBe(true);
    await end(element, 'Done');
    button(element, 'Start').click();
    await settled();
    expect(asked().at(-1)).toEqual(['Import', {}]);
    expect(textOf(element)).toContain('You can close this window.');
    expect(element.shadowRoot?.querySelector('c-request-questions')).toBeNull();
    await expect(element).toBeAccessible();
    await end(element, 'Done');
    expect(textOf(element)).not.toContain('You can close this window.');
    button(element, 'Close').click();
    expect(closed).toHaveBeenCalledWith('a02');
  });

  it('counts anew what was changed after the count', async () => {
    const element = show('Import');
    button(element, 'Count first').click();
    await settled();
    await end(element, 'Done');
    inside(element, 'c-request-questions').dispatchEvent(new CustomEvent('answer', { detail: { objects: ['Lead'] } }));
    await settled();
    button(element, 'Count first').click();
    await settled();
    expect(asked().at(-1)).toEqual(['Import', { objects: ['Lead'], preview: true }]);
  });

  it('cannot be begun while an answer is missing, nor when the count failed', async () => {
    const element = show('Import');
    inside(element, 'c-request-questions').dispatchEvent(new CustomEvent('answer', { detail: { objects: [] } }));
    await settled();
    expect(button(element, 'Count first').disabled).toBe(true);
    inside(element, 'c-request-questions').dispatchEvent(new CustomEvent('answer', { detail: {} }));
    await settled();
    button(element, 'Count first').click();
    await settled();
    await end(element, 'Failed');
    expect(button(element, 'Count first').disabled).toBe(false);
  });

  it('begins at once where there is nothing to count', async () => {
    const element = show('RefreshCatalogue');
    button(element, 'Start').click();
    await settled();
    expect(asked()).toEqual([['RefreshCatalogue', {}]]);
  });

  it('keeps the answers and says why where the request could not be made', async () => {
    jest.mocked(createRecord).mockRejectedValue({ status: 503, body: { message: 'x' } });
    const element = show('LinkExisting');
    button(element, 'Count first').click();
    await settled();
    expect(textOf(element)).toContain('Wait a few minutes and try again.');
    expect(button(element, 'Count first').disabled).toBe(false);
  });
});
