// The weekly digest (B24): on Monday at eight of the org's own clock, in words.
import { describe, expect, it } from '@jest/globals';
import { digestMessage, lastMonday, type Week } from '../../../../bridge/sync/alerts/digest.ts';

const at = (iso: string): number => Date.parse(iso);

describe('the digest', () => {
  it.each([
    ['the minute before', '2026-11-30T12:59:00Z', 'America/New_York', '2026-11-23T13:00:00Z'],
    ['the moment itself', '2026-11-30T13:00:00Z', 'America/New_York', '2026-11-30T13:00:00Z'],
    ['Sunday night', '2026-12-07T04:59:00Z', 'America/New_York', '2026-11-30T13:00:00Z'],
    ['a zone ahead, where it is Monday already', '2026-11-29T19:00:00Z', 'Pacific/Auckland', '2026-11-29T19:00:00Z'],
    ['the week of the change to summer time', '2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-23T07:00:00Z'],
    ['after it, an hour earlier by UTC', '2026-03-30T06:00:00Z', 'Europe/Berlin', '2026-03-30T06:00:00Z'],
    ['a zone that nobody knows, by UTC', '2026-11-30T08:00:00Z', 'Mars/Olympus', '2026-11-30T08:00:00Z'],
  ])('is due on Monday at eight where the org is: %s', (_when, now, zone, monday) => {
    expect(new Date(lastMonday(at(now), zone)).toISOString()).toBe(new Date(monday).toISOString());
  });

  const week: Week = {
    from: at('2026-11-23T13:00:00Z'),
    counts: { in: 1204, out: 1, refused: 3, failed: 2 },
    states: ['Salesforce delivers no events'],
    causes: [{ title: 'No phone', code: 'NO_PHONE', count: 4 }],
  };
  const text = (about: Partial<Week>): string =>
    digestMessage({ ...week, ...about }, at('2026-11-30T13:00:00Z'), 'America/New_York').text;

  it('has the counts of the week, what holds and the open causes in words', () => {
    expect(text({}).split('\n')).toEqual([
      'From November 23 to November 30:',
      '1,204 changes were carried to Sellfire and 1 to Salesforce.',
      '3 refused, 2 failed.',
      '',
      'What holds now:',
      '- Salesforce delivers no events',
      '',
      'What was refused or failed, most first:',
      '- No phone (NO_PHONE): 4',
    ]);
  });

  it('says so where nothing is wrong, and where the causes are not known', () => {
    const quiet = { counts: { in: 1, out: 0, refused: 0, failed: 0 }, states: [], causes: [] };
    expect(text(quiet)).toContain(
      '1 change was carried to Sellfire and 0 to Salesforce.\nNone was refused, and none failed.',
    );
    expect(text(quiet)).toContain('Nothing stands in the way now.\n\nNo cause is open.');
    expect(text({ causes: undefined })).toContain('could not be read from Salesforce');
  });

  it('has an id of its week, so that no week comes twice', () => {
    expect(digestMessage(week, at('2026-11-30T13:00:00Z'), 'UTC').id).toBe(`digest:${week.from}`);
  });
});
