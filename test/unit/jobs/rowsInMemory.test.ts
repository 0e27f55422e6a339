// A backlog of any size takes a bounded share of memory while it is worked off, and holds nothing up for good.
import { describe, expect, it } from '@jest/globals';
import { createRowsInMemory, type Share } from '../../../bridge/jobs/rowsInMemory.ts';
import { createWorker } from '../../../bridge/jobs/worker.ts';
import type { SalesforcePort, SellfirePort } from '../../../bridge/model/ports.ts';
import { settled } from '../../helpers/clock.ts';
import { createMemoryStore } from '../../simulator/memoryStore.ts';
import { config, created, lead } from '../sync/fixtures.ts';

/** Asks for shares, and says which of them have been given. */
function asked(rows = createRowsInMemory(200, 1_000)) {
  const given: Share[] = [];
  return {
    given,
    ask(count: number) {
      for (let index = 0; index < count; index += 1) void Promise.resolve(rows.share()).then((one) => given.push(one));
      return settled();
    },
  };
}

describe('rows in memory', () => {
  it('are those of as many turns as hold the limit, and the others follow in their order', async () => {
    const { given, ask } = asked();
    await ask(8);
    expect(given).toHaveLength(5);
    for (const share of given) share.loaded(200);
    await settled();
    expect(given).toHaveLength(5);
    given[0]?.end();
    await settled();
    expect(given).toHaveLength(6);
  });

  it('hold nothing up where loads bring a row each', async () => {
    const { given, ask } = asked();
    await ask(400);
    for (let seen = 0; seen < 400 && seen < given.length; seen += 1) {
      given[seen]?.loaded(1);
      await settled();
    }
    expect(given).toHaveLength(400);
  });

  it('are given back once, by a turn that has loaded nothing as well', async () => {
    const { given, ask } = asked();
    await ask(6);
    given[0]?.end();
    given[0]?.end();
    await settled();
    expect(given).toHaveLength(6);
    await ask(1);
    expect(given).toHaveLength(6);
  });

  it('may be more than the limit in a turn that runs alone', async () => {
    const { given, ask } = asked(createRowsInMemory(2_000, 1_000));
    await ask(2);
    expect(given).toHaveLength(1);
    given[0]?.loaded(2_000);
    given[0]?.end();
    await settled();
    expect(given).toHaveLength(2);
  });
});

describe('a worker', () => {
  it('holds no more than 4,000 rows of a backlog at once, and gives every key its turn', async () => {
    const store = createMemoryStore(() => 9_000);
    const KEYS = 40;
    const fields = { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' };
    for (let key = 0; key < KEYS; key += 1) {
      const leadId = `lead_${key}`;
      const rows = Array.from({ length: 150 }, (_, index) => {
        const change = { ...created(lead(leadId, fields)), eventId: `${leadId}:${index}` };
        return { source: change.source, eventId: change.eventId, recordId: leadId, leadId, change };
      });
      await store.append('org', rows);
    }
    let held = 0;
    let most = 0;
    const loaded = new Set<string>();
    const load: typeof store.load = async (...args) => {
      const work = await store.load(...args);
      loaded.add(work.key);
      held += work.rows.length;
      most = Math.max(most, held);
      return work;
    };
    const nowhere = new Proxy({}, { get: () => async () => Promise.reject(new Error('away')) });
    const work = createWorker({
      ...{ store: { ...store, load }, connection: 'org', config: () => config(), wake: () => undefined },
      ...{ salesforce: nowhere as SalesforcePort, sellfire: nowhere as SellfirePort },
    });
    await Promise.allSettled(
      Array.from({ length: KEYS }, (_, key) => work(`lead_${key}`).finally(() => (held -= 150))),
    );
    expect([...loaded]).toHaveLength(KEYS);
    expect(most).toBeGreaterThan(2_000);
    expect(most).toBeLessThanOrEqual(4_000);
  });
});
