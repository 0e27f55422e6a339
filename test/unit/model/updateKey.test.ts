// What the Idempotency-Key of an update says of the attempt comes back from Sellfire's event.
import { describe, expect, it } from '@jest/globals';
import { namedEdit, updateKey } from '../../../bridge/model/updateKey.ts';
import type { Side } from '../../../bridge/model/change.ts';

const AT = Date.UTC(2026, 10, 29, 12);
const key = (edits: [string, { at: number; by: Side }][]): string =>
  updateKey({ attempt: 'AbCdEfGh-_123456', digest: 'x'.repeat(22), edits: new Map(edits) });

describe('the key of an update', () => {
  it('names the edit of each field', () => {
    const edits: [string, { at: number; by: Side }][] = [
      ['business_name', { at: AT, by: 'salesforce' }],
      ['first_name', { at: AT - 1, by: 'sellfire' }],
      ['title', { at: AT, by: 'salesforce' }],
    ];
    for (const [name, edit] of edits) expect(namedEdit(key(edits), name)).toEqual(edit);
    expect(namedEdit(key(edits), 'city')).toBeUndefined();
  });

  it('has at most the 128 characters that Sellfire accepts, and keeps the latest edits', () => {
    const edits = Array.from({ length: 40 }, (_, at): [string, { at: number; by: Side }] => [
      `field_${at}`,
      { at: AT + at, by: 'sellfire' },
    ]);
    const long = key(edits);
    expect(long.length).toBeLessThanOrEqual(128);
    expect(namedEdit(long, 'field_39')).toEqual({ at: AT + 39, by: 'sellfire' });
    expect(namedEdit(long, 'field_0')).toBeUndefined();
    const once = edits.map(([name]): [string, { at: number; by: Side }] => [name, { at: AT, by: 'salesforce' }]);
    expect(key(once).length).toBeLessThanOrEqual(128);
    expect(namedEdit(key(once), 'field_9')).toEqual({ at: AT, by: 'salesforce' });
  });

  it('of another request, or of an earlier version of the bridge, says nothing', () => {
    const others = [null, '', 'who', 'bridge:create:00Q:x', 'bridge:update:0b7c-4d:x', 'bridge:update:a:b'];
    expect(others.map((one) => namedEdit(one, 'title'))).toEqual(others.map(() => undefined));
  });
});
