// Days are those of a place: through every offset that there is, and on the days on which its clock changes (M21, M29).
import { describe, expect, it } from '@jest/globals';
import { clockIn, dayIn, noonIn } from '../../../../bridge/sync/values/day.ts';

describe('the day of a moment', () => {
  it.each([
    ['an evening in Texas, in winter', 'America/Chicago', '2026-11-25T01:30:00.000Z', '2026-11-24'],
    ['midnight in Texas', 'America/Chicago', '2026-11-24T06:00:00.000Z', '2026-11-24'],
    ['a moment before it', 'America/Chicago', '2026-11-24T05:59:59.999Z', '2026-11-23'],
    ['the same clock time in summer', 'America/Chicago', '2026-07-24T05:00:00.000Z', '2026-07-24'],
    ['before the clock goes forward', 'America/Chicago', '2026-03-08T05:59:59Z', '2026-03-07'],
    ['the end of the day on which it went', 'America/Chicago', '2026-03-09T04:59:59Z', '2026-03-08'],
    ['the end of the day on which it went back', 'America/Chicago', '2026-11-02T05:59:59Z', '2026-11-01'],
    ['13 hours ahead', 'Pacific/Tongatapu', '2026-11-24T11:00:00Z', '2026-11-25'],
    ['14 hours ahead', 'Pacific/Kiritimati', '2026-11-24T10:00:00Z', '2026-11-25'],
    ['New Zealand in summer', 'Pacific/Auckland', '2026-01-05T11:00:00Z', '2026-01-06'],
    ['New Zealand in winter', 'Pacific/Auckland', '2026-07-05T11:30:00Z', '2026-07-05'],
    ['half an hour off', 'Asia/Kolkata', '2026-11-24T18:30:00Z', '2026-11-25'],
    ['three quarters off', 'Asia/Kathmandu', '2026-11-24T18:15:00Z', '2026-11-25'],
    ['half an hour of summer time', 'Australia/Lord_Howe', '2026-01-05T13:00:00Z', '2026-01-06'],
    ['Newfoundland', 'America/St_Johns', '2026-11-24T03:29:00Z', '2026-11-23'],
    ['a clock that jumps at midnight', 'America/Santiago', '2026-09-06T04:00:00Z', '2026-09-06'],
    ['a moment with an offset of its own', 'America/Chicago', '2026-11-25T09:30:00+09:00', '2026-11-24'],
    ['a moment as REST gives it', 'America/Chicago', '2026-11-25T01:30:00.000+0000', '2026-11-24'],
    ['GMT, as Salesforce calls UTC', 'GMT', '2026-11-24T23:59:59Z', '2026-11-24'],
    ['a zone that nobody knows', 'Mars/Olympus', '2026-11-24T23:59:59Z', '2026-11-24'],
    ['no zone', undefined, '2026-11-24T23:59:59Z', '2026-11-24'],
  ])('%s', (_what, zone, moment, day) => {
    expect(dayIn(moment, zone)).toBe(day);
  });

  it.each(['2026-11-24', '', 'tomorrow', '24.11.2026', '2026-13-40T00:00:00Z'])(
    'is %p where that is no moment',
    (text) => {
      expect(dayIn(text, 'America/Chicago')).toBe(text);
    },
  );
});

describe('the noon of a day', () => {
  const ZONES = Intl.supportedValuesOf('timeZone');

  it('is that day in its zone, on every day on which a clock of the world changes', () => {
    const wrong: string[] = [];
    for (const zone of ZONES)
      for (const day of [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-09-06',
        '2026-10-25',
        '2026-11-01',
        '2026-12-31',
      ])
        if (dayIn(noonIn(day, zone), zone) !== day) wrong.push(`${zone} ${day}`);
    expect(wrong).toEqual([]);
    expect(ZONES.length).toBeGreaterThan(300);
  });

  it('is twelve there, in summer and in winter', () => {
    expect(noonIn('2026-07-01', 'America/Chicago')).toBe('2026-07-01T17:00:00Z');
    expect(noonIn('2026-01-01', 'America/Chicago')).toBe('2026-01-01T18:00:00Z');
  });

  it('stays as it is where that is no day', () => {
    expect(noonIn('someday', 'America/Chicago')).toBe('someday');
    expect(noonIn('2026-02-30', 'America/Chicago')).toBe('2026-02-30');
  });
});

describe('the clock of a moment', () => {
  it.each([
    ['America/Chicago', '2023-03-01T14:00:00.000Z', '3/1/23 08:00:00'],
    ['America/Chicago', '2026-11-01T06:30:00.000Z', '11/1/26 01:30:00'],
    ['America/Chicago', '2026-11-01T07:30:00.000Z', '11/1/26 01:30:00'],
    ['Pacific/Tongatapu', '2026-12-31T11:00:00.000Z', '1/1/27 00:00:00'],
    ['Asia/Kolkata', '2026-01-05T00:00:00.000Z', '1/5/26 05:30:00'],
  ])('in %s at %s is %s', (zone, moment, text) => {
    expect(clockIn(moment, zone)).toBe(text);
  });
});
