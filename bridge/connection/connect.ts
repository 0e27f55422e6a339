// Connects an org (M1): signs in, checks that the package is installed and what the user may do, and saves the connection. One
// Sellfire account syncs with one org: a second org would receive every lead a second time.
import type { Config } from '../config.ts';
import { clientOf } from './org.ts';
import { forgetDisconnected } from './disconnected.ts';
import { saveConnection, type SavedConnection } from './savedConnection.ts';
import type { Connected, Permission } from '../http/signIn.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { readSyncState, saveSyncState } from './syncState.ts';
import { BridgeError } from '../model/fault.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';
import { exchangeCode, revokeToken, type TokenAnswer } from '../salesforce/auth/oauth.ts';
import { checkPermissions } from '../sync/rights.ts';
import { query } from '../salesforce/api/query.ts';
import { createRest, orgTime, type Rest } from '../salesforce/api/rest.ts';
import { findPackage, readObjects, readSchema } from '../salesforce/org/schema.ts';
import { createSession, type Session } from '../salesforce/auth/session.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';

export interface ConnectResult {
  saved: SavedConnection;
  connected: Connected;
}

/** Takes the org for this connection of the deployment. @throws BridgeError ORG_ELSEWHERE where another one has it */
export type ClaimOrg = (orgId: string) => Promise<void>;

/** The command: opens the store for itself. @throws BridgeError, PeerError */
export async function connectJwt(config: Config, claimOrg?: ClaimOrg): Promise<Connected> {
  const store = await openStore(config);
  try {
    return (await connectWithKey(config, store, claimOrg)).connected;
  } finally {
    await store.close();
  }
}

/** Signs in with the key of the configuration. @throws BridgeError, PeerError */
export async function connectWithKey(config: Config, store: Store, claimOrg?: ClaimOrg): Promise<ConnectResult> {
  const { jwt } = config.salesforce;
  if (!jwt) {
    throw new BridgeError(explain('JWT_MISSING.connecting'));
  }
  const session = createSession({
    ...clientOf(config),
    grant: { kind: 'jwt', privateKey: jwt.key, username: jwt.username },
  });
  return examine(config, store, session, { grant: 'jwt', refreshToken: undefined }, claimOrg);
}

/**
 * The last step of the sign-in in a browser.
 * @param beforeSave ends what runs with the sign-in that this one replaces: a token that it saved later would take its place
 * @throws BridgeError, PeerError
 */
export async function connectBrowser(
  config: Config,
  store: Store,
  landing: { code: string; verifier: string; redirectUri: string },
  beforeSave: (orgId: string) => Promise<void>,
): Promise<ConnectResult> {
  const answer: TokenAnswer = await exchangeCode({ ...clientOf(config), ...landing });
  if (!answer.refreshToken) {
    throw new BridgeError(explain('REFRESH_TOKEN_MISSING.notGiven'));
  }
  const token = {
    accessToken: answer.accessToken,
    instanceUrl: answer.instanceUrl,
    orgId: answer.orgId,
    userId: answer.userId,
  };
  // The new token is used as it is: a refresh would only rotate it.
  const session: Session = { token: async () => token, refresh: async () => token, revoke: async () => undefined };
  const { refreshToken } = answer;
  let maySave = false;
  try {
    return await examine(config, store, session, { grant: 'refresh', refreshToken }, async (orgId) => {
      await beforeSave(orgId);
      maySave = true;
    });
  } catch (error) {
    // Nobody would know a token that is not saved.
    if (!maySave) await revokeToken(config.salesforce.loginUrl, refreshToken).catch(() => undefined);
    throw error;
  }
}

async function examine(
  config: Config,
  store: Store,
  session: Session,
  sign: Pick<SavedConnection, 'grant' | 'refreshToken'>,
  beforeSave?: (orgId: string) => Promise<void>,
): Promise<ConnectResult> {
  const rest = createRest({ session, apiVersion: config.salesforce.apiVersion });
  try {
    const { orgId, userId } = await session.token();
    const others = (await store.connections()).filter((one) => one.id !== orgId);
    if (others.length > 0) {
      throw new BridgeError(explain('ORG_CONNECTED', { others: others.map((one) => one.id).join(', ') }));
    }
    const permissions = await permissionsOf(rest);
    const { orgName, username } = await namesOf(rest, userId);
    const { loginUrl } = config.salesforce;
    const before = (await store.connections()).find((one) => one.id === orgId);
    const saved: SavedConnection = {
      orgId,
      orgName,
      userId,
      username,
      loginUrl,
      createdAt: before?.createdAt ?? orgTime(rest, Date.now()),
      ...sign,
    };
    await beforeSave?.(orgId);
    await saveConnection(store, config.secretKey, saved);
    await forgetDisconnected(store);
    // A disconnected sync resumes; one that was never started still waits for Start.
    const sync = await readSyncState(store, orgId);
    if (sync?.state === 'Disconnected')
      await saveSyncState(store, orgId, { state: 'Running', by: username, at: Date.now() });
    return { saved, connected: { orgId, orgName, user: username, permissions } };
  } finally {
    await rest.close();
  }
}

/** M1: each permission with a tick or with what is missing. @throws BridgeError PACKAGE_MISSING, PeerError */
export async function permissionsOf(rest: Rest): Promise<Permission[]> {
  const access = await readObjects(rest);
  const names = findPackage(access);
  const schema = await readSchema(rest, FOLLOWED_OBJECTS);
  return checkPermissions(names, access, schema.objects).map(({ object, missing, sentence }) => ({
    name: object,
    ok: missing.length === 0,
    ...(sentence === '' ? {} : { detail: sentence }),
  }));
}

async function namesOf(rest: Rest, userId: string): Promise<{ orgName: string; username: string }> {
  const first = async (soql: string, field: string): Promise<string> => {
    for await (const row of query(rest, soql)) return String(row[field] ?? '');
    return '';
  };
  const orgName = await first('SELECT Name FROM Organization', 'Name');
  // The id comes from Salesforce: letters and digits only.
  const username = await first(`SELECT Username FROM User WHERE Id = '${userId.replace(/\W/g, '')}'`, 'Username');
  return { orgName, username };
}
