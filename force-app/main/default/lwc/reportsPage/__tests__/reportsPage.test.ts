import { inside, mount, settled, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { CAUSES, causesAnswer, REPORT, reportsAnswer } from '#components/reports';
import { graphqlWire, recordWire } from '#components/wires';
import { setup } from '@sa11y/jest';
import ReportsPage from 'c/reportsPage';
import RepushDialog from 'c/repushDialog';
import { graphql } from 'lightning/graphql';
import { CurrentPageReference } from 'lightning/navigation';

jest.mock('@salesforce/customPermission/Configure_Sellfire', () => ({ __esModule: true, default: true }), {
  virtual: true,
});
const wire = graphqlWire(graphql);
const reference = recordWire(CurrentPageReference as Parameters<typeof recordWire>[0]);
const of = (name: string) => (config: unknown) => String((config as { query?: string }).query).includes(name);

async function show(state: Record<string, string> = {}): Promise<HTMLElement> {
  const element = mount('c-reports-page', ReportsPage);
  reference.emit({ type: 'standard__navItemPage', attributes: { apiName: 'Sellfire_Reports' }, state });
  await settled();
  wire.emit(causesAnswer(CAUSES), of('sellfireCauses'));
  wire.emit(reportsAnswer([REPORT], 100_000), of('sellfireReports'));
  await settled();
  return element;
}

async function fire(element: HTMLElement, child: string, what: string, detail: unknown): Promise<void> {
  inside(element, child).dispatchEvent(new CustomEvent(what, { detail }));
  await settled();
}

describe('the Reports page (M31)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows what failed by cause, and every attempt beneath', async () => {
    const element = await show();
    expect(textOf(element)).toContain('Phone number already known 1,400 times');
    expect(textOf(element)).toContain('100,000 reports');
    await expect(element).toBeAccessible();
  });

  it('asks for what stands in its address', async () => {
    await show({ c__code: 'STRING_TOO_LONG', c__outcome: 'Failed' });
    const asked: unknown[] = [];
    wire.emit(reportsAnswer([]), (config) => asked.push(config) > 0);
    expect(JSON.stringify(asked)).toContain(String.raw`Code__c: { eq: \"STRING_TOO_LONG\" }`);
  });

  it('keeps the filter in the address, and begins at the first page', async () => {
    const element = await show();
    await fire(element, 'c-report-list', 'places', [{ id: 'a9', occurredAt: '2026-03-02T12:00:00Z' }]);
    expect(wire.getLastConfig()?.query).toContain('{ Id: { lt: "a9" } }');
    await fire(element, 'c-report-filters', 'filter', { outcome: 'Failed' });
    expect(navigated.mock.lastCall).toEqual([expect.objectContaining({ state: { c__outcome: 'Failed' } }), true]);
    expect(wire.getLastConfig()?.query).not.toContain('lt:');
  });

  it('shows the reports of a cause', async () => {
    const element = await show();
    await fire(element, 'c-cause-cards', 'see', 'PHONE_EXISTS');
    expect(navigated.mock.lastCall?.[0].state).toEqual({ c__outcome: 'Failed,Refused', c__code: 'PHONE_EXISTS' });
  });

  it.each([
    ['c-cause-cards', 'PHONE_EXISTS', { outcomes: ['Failed', 'Refused'], code: 'PHONE_EXISTS' }],
    ['c-report-list', ['a1'], { reports: ['a1'] }],
    ['c-report-list', [], { outcomes: ['Failed'] }],
  ])('does again what %s asks for: %j', async (child, detail, parameters) => {
    const element = await show({ c__outcome: 'Failed' });
    await fire(element, child, 'repush', detail);
    expect(RepushDialog.open).toHaveBeenCalledWith(expect.objectContaining({ parameters }));
  });

  it('waits with a spinner, and says what went wrong', async () => {
    const element = mount('c-reports-page', ReportsPage);
    expect(inside(inside(element, 'c-app-page'), 'lightning-spinner')).not.toBeNull();
    wire.emitErrors([{ message: 'x' }]);
    await settled();
    expect(textOf(element)).toContain('Salesforce answered with an error.');
  });
});
