// Disconnects an org (M1): takes its token back at Salesforce and forgets the connection. What the admin configured stays in
// the org, and the links stay in the store, so that connecting again goes on where it was.
import { mkdirSync } from 'node:fs';
import type { Config } from '../config.ts';
import { openOrg } from '../connection/org.ts';
import { readSaved } from '../connection/saved.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';

/** @throws BridgeError NOT_CONNECTED, STORE_IN_USE (the bridge runs: stop it first), PeerError */
export async function disconnect(config: Config, orgId: string): Promise<void> {
  mkdirSync(config.dataDir, { recursive: true });
  const store = await openSqliteStore({ file: config.databaseFile });
  try {
    const stored = await store.connections();
    const one = stored.find((candidate) => candidate.id === orgId);
    if (!one) {
      throw new BridgeError(
        stored.length === 0
          ? explain('ORG_UNKNOWN.none', { id: orgId })
          : explain('ORG_UNKNOWN.others', { id: orgId, connected: stored.map(({ id }) => id).join(', ') }),
      );
    }
    // Forgotten first: a token that cannot be revoked must not keep the sync going.
    await store.removeConnection(orgId);
    const org = openOrg(config, readSaved(one, config.secretKey), async () => undefined);
    try {
      await org.session.token();
      await org.session.revoke();
    } finally {
      await org.close();
    }
  } finally {
    await store.close();
  }
}
