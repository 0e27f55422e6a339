import { details, mapping } from '#components/mappings';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import CheckStep from 'c/checkStep';
import type { Findings } from 'c/fieldFit';

const NOTHING: Findings = { dead: [], issues: [], warnings: [] };
const OTHER = mapping({ id: 'a01000000000009AAA', name: 'FM-00009', sellfireField: 'city', salesforceField: 'City' });

const show = (properties: Record<string, unknown> = {}): HTMLElement =>
  mount('c-check-step', CheckStep, {
    findings: NOTHING,
    summary: 'Title ↔ Lead, Title',
    mappings: [OTHER],
    ...properties,
  });
async function end(element: HTMLElement, state: object): Promise<void> {
  inside(element, 'c-request-progress').dispatchEvent(new CustomEvent('ended', { detail: state }));
  await settled();
}

describe('the step Check (B12)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says that the two fields fit, and when records change', async () => {
    const element = show();
    expect(textOf(element)).toContain('The two fields fit.');
    expect(textOf(element)).toContain('An edit is not retroactive');
    await expect(element).toBeAccessible();
  });

  it('lists what is wrong, what to know, and contradictions by name', async () => {
    const element = show({
      findings: {
        dead: [],
        issues: [
          { code: 'TextTooLong', values: ['Title', 80, 'Notes', 32000] },
          { code: 'SameTarget', values: ['city', 'Lead.Title'], mappings: [OTHER.id] },
        ],
        warnings: [{ code: 'LossOut', values: ['n'] }],
      },
    });
    const lists = Object.fromEntries(
      allInside(element, '[data-list]').map((list) => [list.dataset.list, textOf(list)]),
    );
    expect(lists.issues).toContain('Title takes a length of 80, and Notes of Sellfire up to 32,000');
    expect(lists.conflicts).toContain('city fills Lead.Title at the same moment.');
    expect(lists.conflicts).toContain('city ↔ Lead.City (FM-00009)');
    expect(lists.warnings).toContain('Towards Salesforce: only numbers pass');
    await expect(element).toBeAccessible();
  });

  it('shows the preview, with what the bridge adds', async () => {
    const element = show({ requestId: 'a02' });
    expect(textOf(element)).toContain('You can save without waiting for it.');
    await end(element, {
      ...{ status: 'Done', result: '' },
      data: {
        total: 9,
        differ: 2,
        rows: [],
        warnings: [{ code: 'X', sentence: 'Two are locked.' }],
        contradictions: [OTHER.id],
      },
    });
    expect(textOf(element)).toContain('Of 9 linked records 2 would differ');
    expect(textOf(element)).toContain('Two are locked.');
    expect(textOf(element)).toContain('city ↔ Lead.City (FM-00009)');
    expect(allInside(element, 'c-request-progress')).toEqual([]);
  });

  it('lets the bridge say what is wrong that the page does not see, such as a field that was deleted meanwhile', async () => {
    const seen = { dead: [], issues: [], warnings: [{ code: 'LossOut', values: ['n'] }] };
    const element = show({ requestId: 'a02', findings: seen });
    await end(element, {
      ...{ status: 'Done', result: '' },
      data: {
        ...{ total: 0, differ: 0, rows: [], contradictions: [] },
        warnings: [
          { code: 'FIELD_GONE.salesforce', args: ['Title', 'Lead'], sentence: 'The field Title of Lead is gone.' },
        ],
      },
    });
    expect(textOf(inside(element, '[data-list="issues"]'))).toContain(
      'Title of Lead is gone, or hidden from the connected user.',
    );
    expect(textOf(inside(element, '[data-list="warnings"]'))).not.toContain('gone');
  });

  it('leaves a preview that failed in sight, and asks again', async () => {
    const element = show({ requestId: 'a02' });
    expect(allInside(element, 'lightning-button')).toEqual([]);
    await end(element, { status: 'Failed', result: 'The mapping is not there.', data: undefined });
    expect(allInside(element, 'c-request-progress')).toHaveLength(1);
    const again = details(element, 'again');
    inside(element, 'lightning-button').click();
    expect(again).toHaveLength(1);
  });

  it('holds nobody up when the bridge is away', async () => {
    const element = show({ isAway: true });
    expect(textOf(element)).toContain('The bridge does not answer, so there is no preview. You can save;');
    await expect(element).toBeAccessible();
  });

  it('says that nothing can pass, and asks for no preview of it', () => {
    const element = show({ findings: { ...NOTHING, dead: [{ code: 'TypesOut', values: ['multi_select', 'int'] }] } });
    expect(textOf(element)).toContain('Nothing can pass by this mapping as it stands');
    expect(allInside(element, 'lightning-button')).toEqual([]);
  });
});
