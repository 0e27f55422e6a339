// The configuration of one connection: the variables that somebody gives for it, sealed for it alone, and the environment in which
// its process runs. A secret of one connection, or of the deployment, is in no environment of another one.
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { invalid, readConfig, type Config } from '../config.ts';
import { collect } from '../config/environment.ts';
import { variables } from '../config/variables.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { open, seal } from '../store/secret.ts';
import { SET_BY_DEPLOYMENT, type Deployment } from './deployment.ts';
import { pathOf, type Entry } from './entry.ts';

export type Variables = Readonly<Record<string, string>>;

export interface Own {
  own: Variables;
  /** Names that were given and mean nothing here. */
  leftOut: string[];
}

/**
 * Reads what somebody gives for a connection: the text of an environment file. Secrets are read from the files that it names, and those
 * that only the bridge has to know are made where they are missing.
 * @param before what the connection had, which keeps those
 * @throws BridgeError CONFIG_INVALID
 */
export function readOwn(text: string, before: Variables = {}): Own {
  const problems: string[] = [];
  const given = collect(parseEnv(text) as Record<string, string>, problems);
  if (problems.length > 0) throw invalid(problems);
  const isOwn = (name: string): boolean => name in variables.shape && !SET_BY_DEPLOYMENT.includes(name);
  const isRead = (name: string): boolean =>
    name.endsWith('_FILE') && given[name.slice(0, -'_FILE'.length)] !== undefined;
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => isOwn(name)));
  return {
    own: {
      SECRET_KEY: before['SECRET_KEY'] ?? randomBytes(32).toString('base64'),
      SELLFIRE_WEBHOOK_SECRET: before['SELLFIRE_WEBHOOK_SECRET'] ?? randomBytes(32).toString('hex'),
      ...own,
    },
    leftOut: Object.keys(given).filter((name) => !isOwn(name) && !isRead(name)),
  };
}

/** For one connection: sealed, it opens for no other, and for none of the same name that comes later. */
const boundTo = ({ name, route }: Pick<Entry, 'name' | 'route'>): string => `connection ${name} ${route}`;

export const sealOwn = (deployment: Deployment, entry: Entry, own: Variables): string =>
  seal(deployment.secretKey.export(), JSON.stringify(own), boundTo(entry));

/** @returns the variables, and whether the former key sealed them. @throws BridgeError CONNECTION_SEALED */
export function openOwn(
  { secretKey, oldSecretKey }: Pick<Deployment, 'secretKey' | 'oldSecretKey'>,
  entry: Pick<Entry, 'name' | 'route'>,
  sealed: string,
): { own: Variables; isOld: boolean } {
  for (const key of [secretKey, oldSecretKey]) {
    if (key === undefined) continue;
    try {
      return { own: JSON.parse(open(key.export(), sealed, boundTo(entry))) as Variables, isOld: key === oldSecretKey };
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
    }
  }
  throw new BridgeError(explain('CONNECTION_SEALED', { name: entry.name }));
}

/** Whose requests the process of a connection believes: the deployment is on its machine. */
const LOOPBACK = '127.0.0.1';

/**
 * The environment of the process of a connection, as of a bridge of its own.
 * @param publicUrl of the deployment
 */
export function environmentOf(
  deployment: Deployment,
  publicUrl: string,
  entry: Pick<Entry, 'name' | 'route' | 'place'>,
  own: Variables,
): Record<string, string> {
  return {
    ...deployment.common,
    ...storeOf(deployment, entry.place, own),
    ...own,
    CONNECTION_NAME: entry.name,
    CONNECTION_ROUTE: entry.route,
    HOST: LOOPBACK,
    PORT: '0',
    PROBE_PORT: '0',
    TRUSTED_PROXIES: [LOOPBACK, ...deployment.trustedProxies].join(','),
    PUBLIC_URL: `${publicUrl}${pathOf(entry)}`,
  };
}

/** A connection that brings the store of a bridge of its own keeps it. */
function storeOf({ dataDir, databaseUrl }: Deployment, place: string, own: Variables): Record<string, string> {
  if (own['DATABASE_URL'] !== undefined || own['DATA_DIR'] !== undefined) return {};
  if (databaseUrl === undefined) return { DATA_DIR: join(dataDir, 'connections', place) };
  const url = new URL(databaseUrl);
  // The last one counts.
  const options = [url.searchParams.get('options') ?? [], `-c search_path=${place}`].flat();
  url.searchParams.set('options', options.join(' '));
  return { DATABASE_URL: url.href };
}

/** @throws BridgeError CONFIG_INVALID */
export const configOf = (
  deployment: Deployment,
  publicUrl: string,
  entry: Pick<Entry, 'name' | 'route' | 'place'>,
  own: Variables,
): Config => readConfig(environmentOf(deployment, publicUrl, entry, own));

/** What two connections with the same Sellfire account have in common. An API key cannot be found from it. */
export const accountOf = ({ sellfire }: Pick<Config, 'sellfire'>): string =>
  createHash('sha256').update(`${sellfire.url}\n${sellfire.apiKey}`).digest('hex');
