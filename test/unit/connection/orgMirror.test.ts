// When what was read is written into the org, and when the configuration is read again: an unchanged reading costs no call, and refusals
// that name a field have it read, but not each of them.
import { afterEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createOrgMirror, notifyingOfCatalogue, type OrgMirror } from '../../../bridge/connection/orgMirror.ts';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import type { Rep } from '../../../bridge/model/rep.ts';
import type { Report } from '../../../bridge/model/report.ts';
import type { Call, Rest } from '../../../bridge/salesforce/api/rest.ts';
import { answerTo } from '../salesforce/fakeRest.ts';
import { config, mapping, USUAL } from '../sync/fixtures.ts';

const MINUTE = 60_000;
let mirror: OrgMirror;
afterEach(async () => mirror.stop());

/**
 * @param failing calls that fail before the first that works
 * @param locked records that are refused before the first that is not
 * @param statusCode with which they are refused
 */
function start(failing = 0, locked = 0, statusCode = 'UNABLE_TO_LOCK_ROW') {
  const seen = { calls: 0, locked, reloads: 0, now: Date.parse('2026-11-24T06:00:00Z'), reps: [] as Rep[] };
  const rest = {
    apiVersion: '67.0',
    async call(call: Call<unknown>) {
      const { method, query } = call;
      const body = call.body as { records: object[] } | undefined;
      seen.calls += 1;
      if (seen.calls <= failing) throw new Error('The org is away.');
      if (method === 'GET') return answerTo(call, { totalSize: 0, done: true, records: [] });
      const count = body?.records.length ?? query?.['ids']?.split(',').length ?? 0;
      return Array.from({ length: count }, () => {
        const success = (seen.locked -= 1) < 0;
        const error = { statusCode, message: 'Refused.', fields: [] };
        return { id: 'x', success, created: true, errors: success ? [] : [error] };
      });
    },
  } as unknown as Rest;
  mirror = createOrgMirror({
    rest,
    reps: async () => seen.reps,
    reload: () => (seen.reloads += 1),
    logger: pino({ level: 'silent' }),
    timer: { now: () => seen.now, after: () => () => undefined },
  });
  return seen;
}

const report = (code: string): Report => ({
  occurredAt: 0,
  direction: 'ToSalesforce',
  event: 'LeadUpdated',
  outcome: 'Failed',
  code,
  reason: '',
  sellfireLeadId: null,
  salesforceObject: null,
  salesforceRecordId: null,
  changes: [],
});

it('what was read is written into the org once, and again when it has changed', async () => {
  const seen = start();
  await mirror.read(config(), []);
  // One for the statuses, one for the catalogue, one that writes its fields.
  expect(seen.calls).toBe(3);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(3);
  await mirror.read(config([...USUAL, mapping('title', 'Contact.Gone__c')]), []);
  expect(seen.calls).toBe(4);
  await mirror.read(config(), [{ recordId: 'a00', name: 'M-0001', reason: 'Sync Rule is empty.' }]);
  expect(seen.calls).toBe(5);
});

it("Sellfire's reps are written with each reading that finds them changed, and an empty list never empties the org's (M14)", async () => {
  const seen = start();
  const rep: Rep = { id: 'rep_01', name: 'Ann', email: 'a@x.example', role: 'rep', state: 'active', sf_owner_id: null };
  await mirror.read(config(), []);
  const before = seen.calls;
  seen.reps = [rep];
  await mirror.read(config(), []);
  // One reads the rows, one writes those that differ.
  expect(seen.calls).toBe(before + 2);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(before + 2);
  seen.reps = [{ ...rep, state: 'deleted' }];
  await mirror.read(config(), []);
  expect(seen.calls).toBe(before + 4);
  seen.reps = [];
  await mirror.read(config(), []);
  expect(seen.calls).toBe(before + 4);
});

it('what could not be written does not count as written', async () => {
  const seen = start(2);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(2);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(5);
});

it('what was locked is written again, and once', async () => {
  const seen = start(0, 1);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(3);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(5);
  await mirror.read(config(), []);
  expect(seen.calls).toBe(5);
});

it.each(['DUPLICATE_VALUE', 'STRING_TOO_LONG', 'ENTITY_IS_DELETED'])(
  'what the org refuses for good (%s) is not written again',
  async (code) => {
    const seen = start(0, 100, code);
    await mirror.read(config(), []);
    expect(seen.calls).toBe(3);
    await mirror.read(config(), []);
    expect(seen.calls).toBe(3);
  },
);

it('a refusal that names a field has the configuration read at once, and the same refusal again after ten minutes', () => {
  const seen = start();
  mirror.onReports([report('STRING_TOO_LONG')]);
  expect(seen.reloads).toBe(1);
  seen.now += 9 * MINUTE;
  mirror.onReports([report('STRING_TOO_LONG')]);
  expect(seen.reloads).toBe(1);
  seen.now += MINUTE;
  mirror.onReports([report('STRING_TOO_LONG')]);
  expect(seen.reloads).toBe(2);
  seen.now += MINUTE;
  mirror.onReports([report('DUPLICATES_DETECTED'), report('')]);
  expect(seen.reloads).toBe(2);
  mirror.onReports([report(''), report('REQUIRED_FIELD_MISSING')]);
  expect(seen.reloads).toBe(3);
  seen.now += MINUTE;
  mirror.onReports([report('RECORD_TYPE_UNAVAILABLE')]);
  expect(seen.reloads).toBe(4);
  seen.now += MINUTE;
  // A field whose type was changed refuses what it took before.
  mirror.onReports([report('JSON_PARSER_ERROR')]);
  expect(seen.reloads).toBe(5);
});

it('a refusal right after a reading brings nothing new', async () => {
  const seen = start();
  await mirror.read(config(), []);
  mirror.onReports([report('STRING_TOO_LONG')]);
  expect(seen.reloads).toBe(0);
});

it('the store reports a changed catalogue once the event is stored', async () => {
  start();
  const order: string[] = [];
  const store = notifyingOfCatalogue(
    { cursor: async () => undefined, append: async () => void order.push('stored') },
    () => order.push('changed'),
  );
  await store.append([{ type: 'lead.updated' } as SellfireEvent], 1);
  await store.append([{ type: 'catalogue.changed' } as SellfireEvent], 2);
  expect(order).toEqual(['stored', 'stored', 'changed']);
});
