import { allInside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { STOPPED } from '#components/why';
import { setup } from '@sa11y/jest';
import GateList from 'c/gateList';
import { explainedOf, type Gate } from 'c/whyData';
import { GATES } from '../../../../../../bridge/sync/why/gate.ts';
import { TITLES } from '../titles';

type Button = HTMLElement & { label: string };
const show = (gates: readonly Gate[], sellfireUrl = 'https://app.sellfire.example/'): HTMLElement =>
  mount('c-gate-list', GateList, { gates, sellfireUrl });
const gate = (mend: Gate['mend']): Gate => ({
  gate: 'holder',
  state: 'stop',
  message: { code: 'whyPhoneFree', args: [], sentence: '' },
  mend,
  at: undefined,
});

describe('the gates', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('have a title each, whichever the bridge names', () => {
    expect(Object.keys(TITLES).toSorted()).toEqual(GATES.toSorted());
  });

  it('say by icon and word what is so, what is not and what was not reached', async () => {
    const element = show(explainedOf(STOPPED)?.gates ?? []);
    await settled();
    expect(textOf(element)).toMatch(
      /It is there · Yes The Lead is there for the connected user\. Nobody else has the number · No The Sellfire lead "Acme Bakery" \(lead_2\) has \+15125550123 .* The last attempt succeeded · Not yet/,
    );
    await expect(element).toBeAccessible();
  });

  it.each<[Gate['mend'], string, object]>([
    [{ kind: 'home' }, 'Open Home', { attributes: { pageName: 'home' } }],
    [{ kind: 'mappings' }, 'Open Field Mappings', { attributes: { apiName: 'Sellfire_Field_Mappings' } }],
    [{ kind: 'settings' }, 'Open Settings', { attributes: { apiName: 'Sellfire_Settings' } }],
    [{ kind: 'record', id: '00Q1' }, 'Open the record', { attributes: { recordId: '00Q1' } }],
    [{ kind: 'report', id: 'a0R1' }, 'Open the report', { attributes: { recordId: 'a0R1' } }],
    [
      { kind: 'lead', id: 'lead_1' },
      'Open in Sellfire',
      { attributes: { url: 'https://app.sellfire.example/leads/lead_1' } },
    ],
  ])('lead to the mend: %j', async (mend, label, page) => {
    const element = show([gate(mend)]);
    await settled();
    const [button] = allInside<Button>(element, 'lightning-button');
    expect(button?.label).toBe(label);
    button?.click();
    expect(navigated.mock.lastCall?.[0]).toMatchObject(page);
  });

  it.each(['', 'ftp://app.sellfire.example', 'http://app.sellfire.example'])(
    'lead nowhere by the address %j',
    async (url) => {
      const element = show([gate({ kind: 'lead', id: 'lead_1' })], url);
      await settled();
      expect(allInside(element, 'lightning-button')).toEqual([]);
    },
  );
});
