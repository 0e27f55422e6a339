import { inside, mount, settled } from '#components/mount';
import { setup } from '@sa11y/jest';
import TimeAgo from 'c/timeAgo';

describe('a time', () => {
  beforeAll(() => setup());
  beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-03-02T12:00:00Z'), doNotFake: ['nextTick'] }));
  afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
  });

  it('is as a reader would say it, exact on hover, and stays true', async () => {
    const element = mount('c-time-ago', TimeAgo, { value: '2026-03-02T11:59:48Z' });
    expect(inside(element, 'time').textContent).toBe('12 seconds ago');
    expect(inside(element, 'time').title).toMatch(/^Mar 2, 2026/);
    jest.advanceTimersByTime(60_000);
    await settled();
    expect(inside(element, 'time').textContent).toBe('1 minute ago');
  });

  it('is nothing where there is none', () => {
    expect(mount('c-time-ago', TimeAgo).shadowRoot?.childElementCount).toBe(0);
  });

  it('can be read by everybody', async () => {
    jest.useRealTimers();
    await expect(mount('c-time-ago', TimeAgo, { value: '2026-03-02T11:59:48Z' })).toBeAccessible();
  });
});
