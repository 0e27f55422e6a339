// Disconnects an org (M1): revokes its token and removes the connection, also while the bridge runs. The configuration stays in the
// org and the links stay in the store, so that a later connection resumes where this one ended. The org stays off whether or not
// Salesforce answers; where it does not, the command says that the token may still be valid.
import type { Config } from '../config.ts';
import { forgetConnection, leftWords } from '../connection/disconnected.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { saveSyncState } from '../connection/syncState.ts';
import { BridgeError } from '../model/fault.ts';
import { openStore } from '../store/open.ts';
import { setSyncState } from './setSyncState.ts';

/** @param url of the running bridge. @throws BridgeError ORG_UNKNOWN; TOKEN_NOT_REVOKED, WEBHOOK_NOT_REMOVED (the org is disconnected all the same) */
export async function disconnect(config: Config, url: string, orgId: string): Promise<void> {
  let store;
  try {
    store = await openStore(config);
  } catch (error) {
    if (!(error instanceof BridgeError) || error.code !== 'STORE_IN_USE') throw error;
    // The running bridge has locked the store: it disconnects the org by itself.
    report({ orgId, ...(await setSyncState(config, url, orgId, 'Disconnected')) });
    return;
  }
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
    // Saved first: a token that cannot be revoked must not keep the sync running.
    await saveSyncState(store, orgId, { state: 'Disconnected', by: 'bridge', at: Date.now() });
    report(await forgetConnection(config, store, one, 'bridge'));
  } finally {
    await store.close();
  }
}

/** A token that may still be valid comes first. @throws BridgeError */
function report(ended: Parameters<typeof leftWords>[0]): void {
  const [left] = leftWords(ended);
  if (left) throw new BridgeError(left);
}
