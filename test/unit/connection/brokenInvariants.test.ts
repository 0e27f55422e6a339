// A broken invariant is counted and logged in production. The change is carried out where that is safe, and writes nothing where it is
// not.
import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createWork } from '../../../bridge/connection/work.ts';
import type { Budget } from '../../../bridge/connection/budget/budget.ts';
import { createMetrics } from '../../../bridge/http/metrics.ts';
import type { Change } from '../../../bridge/model/change.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import type { Store } from '../../../bridge/store/store.ts';
import { until } from '../../helpers/until.ts';
import { createMemoryStore } from '../../simulator/memoryStore.ts';
import { config, created, lead, LEAD_ID, sellfireChange } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const acme = lead('lead_1', { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' });

/** The workers over a store whose link is broken. */
async function work(change: Change, link: Link) {
  const memory = createMemoryStore(() => 9_000);
  await memory.append(ORG, [
    { source: 'sellfire', eventId: change.eventId, recordId: 'lead_1', leadId: 'lead_1', change },
  ]);
  const store: Store = {
    ...memory,
    load: async (connection, key, limit) => ({ ...(await memory.load(connection, key, limit)), link }),
    settle: async (connection, settlement) => {
      const { link: _, ...rest } = settlement;
      return memory.settle(connection, { ...rest, link: undefined });
    },
  };
  const lines: unknown[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const written: object[] = [];
  const write = async (...values: object[]) => {
    written.push(values);
    return { ok: true, id: LEAD_ID, created: true };
  };
  const salesforce = {
    ...{ findByPhone: async () => [], lookUpForSale: async () => {}, update: write, upsert: write },
  } as unknown as SalesforcePort;
  const metrics = createMetrics();
  const { scheduler } = createWork({
    ...{ store, connection: ORG, concurrency: 1, config: () => config(), metrics, salesforce },
    budget: {
      defers: () => false,
      spent: () => {},
      status: () => ({ tier: 'normal' }) as ReturnType<Budget['status']>,
    },
    ...{ reread: async () => false, onTurn: () => {}, onReports: () => {}, logger: pino(sink) },
    sellfire: { leadById: async () => acme } as unknown as SellfirePort,
  });
  scheduler.start();
  scheduler.wake(['lead_1']);
  const counted = async (): Promise<string | undefined> =>
    /^invariant_broken_total\{.*\} [1-9].*$/m.exec(await metrics.render())?.[0];
  await until('it is counted', async () => (await counted()) !== undefined);
  await scheduler.drain();
  return { memory, lines, written, counted: await counted() };
}

it('a replica that is ahead is counted and logged, and the change is done', async () => {
  const ahead: Link = {
    ...{ leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID } },
    fields: {
      city: {
        ...{ previousValues: [], flipFlops: 0, suspended: false },
        replicas: { sellfire: { targetVersion: 0, delivered: 4, confirmed: 0 } },
      },
    },
  };
  const change = sellfireChange('lead.updated', 5_000, acme, { title: { from: null, to: 'CEO' } });
  const { memory, lines, counted } = await work(change, ahead);
  expect(counted).toContain('invariant="replica_not_ahead"');
  expect(lines).toContainEqual(
    expect.objectContaining({
      ...{ event: 'invariant_broken', invariant: 'replica_not_ahead', detail: 'city at sellfire of lead_1' },
    }),
  );
  expect(memory.rows(ORG).map(({ state }) => state)).toEqual(['done']);
});

it('a write of another lead than that of the link is not made, and the change goes on waiting', async () => {
  const { memory, written, counted } = await work(created(acme), { leadId: 'lead_9', revision: 1, fields: {} });
  expect(counted).toContain('invariant="write_of_own_lead"');
  expect(written).toEqual([]);
  expect(memory.rows(ORG).map(({ state }) => state)).toEqual(['pending']);
});
