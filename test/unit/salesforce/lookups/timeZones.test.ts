// The time zones of users: read together, remembered for an hour, and of so many users only.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { withSuffix } from '../../../../bridge/model/recordId.ts';
import { createRest, type Rest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Session } from '../../../../bridge/salesforce/auth/session.ts';
import { createTimeZones } from '../../../../bridge/salesforce/lookups/timeZones.ts';
import { rowsAnswer, startFakeApi, type FakeApi } from '../fakeApi.ts';

const HOUR_MS = 3_600_000;
const ids = ['005000000000001', '005000000000002', '005000000000003'] as const;
const [ann, ben, cid] = ids;
let api: FakeApi;
let rest: Rest;
let now = 0;

beforeEach(async () => {
  api = await startFakeApi(({ query }) =>
    rowsAnswer(
      ids
        .filter((id) => query.get('q')?.includes(id))
        .map((id) => ({ Id: withSuffix(id), TimeZoneSidKey: `Zone/${id.at(-1)}` })),
    ),
  );
  const token = async () => ({ accessToken: 't', instanceUrl: api.url, orgId: '', userId: '' });
  rest = createRest({ session: { token } as Session });
});
afterEach(async () => {
  await rest.close();
  await api.close();
});

const zonesOf = (most?: number): ReturnType<typeof createTimeZones> =>
  createTimeZones(rest, { waitMs: 0, now: () => now, ...(most === undefined ? {} : { most }) });

it('one call answers concurrent look-ups, and a user is one by the id with its suffix or without', async () => {
  const zones = zonesOf();
  expect(await Promise.all([zones.of(ann), zones.of(ben)])).toEqual(['Zone/1', 'Zone/2']);
  expect(await zones.of(withSuffix(ann))).toBe('Zone/1');
  expect(api.requests).toHaveLength(1);
});

it('an answer is read again after an hour', async () => {
  const zones = zonesOf();
  await zones.of(ann);
  now += HOUR_MS - 1;
  await zones.of(ann);
  expect(api.requests).toHaveLength(1);
  now += 1;
  expect(await zones.of(ann)).toBe('Zone/1');
  expect(api.requests).toHaveLength(2);
});

it('of more users than it may remember, those read last are known', async () => {
  const zones = zonesOf(2);
  for (const id of [ann, ben, cid]) await zones.of(id);
  expect(api.requests).toHaveLength(3);
  for (const id of [ben, cid]) await zones.of(id);
  expect(api.requests).toHaveLength(3);
  expect(await zones.of(ann)).toBe('Zone/1');
  expect(api.requests).toHaveLength(4);
});

it('what is no id of a user costs no call', async () => {
  expect(await zonesOf().of('003000000000001')).toBeNull();
  expect(api.requests).toEqual([]);
});
