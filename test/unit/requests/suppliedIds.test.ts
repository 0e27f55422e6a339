// An id of a record is read in every form in every part of a request: its record, its parameters, and the leads that an import
// meets (M16, M31).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '../../../bridge/log.ts';
import { idSchema } from '../../../bridge/requests/idSchema.ts';
import { chunkOf } from '../../../bridge/requests/importFile.ts';
import { importSchema } from '../../../bridge/requests/importLeads.ts';
import type { RequestContext, Run } from '../../../bridge/requests/request.ts';
import { syncNow } from '../../../bridge/requests/syncNow.ts';
import { createSellfire, type Sellfire } from '../../../bridge/sellfire/client.ts';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../bridge/store/store.ts';
import { startSellfire, type RunningSellfire } from '../../sellfire/sellfire.ts';
import { config } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
/** Letters of both cases, so that the last three say which. */
const ID = '00Qaa000000AbCdEAK';
const OTHER = '00Q000000000002EAA';
const FORMS = [
  ID,
  ID.slice(0, 15),
  ID.toLowerCase(),
  ID.toUpperCase(),
  ` "${ID}" `,
  `https://acme.lightning.force.com/lightning/r/Lead/${ID}/view`,
];
const PHONE = '(512) 555-0123';

let sellfire: RunningSellfire;
let client: Sellfire;
let store: Store;
beforeEach(async () => {
  sellfire = await startSellfire();
  client = createSellfire({ ...sellfire, logger: createLog({ level: 'silent' }) });
  store = await openSqliteStore({ file: ':memory:' });
});
afterEach(async () => {
  await client.close();
  await sellfire.close();
  await store.close();
});
const context = (more: Partial<RequestContext> = {}): RequestContext =>
  ({ store, connection: ORG, sellfire: client, ...more }) as RequestContext;

describe('an id in a request', () => {
  it('is read in each form, and a text that is none is refused', () => {
    for (const form of FORMS) expect([form, idSchema.parse(form)]).toEqual([form, ID]);
    for (const form of ['', 'Acme', ID.slice(0, 14), `${ID.slice(0, 15)}9ZZ`])
      expect(idSchema.safeParse(form).success).toBe(false);
  });

  it('of an owner is one of a user or a queue', () => {
    expect(importSchema.parse({ owner: '005000000000001' }).owner).toBe('005000000000001AAA');
    expect(importSchema.parse({ owner: '00G000000000001EAA' }).owner).toBe('00G000000000001EAA');
    expect(importSchema.safeParse({ owner: ID })).toMatchObject({ success: false });
  });

  it('is the record that SyncNow compares', async () => {
    for (const [index, recordId] of FORMS.entries()) {
      const keys: string[] = [];
      const wake = (woken: string[]): void => void keys.push(...woken);
      const done = new AbortController();
      const run: Run = {
        request: { id: `a0R00000000000${index}AAA`, type: 'SyncNow', recordId, parameters: null, at: 1 },
        signal: done.signal,
        checkpoint: undefined,
        save: async () => done.abort(),
        reportProgress: () => undefined,
      };
      await syncNow(run, context({ wake }));
      expect([recordId, keys]).toEqual([recordId, [ID]]);
    }
    const rows = (await store.load(ORG, ID, 100)).rows.map(({ change }) => change);
    expect(rows).toHaveLength(FORMS.length);
    expect(rows[0]).toMatchObject({ record: { object: 'Lead', id: ID }, command: { kind: 'compare', create: true } });
  });

  it('that is of no followed record is refused before anything is queued', async () => {
    for (const recordId of [null, '', 'Acme', '005000000000001AAA']) {
      const request = { id: 'a0R000000000001AAA', type: 'SyncNow', recordId, parameters: null, at: 1 };
      await expect(syncNow({ request } as Run, context())).rejects.toMatchObject({ code: 'RECORD_MISSING' });
    }
    expect(await store.pendingKeys(ORG, 10)).toEqual([]);
  });
});

describe('an import', () => {
  const chunk = (id: string) => chunkOf(context(), config(), 'Lead', [{ Id: id, Phone: PHONE, LastName: 'Stone' }]);

  it.each(FORMS)('knows the lead that carries the id of the record as %s, and links the pair', async (lead_id) => {
    const { id } = sellfire.desk.createLead({ primary_phone_number: PHONE }, { salesforce: { lead_id } });
    expect(await chunk(ID)).toMatchObject({
      rows: [],
      reports: [],
      unlinked: [{ leadId: id, recordId: ID }],
      counts: { linked: 1, taken: 0 },
    });
  });

  it.each(FORMS)(
    'leaves a lead with its record, which it carries as %s, and names that by its one form',
    async (lead_id) => {
      sellfire.desk.createLead({ primary_phone_number: PHONE }, { salesforce: { lead_id } });
      const { rows, reports, counts } = await chunk(OTHER);
      expect([rows, counts.taken]).toEqual([[], 1]);
      expect(reports).toMatchObject([{ row: { code: 'PHONE_EXISTS', reason: expect.stringContaining(ID) } }]);
    },
  );

  it('fills a lead whose text is no id of a record, as one without', async () => {
    const { id } = sellfire.desk.createLead({ primary_phone_number: PHONE }, { salesforce: { lead_id: 'Acme' } });
    expect((await chunk(ID)).rows).toMatchObject([{ id: ID, leadId: id }]);
  });
});
