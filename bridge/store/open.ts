// Opens the store where the configuration says that it is.
import { openSqliteStore } from './sqlite/store.ts';
import type { Store } from './store.ts';

export interface StorePlace {
  /** The file of the embedded store. */
  databaseFile: string;
  /** The database that keeps the store instead. */
  databaseUrl: string | undefined;
  /** ms: so long does the lead of the database's processes stay with one that does not renew it. */
  leaseMs?: number;
}

/** Opens the store for this process alone and brings its schema up to date. @throws BridgeError STORE_IN_USE, STORE_UNUSABLE, STORE_NEWER */
export async function openStore(
  { databaseFile, databaseUrl, leaseMs }: StorePlace,
  logger?: { info(context: object, message: string): void },
): Promise<Store> {
  const logging = logger ? { logger } : {};
  if (databaseUrl === undefined) return openSqliteStore({ file: databaseFile, ...logging });
  // Loaded only where it is used.
  const { openPostgresStore } = await import('./postgres/store.ts');
  return openPostgresStore({ url: databaseUrl, ...(leaseMs === undefined ? {} : { leaseMs }), ...logging });
}
