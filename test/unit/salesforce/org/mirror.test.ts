// What the bridge keeps in the org besides its records: statuses, the catalogue, no more reports than wanted. Each call counts.
import { afterEach, describe, expect, it } from '@jest/globals';
import { packageNames, type SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { mirrorCatalogue } from '../../../../bridge/salesforce/org/fieldCatalogue.ts';
import { deleteRecords } from '../../../../bridge/salesforce/api/deletions.ts';
import { createRest, type Rest } from '../../../../bridge/salesforce/api/rest.ts';
import { mirrorReps } from '../../../../bridge/salesforce/org/repList.ts';
import { deleteOldReports, REPORTS_AT_ONCE } from '../../../../bridge/salesforce/org/retention.ts';
import type { Session } from '../../../../bridge/salesforce/auth/session.ts';
import { writeStatuses } from '../../../../bridge/salesforce/org/mappingStatuses.ts';
import { sellfireField as field } from '../../../helpers/fields.ts';
import { rowsAnswer, startFakeApi, type FakeApi, type FakeRequest } from '../fakeApi.ts';

const NAMES = packageNames('sellfire__');
const id = (number: number): string => `a01SF0000${String(number).padStart(6, '0')}AAA`;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** An org that answers every query with these rows, and takes every write, unless a test sets another answer. */
async function org(rows: SalesforceFields[], refusal?: { errorCode: string }): Promise<{ rest: Rest; api: FakeApi }> {
  const errors = refusal ? [{ statusCode: refusal.errorCode, message: 'No.', fields: [] }] : [];
  const answer = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: id(at + 1), success: !refusal, errors }));
  const api = await startFakeApi(({ method, query, body }) => {
    if (method === 'GET') return rowsAnswer(rows);
    if (method === 'DELETE') return { json: answer(query.get('ids')?.split(',').length ?? 0) };
    return { json: answer((JSON.parse(body) as { records: unknown[] }).records.length) };
  });
  const token = async () => ({ accessToken: 't', instanceUrl: api.url, orgId: '', userId: '' });
  const rest = createRest({ session: { token } as Session });
  opened.push(rest, api);
  return { rest, api };
}

const written = (requests: FakeRequest[]): Record<string, unknown>[] =>
  requests
    .filter(({ method }) => method === 'PATCH')
    .flatMap(({ body }) => (JSON.parse(body) as { records: Record<string, unknown>[] }).records);

describe('statuses', () => {
  const row = (number: number, status: string | null, reason: string | null): SalesforceFields => ({
    Id: id(number),
    sellfire__Status__c: status,
    sellfire__Status_Reason__c: reason,
  });

  it('are written only where they differ, all in one call, and cut to what the field holds', async () => {
    const { rest, api } = await org([row(1, 'Ok', null), row(2, null, null), row(3, 'Ok', 'Old.'), row(4, null, null)]);
    const result = await writeStatuses(rest, NAMES, [
      { id: id(1), status: 'Ok', reason: '' },
      { id: id(2), status: 'Issue', reason: 'x'.repeat(300) },
      { id: id(3), status: 'Ok', reason: '' },
      // Deleted meanwhile.
      { id: id(9), status: 'Ok', reason: '' },
    ]);
    expect(result).toEqual({ written: 2, refused: [] });
    expect(api.requests).toHaveLength(2);
    expect(written(api.requests)).toEqual([
      expect.objectContaining({ Id: id(2), sellfire__Status__c: 'Issue' }),
      expect.objectContaining({ Id: id(3), sellfire__Status__c: 'Ok', sellfire__Status_Reason__c: null }),
    ]);
    const [{ sellfire__Status_Reason__c: reason } = {}] = written(api.requests);
    expect(reason).toBe(`${'x'.repeat(254)}…`);
  });

  it('that the org refuses are reported, and the others stand', async () => {
    const { rest } = await org([row(1, null, null)], { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
    const { written: count, refused } = await writeStatuses(rest, NAMES, [{ id: id(1), status: 'Ok', reason: '' }]);
    expect(count).toBe(0);
    expect(refused).toMatchObject([{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }]);
  });
});

describe('the catalogue', () => {
  const mirrored = (number: number, name: string, extra: SalesforceFields = {}): SalesforceFields => ({
    Id: id(number),
    Name: name,
    sellfire__Key__c: `lead.${name}`,
    sellfire__Object__c: 'lead',
    sellfire__Field__c: name,
    sellfire__Label__c: name,
    sellfire__Type__c: 'text',
    sellfire__Custom__c: false,
    sellfire__Read_Only__c: false,
    sellfire__Max_Length__c: null,
    sellfire__Required__c: false,
    sellfire__Options__c: null,
    ...extra,
  });

  it('is brought in line: what is new, what differs, what is gone, and nothing else', async () => {
    const { rest, api } = await org([mirrored(1, 'same'), mirrored(2, 'tier'), mirrored(3, 'gone')]);
    const change = await mirrorCatalogue(rest, NAMES, [
      field('same'),
      field('tier', 'select', { options: ['Gold', 'Silver'] }),
      field('new', 'text', { label: 'N'.repeat(300) }),
    ]);
    expect(change).toEqual({ added: ['lead.new'], changed: ['lead.tier'], removed: ['lead.gone'], refused: [] });
    expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'DELETE']);
    expect(written(api.requests)).toEqual([
      expect.objectContaining({ sellfire__Key__c: 'lead.tier', sellfire__Options__c: '["Gold","Silver"]' }),
      expect.objectContaining({ Name: 'N'.repeat(80), sellfire__Label__c: 'N'.repeat(255) }),
    ]);
    expect(api.requests.at(-1)?.query.get('ids')).toBe(id(3));
  });

  it('cuts a label between two characters, so that no half of one is written, and written again', async () => {
    const label = `${'N'.repeat(254)}🔥`;
    const cut = mirrored(1, 'hot', { Name: 'N'.repeat(80), sellfire__Label__c: 'N'.repeat(254) });
    const { rest, api } = await org([cut]);
    await mirrorCatalogue(rest, NAMES, [field('hot', 'text', { label })]);
    expect(written(api.requests)).toEqual([]);
  });

  it('that is as it should be costs one call', async () => {
    const { rest, api } = await org([mirrored(1, 'same')]);
    await mirrorCatalogue(rest, NAMES, [field('same')]);
    expect(api.requests).toHaveLength(1);
  });

  it('without any field is no catalogue: nothing is deleted', async () => {
    const { rest, api } = await org([mirrored(1, 'same')]);
    expect(await mirrorCatalogue(rest, NAMES, [])).toMatchObject({ removed: [] });
    expect(api.requests).toHaveLength(1);
  });

  it('that the org does not take is reported', async () => {
    const { rest } = await org([], { errorCode: 'STRING_TOO_LONG' });
    expect(await mirrorCatalogue(rest, NAMES, [field('new')])).toMatchObject({
      added: [],
      refused: [{ key: 'lead.new', fault: { code: 'STRING_TOO_LONG' } }],
    });
  });
});

describe('deleting', () => {
  it('takes 200 records a call', async () => {
    const { rest, api } = await org([]);
    await expect(
      deleteRecords(
        rest,
        Array.from({ length: 401 }, (_, at) => id(at)),
      ),
    ).resolves.toEqual([]);
    expect(api.requests.map(({ query }) => query.get('ids')?.split(',').length)).toEqual([200, 200, 1]);
  });

  it('of what is gone already is done, and of what may not be deleted is reported', async () => {
    const gone = await org([], { errorCode: 'ENTITY_IS_DELETED' });
    await expect(deleteRecords(gone.rest, [id(1)])).resolves.toEqual([]);
    const barred = await org([], { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' });
    await expect(deleteRecords(barred.rest, [id(1)])).resolves.toMatchObject([
      { code: 'INSUFFICIENT_ACCESS_OR_READONLY' },
    ]);
  });

  it('of old reports asks for those before a moment, a bounded number of them, and says when there may be more', async () => {
    const before = Date.parse('2026-08-26T00:00:00Z');
    const few = await org([{ Id: id(1) }, { Id: id(2) }]);
    await expect(deleteOldReports(few.rest, NAMES, before)).resolves.toEqual({ deleted: 2, refused: [], more: false });
    const soql = few.api.requests[0]?.query.get('q') ?? '';
    expect(soql).toContain('sellfire__Occurred_At__c < 2026-08-26T00:00:00.000Z');
    expect(soql).toContain(`LIMIT ${REPORTS_AT_ONCE}`);
    const many = await org(Array.from({ length: REPORTS_AT_ONCE }, (_, at) => ({ Id: id(at) })));
    await expect(deleteOldReports(many.rest, NAMES, before)).resolves.toMatchObject({ deleted: 10_000, more: true });
    expect(many.api.requests).toHaveLength(1 + REPORTS_AT_ONCE / 200);
  });
});

describe("Sellfire's reps", () => {
  const rep = { id: 'rep_01', name: 'Ann', email: 'a@x.example', role: 'rep', state: 'active', sf_owner_id: null };
  const row = (id: string, fields: SalesforceFields = {}): SalesforceFields => ({
    Id: `a0R${id}`,
    sellfire__Rep_Id__c: id,
    Name: 'Ann',
    sellfire__Email__c: 'a@x.example',
    sellfire__State__c: 'active',
    sellfire__Salesforce_User_Id__c: null,
    ...fields,
  });

  it('are rows by their id, deleted ones included and Enablement users left out; only what differs is written (M14)', async () => {
    const { rest, api } = await org([row('rep_01'), row('rep_02'), row('rep_09')]);
    const change = await mirrorReps(rest, NAMES, [
      rep,
      { ...rep, id: 'rep_02', state: 'deleted', sf_owner_id: '0055g00000AbCdEAAV' },
      { ...rep, id: 'rep_03', name: '   ', email: '' },
      { ...rep, id: 'enb_01', role: 'enablement' },
    ]);
    expect(change).toEqual({ added: ['rep_03'], changed: ['rep_02'], removed: ['rep_09'], refused: [] });
    expect(written(api.requests)).toEqual([
      expect.objectContaining({
        sellfire__Rep_Id__c: 'rep_02',
        sellfire__State__c: 'deleted',
        sellfire__Salesforce_User_Id__c: '0055g00000AbCdEAAV',
      }),
      expect.objectContaining({ sellfire__Rep_Id__c: 'rep_03', Name: 'rep_03', sellfire__Email__c: null }),
    ]);
  });
});
