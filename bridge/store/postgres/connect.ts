// How the bridge connects to PostgreSQL. Every connection carries the name of its process, so that others see whether it lives.
import type pg from 'pg';
import { types } from './session.ts';

const CONNECT_MS = 5_000;
/** A statement without an answer for so long has none to come: the connection is given up. */
const ANSWER_MS = 60_000;

const APPLICATION = 'sellfire-bridge';
/** The name of its connections. (The server cuts it at 63 bytes.) */
export const applicationOf = (process: string): string => `${APPLICATION} ${process}`.slice(0, 63);

/** What every connection of the bridge has in common. */
export const clientOptions = (url: string, process: string): pg.ClientConfig => ({
  connectionString: url,
  types,
  // A statement does not wait for the answer of the one before, where the caller does not.
  pipeline: true,
  keepAlive: true,
  connectionTimeoutMillis: CONNECT_MS,
  query_timeout: ANSWER_MS,
  application_name: applicationOf(process),
});
