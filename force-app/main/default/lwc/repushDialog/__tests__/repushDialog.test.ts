import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import RepushDialog from 'c/repushDialog';
import { createRecord } from 'lightning/uiRecordApi';

type Button = HTMLElement & { label: string; disabled: boolean };
const create = jest.mocked(createRecord);

const show = (): HTMLElement => mount('c-repush-dialog', RepushDialog, { label: 'Repush', parameters: { code: 'A' } });

function button(element: HTMLElement): Button {
  const found = allInside<Button>(element, 'lightning-button').at(-1);
  if (!found) throw new Error('no button');
  return found;
}

async function press(element: HTMLElement): Promise<void> {
  button(element).click();
  await settled();
}

async function ended(element: HTMLElement, status: string, data?: unknown): Promise<void> {
  inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: { status, data } }));
  await settled();
}

describe('doing reports again (M27)', () => {
  beforeAll(() => setup());
  beforeEach(() => create.mockResolvedValue({ id: 'a50' } as never));
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('asks for nothing until somebody presses a button', async () => {
    const element = show();
    await settled();
    expect(create).not.toHaveBeenCalled();
    expect(textOf(element)).toContain('Nothing is doubled');
    await expect(element).toBeAccessible();
  });

  it('counts first, repushes what was counted, and closes with what came of it', async () => {
    const element = show();
    await press(element);
    expect(button(element).disabled).toBe(true);
    await ended(element, 'Done', { count: 14 });
    expect(button(element).label).toBe('Repush all 14');
    await press(element);
    const parameters = create.mock.calls.map(([{ fields }]) => JSON.parse(String(fields.Parameters__c)) as unknown);
    expect(parameters).toEqual([{ code: 'A', preview: true }, { code: 'A' }]);
    const closed = jest.fn();
    element.addEventListener('close', (event) => closed((event as CustomEvent<unknown>).detail));
    await ended(element, 'Done');
    await press(element);
    expect(closed).toHaveBeenCalledWith(expect.objectContaining({ status: 'Done' }));
  });

  it('offers nothing where nothing matches', async () => {
    const element = show();
    await press(element);
    await ended(element, 'Done', { count: 0 });
    expect(textOf(element)).toContain('There is nothing to repush.');
    expect(button(element).disabled).toBe(true);
  });

  it('counts again where the count has failed, and never repushes without one', async () => {
    const element = show();
    await press(element);
    await ended(element, 'Failed');
    expect(button(element).label).toBe('Count again');
    await press(element);
    await ended(element, 'Done', { count: 1 });
    expect(button(element).label).toBe('Repush 1');
  });

  it('says what went wrong with the request', async () => {
    create.mockRejectedValueOnce({ status: 403, body: { errorCode: 'INSUFFICIENT_ACCESS', message: 'x' } });
    const element = show();
    await press(element);
    expect(textOf(element)).toContain('INSUFFICIENT_ACCESS');
    expect(button(element).disabled).toBe(false);
  });
});
