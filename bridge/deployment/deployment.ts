// The configuration of a deployment of many connections: where it listens, where it keeps them, what seals them, and the variables
// that all of them have in common.
import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { invalid } from '../config.ts';
import { collect, type Environment } from '../config/environment.ts';
import { variables } from '../config/variables.ts';
import type { LogLevel } from '../log.ts';

export interface Deployment {
  host: string;
  port: number;
  probePort: number;
  connectionsPerAddress: number;
  trustedProxies: readonly string[];
  /** Without a trailing slash. Absent: the address that it listens on. */
  publicUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  /** The PostgreSQL that keeps the connections and their stores; undefined: they are in files below `dataDir`. */
  databaseUrl: string | undefined;
  /** ms: a process that was not seen for so long is gone. */
  leaseMs: number;
  /** Seals the configurations of the connections. */
  secretKey: KeyObject;
  oldSecretKey: KeyObject | undefined;
  logLevel: LogLevel;
  shutdownSeconds: number;
  /** MiB: the heap of the process of a connection. */
  connectionMemory: number;
  /** Variables that a connection has unless its own configuration says otherwise. */
  common: Readonly<Record<string, string>>;
}

/** Variables of the deployment itself. */
const own = variables.pick({
  HOST: true,
  PORT: true,
  PROBE_PORT: true,
  CONNECTIONS_PER_ADDRESS: true,
  TRUSTED_PROXIES: true,
  PUBLIC_URL: true,
  DATA_DIR: true,
  DATABASE_URL: true,
  LEASE_SECONDS: true,
  SECRET_KEY: true,
  SECRET_KEY_OLD: true,
  LOG_LEVEL: true,
  SHUTDOWN_SECONDS: true,
  CONNECTION_MEMORY_MB: true,
});

/** Where a connection listens and what its neighbours need: the deployment sets these for each of them. */
export const SET_BY_DEPLOYMENT = [
  'HOST',
  'PORT',
  'PROBE_PORT',
  'TRUSTED_PROXIES',
  'PUBLIC_URL',
  'CONNECTION_NAME',
  'CONNECTION_ROUTE',
  'CONNECTION_MEMORY_MB',
];
/** What a connection never has in common with another one, or with the deployment. */
const NEVER_COMMON = [...SET_BY_DEPLOYMENT, 'DATA_DIR', 'DATABASE_URL', 'SECRET_KEY', 'SECRET_KEY_OLD'];

/** @throws BridgeError CONFIG_INVALID */
export function readDeployment(env: Environment): Deployment {
  const problems: string[] = [];
  const given = collect(env, problems);
  const parsed = own.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${String(path[0])} ${message}`);
  if (problems.length > 0 || !parsed.success) throw invalid(problems);
  const { data } = parsed;
  const common = Object.keys(variables.shape).filter(
    (name) => given[name] !== undefined && !NEVER_COMMON.includes(name),
  );
  return {
    host: data.HOST,
    port: data.PORT,
    probePort: data.PROBE_PORT,
    connectionsPerAddress: data.CONNECTIONS_PER_ADDRESS,
    trustedProxies: data.TRUSTED_PROXIES,
    publicUrl: data.PUBLIC_URL,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    leaseMs: data.LEASE_SECONDS * 1000,
    secretKey: data.SECRET_KEY,
    oldSecretKey: data.SECRET_KEY_OLD,
    logLevel: data.LOG_LEVEL,
    shutdownSeconds: data.SHUTDOWN_SECONDS,
    connectionMemory: data.CONNECTION_MEMORY_MB,
    common: Object.fromEntries(common.map((name) => [name, given[name] ?? ''])),
  };
}
