// Joins the processes that share a database: this one leads where nobody does, and stands by otherwise.
import { createHmac, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { SharedStore } from '../store/shared.ts';
import { createCandidacy, type Candidacy, type CandidacyOptions } from './candidacy.ts';

/** The database keeps 63 bytes of a connection's name, and the name of the program comes first. */
const LONGEST_HOST = 28;

export interface JoinOptions extends Pick<CandidacyOptions, 'onLead' | 'onEnd'> {
  config: Config;
  databaseUrl: string;
  version: string;
  log: Logger;
}

export interface Processes {
  shared: SharedStore;
  /** What this process is and is configured with: only processes of one build hand each other turns. */
  build: string;
  candidacy: Candidacy;
}

/** Nobody is looked for before the candidacy is started. */
export async function joinProcesses({
  config,
  databaseUrl,
  version,
  log,
  ...callbacks
}: JoinOptions): Promise<Processes> {
  // Loaded only where it is used.
  const { openSharedPostgres } = await import('../store/postgres/shared.ts');
  const build = buildOf(config, version);
  const shared = openSharedPostgres({
    url: databaseUrl,
    process: nameOfProcess(),
    version,
    build,
    leaseMs: config.leaseMs,
    logger: log,
  });
  return { shared, build, candidacy: createCandidacy({ ...callbacks, shared, logger: log }) };
}

/** The version, and a fingerprint of what decides how a turn is run; nobody without the key can guess at what is in it. */
function buildOf(
  { salesforce, sellfire, mail, defaultCountry, concurrency, secretKey }: Config,
  version: string,
): string {
  const text = JSON.stringify({ salesforce, sellfire, mail, defaultCountry, concurrency });
  return `${version} ${createHmac('sha256', secretKey).update(text).digest('hex').slice(0, 16)}`;
}

/** Another one for each process, also of one machine, and readable in a list. */
const nameOfProcess = (): string =>
  `${hostname()
    .replace(/[^\w.-]/g, '')
    .slice(0, LONGEST_HOST)}-${process.pid}-${randomBytes(2).toString('hex')}`;
