// What the store cannot do is nobody's record's: however often it happens, no change is set aside for it.
import { describe, expect, it } from '@jest/globals';
import { createWorker } from '../../../bridge/jobs/worker.ts';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import { BridgeError } from '../../../bridge/model/fault.ts';
import type { SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import { createMemoryStore } from '../../simulator/memoryStore.ts';
import { config, LEAD_ID, salesforceChange } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const MANY = 20;

/** A worker whose calls fail like this, and how often its one change was tried. */
async function failing(error: Error) {
  const store = createMemoryStore(() => 9_000);
  const refuse = async (): Promise<never> => Promise.reject(error);
  const peer = new Proxy({}, { get: () => refuse });
  const work = createWorker({
    ...{ store, connection: ORG, config: () => config(), wake: () => undefined },
    ...{ salesforce: peer as SalesforcePort, sellfire: peer as SellfirePort },
  });
  const change = salesforceChange('create', 5_000, { Phone: '(512) 555-0123', Company: 'Acme', LastName: 'Stone' });
  const entry = { source: change.source, eventId: change.eventId, recordId: LEAD_ID, leadId: null, change };
  const { keys } = await store.append(ORG, [entry]);
  const key = keys[0] ?? '';
  const turn = (): Promise<unknown> => work(key).catch((thrown: unknown) => thrown);
  const attempts = async (): Promise<number | undefined> => (await store.load(ORG, key, 1)).rows[0]?.attempts;
  return { store, turn, attempts };
}

describe('a turn that fails', () => {
  it('for the lease of its process is tried again without end, and counts as no attempt', async () => {
    const expired = new BridgeError(explain('STORE_LEASE_EXPIRED'));
    const { store, turn, attempts } = await failing(expired);
    for (let times = 1; times <= MANY; times += 1) expect(await turn()).toBe(expired);
    expect(await attempts()).toBe(0);
    expect(await store.parked(ORG, 10)).toEqual([]);
  });

  it('for the database is tried again without end', async () => {
    const away = new BridgeError(explain('STORE_UNUSABLE.database', { place: 'db', cause: 'away' }));
    const { store, turn } = await failing(away);
    for (let times = 1; times <= MANY; times += 1) expect(await turn()).toBe(away);
    expect(await store.parked(ORG, 10)).toEqual([]);
  });

  it('for the program is set aside in the end', async () => {
    const { store, turn } = await failing(new TypeError('undefined is not a function'));
    for (let times = 1; times <= MANY; times += 1) await turn();
    expect(await store.parked(ORG, 10)).toMatchObject([{ code: 'POISON' }]);
  });
});
