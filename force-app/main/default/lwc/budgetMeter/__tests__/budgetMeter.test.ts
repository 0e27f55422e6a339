import { inside, mount, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import BudgetMeter from 'c/budgetMeter';

const show = (meter: object): HTMLElement => mount('c-budget-meter', BudgetMeter, { label: 'API calls', meter });

describe('a budget (B7, B30)', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('says what is used and what will be', async () => {
    const element = show({ used: 3100, limit: 50_000, forecast: 6000 });
    expect(textOf(element)).toBe('API calls 3,100 of 50,000 At this pace 6,000 by the end of the day.');
    expect(inside(element, '[role="meter"]').getAttribute('aria-valuenow')).toBe('6');
    await expect(element).toBeAccessible();
  });

  it('warns in words and by an icon where it will not last', async () => {
    const element = show({ used: 24_000, limit: 25_000, forecast: 41_000 });
    expect(textOf(element)).toContain('At this pace 41,000 by the end of the day: more than there are.');
    expect(element.shadowRoot?.querySelector('lightning-icon')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('is not known before the bridge says so', async () => {
    const element = show({ used: undefined, limit: undefined, forecast: undefined });
    expect(textOf(element)).toBe('API calls Not known yet.');
    expect(element.shadowRoot?.querySelector('[role="meter"]')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
