import { HOURS } from '#components/home';
import { allInside, inside, mount, settled, textOf } from '#components/mount';
import { setup } from '@sa11y/jest';
import HourChart from 'c/hourChart';

describe('the chart of the last day', () => {
  beforeAll(() => setup());
  afterEach(() => document.body.replaceChildren());

  it('sums up in words and draws each hour to one scale', async () => {
    const element = mount('c-hour-chart', HourChart, { hours: HOURS });
    const sum = '1,456 to Sellfire, 552 to Salesforce, 4 refused, 0 failed';
    expect(textOf(element)).toContain(sum);
    expect(inside(element, 'svg').getAttribute('aria-label')).toBe(sum);
    const heights = allInside<SVGRectElement>(element, 'rect.bar').map((bar) => Number(bar.getAttribute('height')));
    expect(Math.max(...heights)).toBeCloseTo((1200 / 1240) * 64);
    expect(Math.min(...heights)).toBe(1);
    expect(allInside(element, 'rect.target')).toHaveLength(24);
    await expect(element).toBeAccessible();
  });

  it('is a table for whoever wants numbers', async () => {
    const element = mount('c-hour-chart', HourChart, { hours: HOURS });
    inside(element, 'lightning-button').click();
    await settled();
    expect(allInside(element, 'thead th').map(({ textContent }) => textContent)).toEqual([
      'Hour',
      'To Sellfire',
      'To Salesforce',
      'Refused',
      'Failed',
    ]);
    expect(allInside(element, 'tbody tr')).toHaveLength(24);
    expect(allInside(element, 'tbody tr:nth-child(21) td').map(({ textContent }) => textContent)).toEqual([
      '1,200',
      '40',
      '0',
      '0',
    ]);
    await expect(element).toBeAccessible();
  });

  it('says so where nothing happened', async () => {
    const element = mount('c-hour-chart', HourChart, {
      hours: [{ at: '2026-03-02T11:00:00Z', in: 0, out: 0, refused: 0, failed: 0 }],
    });
    expect(textOf(element)).toBe('No change was carried in the last 24 hours.');
    await expect(element).toBeAccessible();
  });
});
