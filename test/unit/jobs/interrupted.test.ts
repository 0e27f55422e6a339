// Of a turn that fails, what was written has its row (M31), and a call that the budget refused counts as none.
import { beforeEach, expect, it } from '@jest/globals';
import { createWorker } from '../../../bridge/jobs/worker.ts';
import type { Change } from '../../../bridge/model/change.ts';
import { PeerError, SHARE_USED, type Fault } from '../../../bridge/model/fault.ts';
import type { SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import { createMemoryStore, type MemoryStore } from '../../simulator/memoryStore.ts';
import { config, lead, LEAD_ID, salesforceChange, sellfireChange } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const AWAY: Fault = { class: 'retry', code: 'AWAY', message: 'Away.', fields: [], unknownOutcome: true };
const SPENT: Fault = { ...AWAY, class: 'limit', code: SHARE_USED, unknownOutcome: false };
const GONE: Fault = { ...AWAY, class: 'gone', code: 'NOT_FOUND', unknownOutcome: false };
const REFUSED: Fault = { ...GONE, class: 'record', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['LastName'] };
const subject = lead('lead_1', { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' });

let store: MemoryStore;
beforeEach(async () => {
  store = createMemoryStore(() => 9_000);
  const link = { leadId: 'lead_1', revision: 0, record: { object: 'Lead', id: LEAD_ID }, fields: {} } as const;
  await store.settle(ORG, { key: 'lead_1', done: [], parked: [], link, reports: [] });
  const toSalesforce = sellfireChange('lead.updated', 5_000, subject, { last_name: { from: 'Sand', to: 'Stone' } });
  const changes: Change[] = [toSalesforce, salesforceChange('update', 5_001, { Company: 'Acme Inc' })];
  await store.append(
    ORG,
    changes.map((change) => ({
      ...{ source: change.source, eventId: change.eventId, leadId: 'lead_1', change },
      recordId: change.source === 'salesforce' ? LEAD_ID : 'lead_1',
    })),
  );
});

/** A turn in which the calls that change something fail as they say. */
function turn(faults: { salesforce?: Fault; sellfire?: Fault }): Promise<string> {
  const answer = <T>(peer: 'salesforce' | 'sellfire', given: T): T | { ok: false; fault: Fault } => {
    const fault = faults[peer];
    if (!fault) return given;
    if (fault.class === 'record' || fault.class === 'gone') return { ok: false, fault };
    throw new PeerError(peer, fault);
  };
  const read = async () => ({ createdAt: 1, at: 1, user: '', fields: { LastName: 'Stone', Company: 'Acme Inc' } });
  const salesforce = {
    ...{ read, findByPhone: async () => [], recordState: async () => ({ state: 'there' }) },
    update: async (_object: string, id: string) => answer('salesforce', { ok: true, id, created: false }),
  } as unknown as SalesforcePort;
  const sellfire = {
    ...{ leadById: async () => subject, leadBySalesforceId: async () => subject },
    updateLead: async () => answer('sellfire', { ok: true, lead: subject }),
  } as unknown as SellfirePort;
  const options = { store, connection: ORG, config: () => config(), wake: () => undefined };
  return createWorker({ ...options, salesforce, sellfire })('lead_1');
}
const rows = () => store.allReports(ORG).map(({ direction, outcome }) => `${direction} ${outcome}`);
const attempts = () => store.rows(ORG).map(({ attempts: count }) => count);

it('the row of what was written is kept where the call to the other system fails as a whole', async () => {
  await expect(turn({ sellfire: AWAY })).rejects.toMatchObject({ fault: AWAY });
  expect(rows()).toEqual(['ToSalesforce Success']);
  expect(attempts()).toEqual([1, 1]);
});

it('the row of what was written is kept where the share of API calls is used up', async () => {
  await expect(turn({ salesforce: SPENT })).resolves.toBe('later');
  expect(rows()).toEqual(['ToSellfire Success']);
  expect(attempts()).toEqual([1, 1]);
});

it('the row of what was refused is kept where the lead is gone, so that the next attempt ends the link and asks for nothing again (M32)', async () => {
  await expect(turn({ salesforce: REFUSED, sellfire: GONE })).rejects.toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect(rows()).toEqual(['ToSalesforce Failed']);
  expect(attempts()).toEqual([1, 1]);
});

it('what was refused has no row where the next attempt asks for it again', async () => {
  await expect(turn({ salesforce: REFUSED, sellfire: AWAY })).rejects.toMatchObject({ fault: AWAY });
  expect(rows()).toEqual([]);
});

it('an attempt of which the budget refused one call and the other has no answer may have written', async () => {
  await expect(turn({ salesforce: SPENT, sellfire: AWAY })).resolves.toBeDefined();
  expect(attempts()).toEqual([1, 1]);
});

it('an attempt of which the budget refused every call has written nothing', async () => {
  await expect(turn({ salesforce: SPENT, sellfire: SPENT })).resolves.toBe('later');
  expect(rows()).toEqual([]);
  expect(attempts()).toEqual([0, 0]);
});
