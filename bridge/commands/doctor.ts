// Checks everything that the bridge needs, one by one, and says for each failed check what to do. It changes nothing and never uses
// a refresh token: Salesforce rotates refresh tokens, and only the running bridge has the valid one.
import { mkdirSync } from 'node:fs';
import type { Config } from '../config.ts';
import { clientOf } from '../connection/org.ts';
import type { Check } from '../http/health.ts';
import { createLog } from '../log.ts';
import { explain, explainFault } from '../model/catalogue/catalogue.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { BridgeError, PeerError } from '../model/fault.ts';
import { readConfiguration } from '../salesforce/org/configurationRecords.ts';
import { readLimits } from '../salesforce/api/limits.ts';
import { openChannel } from '../salesforce/pubsub/channel.ts';
import { createRest, type Rest } from '../salesforce/api/rest.ts';
import { findPackage, readObjects } from '../salesforce/org/schema.ts';
import { createSession, type Session } from '../salesforce/auth/session.ts';
import { packageTopics } from '../salesforce/org/topics.ts';
import { createSellfire } from '../sellfire/client.ts';
import { openStore } from '../store/open.ts';
import { permissionsOf } from '../connection/connect.ts';

export async function doctor(config: Config): Promise<Check[]> {
  const checks: Check[] = [
    await check('store', () => checkStore(config)),
    await check('sellfire', () => checkSellfire(config)),
  ];
  const { jwt } = config.salesforce;
  if (!jwt) {
    checks.push({
      name: 'salesforce',
      ok: true,
      detail: 'Connected in a browser: see /health/ready of the running bridge.',
    });
    return checks;
  }
  const session = createSession({
    ...clientOf(config),
    grant: { kind: 'jwt', privateKey: jwt.key, username: jwt.username },
  });
  const signedIn = await check(
    'salesforce sign-in',
    async () => `${(await session.token()).instanceUrl} as ${jwt.username}`,
  );
  checks.push(signedIn);
  if (!signedIn.ok) return checks;
  const rest = createRest({ session, apiVersion: config.salesforce.apiVersion });
  try {
    const permissions = await permissionsOf(rest).catch((error: unknown) => [
      { name: 'salesforce package', ok: false, detail: wordsFor(error) },
    ]);
    checks.push(...permissions.map(({ name, ok, detail }) => ({ name, ok, detail: detail ?? '' })));
    checks.push(await check('salesforce allocations', () => checkLimits(rest)));
    checks.push(await check('salesforce events', () => checkTopics(config, session, rest)));
    checks.push(await check('mappings', () => checkMappings(rest)));
  } finally {
    await rest.close();
  }
  return checks;
}

async function checkStore(config: Config): Promise<string> {
  if (config.databaseUrl === undefined) mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    const store = await openStore(config);
    const connections = await store.connections();
    await store.close();
    return connections.length === 0
      ? 'No org is connected yet.'
      : `Connected: ${connections.map(({ id }) => id).join(', ')}`;
  } catch (error) {
    if (error instanceof BridgeError && error.code === 'STORE_IN_USE') return 'In use by the running bridge.';
    throw error;
  }
}

async function checkSellfire(config: Config): Promise<string> {
  const { url, apiKey } = config.sellfire;
  const sellfire = createSellfire({ url, apiKey, logger: createLog({ level: 'silent' }) });
  try {
    const { name } = await sellfire.account();
    return `Account ${name}`;
  } finally {
    await sellfire.close();
  }
}

/** With a smaller share of the daily API calls left, the bridge may soon pause. */
const LOW = 0.1;

async function checkLimits(rest: Rest): Promise<string> {
  const { apiCalls, deliveredEvents } = await readLimits(rest);
  const calls = `${apiCalls.used} of ${apiCalls.allowed} API calls used today`;
  if (apiCalls.allowed - apiCalls.used < apiCalls.allowed * LOW) {
    throw new BridgeError(explain('API_CALLS_LOW', apiCalls));
  }
  return deliveredEvents ? `${calls}; ${deliveredEvents.used} of ${deliveredEvents.allowed} events delivered` : calls;
}

async function checkTopics(config: Config, session: Session, rest: Rest): Promise<string> {
  const { address, ca } = config.salesforce.pubsub;
  const topics = Object.values(packageTopics(findPackage(await readObjects(rest))));
  const channel = await openChannel({ address, session, ...(ca === undefined ? {} : { ca }) });
  try {
    for (const topic of topics) await channel.topic(topic);
    return `${topics.length} topics at ${address}`;
  } finally {
    channel.close();
  }
}

async function checkMappings(rest: Rest): Promise<string> {
  const { mappings, problems } = await readConfiguration(rest, findPackage(await readObjects(rest)));
  const [first] = problems;
  if (first) throw new BridgeError(explain('MAPPING_UNREADABLE', { mapping: first.name, why: first.reason }));
  return `${mappings.length} field mappings`;
}

async function check(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    return { name, ok: false, detail: wordsFor(error) };
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof BridgeError) return `${error.message} ${error.action} (${error.code})`;
  if (error instanceof PeerError) return `${inWords(explainFault(error.fault))} (${error.fault.code})`;
  return error instanceof Error ? error.message : String(error);
}
