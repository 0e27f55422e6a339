// The conformance suite on SQLite.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../bridge/store/sqlite/store.ts';
import type { Store } from '../../bridge/store/store.ts';
import { storeConformance } from './conformance.ts';

storeConformance('SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sellfire-store-'));
  const file = join(folder, 'new', 'bridge.db');
  let store: Store = await openSqliteStore({ file });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openSqliteStore({ file });
      return store;
    },
    async remove() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

storeConformance(
  'SQLite in memory',
  async () => {
    const store = await openSqliteStore({ file: ':memory:' });
    return { store, remove: () => store.close() };
  },
  { durable: false },
);
