import { RECORD, WELL } from '#components/record';
import { allInside, inside, mount, textOf } from '#components/mount';
import { navigated } from '#components/navigation';
import { REPORT } from '#components/reports';
import { setup } from '@sa11y/jest';
import RecordSync from 'c/recordSync';

const bridge = { syncState: 'Running', lastSeenAt: new Date().toISOString() };
const show = (properties: object): HTMLElement =>
  mount('c-record-sync', RecordSync, { record: RECORD, reports: [WELL], bridge, ...properties });

describe('whether both systems agree (M35)', () => {
  beforeAll(() => setup());
  afterEach(() => {
    document.body.replaceChildren();
    navigated.mockClear();
  });

  it('is one sentence where they do, and when that was last reported', async () => {
    const element = show({});
    expect(textOf(element)).toMatch(/^In step with Sellfire\. Last reported/);
    expect(allInside(element, 'lightning-button')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('is what went wrong, with its code, and the way to the report', async () => {
    const element = show({ reports: [REPORT] });
    expect(textOf(element)).toContain('Not in step with Sellfire. Text longer than its field City has 60 characters');
    expect(textOf(element)).toContain('STRING_TOO_LONG');
    inside(element, '[data-open="report"]').click();
    expect(navigated.mock.lastCall?.[0].attributes.recordId).toBe('a0R1');
    await expect(element).toBeAccessible();
  });

  it('is what to do where the record is not linked', async () => {
    const element = show({ record: { ...RECORD, leadId: '' }, reports: [] });
    expect(textOf(element)).toContain('Not linked with Sellfire. Check its phone number, then press Sync now');
    await expect(element).toBeAccessible();
  });

  it('leads to the Contact that the lead went on with', () => {
    const element = show({
      record: { ...RECORD, detail: 'MOVED: 003AA0000012345 is the Contact that the lead of Sellfire goes on with.' },
    });
    inside(element, '[data-open="contact"]').click();
    expect(navigated.mock.lastCall?.[0].attributes.recordId).toBe('003AA0000012345');
  });

  it('says that changes wait while the sync is paused', () => {
    expect(textOf(show({ bridge: { ...bridge, syncState: 'Paused' } }))).toContain('The sync is paused: changes wait.');
  });
});
