import { ago, beginningOf, duration, exact, hour, number, secondsSince } from 'c/format';

const NOON = Date.parse('2026-03-02T12:00:00Z');

describe('numbers and times', () => {
  it('have separators between thousands', () => {
    expect(number(1_234_567)).toBe('1,234,567');
  });

  it.each([
    [0, '0 seconds'],
    [12, '12 seconds'],
    [60, '1 minute'],
    [62 * 60, '1 hour'],
    [59.6 * 60, '60 minutes'],
    [50 * 3600, '2 days'],
  ])('%s seconds are %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it.each([
    ['2026-03-02T11:59:48Z', '12 seconds ago'],
    ['2026-03-02T12:00:05Z', 'now'],
    ['2026-03-02T10:58:00Z', '1 hour ago'],
    ['2026-02-27T12:00:00Z', '3 days ago'],
    ['2026-03-01T12:00:00Z', 'yesterday'],
  ])('%s is %s', (time, words) => {
    expect(ago(time, NOON)).toBe(words);
  });

  it('are exact in the time zone of the user, and blank where there is none', () => {
    expect(exact('2026-03-02T12:00:00Z')).toMatch(/^Mar 2, 2026, \d{1,2}:00:00\s[AP]M$/);
    expect(hour('2026-03-02T12:00:00Z')).toMatch(/^\d{1,2}\s[AP]M$/);
    expect([exact(''), ago(undefined, NOON), hour('soon'), secondsSince('', NOON)]).toEqual(['', '', '', undefined]);
  });

  it.each([
    ['2026-01-15', '2026-01-15T08:00:00.000Z'],
    // The clocks go forward at two in the night, and back in autumn.
    ['2026-03-08', '2026-03-08T08:00:00.000Z'],
    ['2026-03-09', '2026-03-09T07:00:00.000Z'],
    ['2026-11-01', '2026-11-01T07:00:00.000Z'],
    ['2026-11-02', '2026-11-02T08:00:00.000Z'],
  ])('the day %s begins at midnight where the user is', (day, moment) => {
    expect(beginningOf(day)).toBe(moment);
    expect(beginningOf('2026-01-01', (Date.parse(day) - Date.parse('2026-01-01')) / 86_400_000)).toBe(moment);
  });
});
