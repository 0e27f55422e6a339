import { inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import ConnectDialog from 'c/connectDialog';

const show = (bridgeAddress: string | undefined): { element: HTMLElement; closed: jest.Mock } => {
  const closed = jest.fn();
  const element = mount('c-connect-dialog', ConnectDialog, { label: 'Connect', bridgeAddress });
  element.addEventListener('close', (event) => closed((event as CustomEvent).detail));
  return { element, closed };
};

describe('the dialog that connects (M1)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('explains the three steps where no address is known, and leads to the settings', async () => {
    const { element, closed } = show(undefined);
    expect(textOf(element)).toMatch(/Three steps:.*public https address\..*Bridge Address\..*press Connect\./);
    inside(element, 'lightning-button:last-of-type').click();
    expect(closed).toHaveBeenCalledWith('settings');
    await expect(element).toBeAccessible();
  });

  it('says what happens at the bridge, and opens it', async () => {
    const { element, closed } = show('https://bridge.example.com');
    expect(textOf(element)).toContain('in a new tab at https://bridge.example.com');
    expect(textOf(element)).toContain('npm run bridge -- connect web');
    inside(element, 'lightning-button:last-of-type').click();
    expect(closed).toHaveBeenCalledWith('open');
    await expect(element).toBeAccessible();
  });

  it('opens nothing that is no https address', () => {
    const { element } = show('ftp://bridge.example.com');
    expect(textOf(element)).toContain('The bridge address in Settings is not an https address. Correct it there.');
    expect(textOf(element)).toContain('Three steps:');
  });
});
