// Sends a request to the bridge from the command line: it creates a Sync_Request__c in the org, as the pages do, and prints its
// progress until it ends. The running bridge has locked the store, so the request goes through the org: no second interface needs
// protection. The sign-in needs the key of the configuration; only the running bridge may use a browser's refresh token.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { clientOf } from '../connection/org.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { PackageNames } from '../model/salesforce.ts';
import type { RequestType } from '../requests/request.ts';
import { query } from '../salesforce/api/query.ts';
import { createRest, type Rest } from '../salesforce/api/rest.ts';
import { findPackage, readObjects } from '../salesforce/org/schema.ts';
import { createSession, type Session } from '../salesforce/auth/session.ts';
import { identifier, text } from '../salesforce/api/soql.ts';

export interface Screen {
  /** Prints the result. */
  out(text: string): void;
  /** Prints the progress. */
  err(text: string): void;
  /** Whether `err` can overwrite its last line. */
  tty: boolean;
}

export interface SendRequestOptions {
  /** ms between two reads of the record. Each read costs one API call. */
  pollMs?: number;
  /** ms after which the command gives up on a request that no bridge has started. */
  patienceMs?: number;
}

/** The first interval is a second. It grows for a long request, so that a day of waiting costs 17,000 API calls. */
const POLL_MS = 1_000;
const LONGEST_POLL_MS = 5_000;
/** A running bridge starts a request within a second or two, or within a minute where it receives no events. */
const PATIENCE_MS = 60_000;
const HINT_MS = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const stateSchema = z.object({
  Status__c: z.string(),
  Total__c: z.number().nullable(),
  Done__c: z.number().nullable(),
  Failed__c: z.number().nullable(),
  Result__c: z.string().nullable(),
});
export type RequestState = z.infer<typeof stateSchema>;

/** @returns whether the request ended as Done. @throws BridgeError JWT_MISSING, BRIDGE_AWAY, PeerError */
export async function sendRequest(
  config: Config,
  request: { type: RequestType; parameters: object },
  screen: Screen,
  options: SendRequestOptions = {},
): Promise<boolean> {
  const rest = createRest({ session: sessionOf(config), apiVersion: config.salesforce.apiVersion });
  try {
    const names = findPackage(await readObjects(rest));
    const id = await create(rest, names, request);
    return await follow(rest, names, id, screen, options);
  } finally {
    await rest.close();
  }
}

/** @throws BridgeError JWT_MISSING */
export function sessionOf(config: Config): Session {
  const { jwt } = config.salesforce;
  if (jwt)
    return createSession({ ...clientOf(config), grant: { kind: 'jwt', privateKey: jwt.key, username: jwt.username } });
  throw new BridgeError(explain('JWT_MISSING.request'));
}

async function create(
  rest: Rest,
  { prefix }: PackageNames,
  { type, parameters }: { type: RequestType; parameters: object },
): Promise<string> {
  const { id } = await rest.call({
    method: 'POST',
    path: `/sobjects/${identifier(`${prefix}Sync_Request__c`)}`,
    body: { [`${prefix}Type__c`]: type, [`${prefix}Parameters__c`]: JSON.stringify(parameters) },
    schema: z.object({ id: z.string() }),
  });
  return id;
}

async function readState(rest: Rest, { prefix }: PackageNames, id: string): Promise<RequestState> {
  const columns = Object.keys(stateSchema.shape).map((name) => identifier(prefix + name));
  const soql = `SELECT ${columns.join(', ')} FROM ${identifier(`${prefix}Sync_Request__c`)} WHERE Id = ${text(id)}`;
  for await (const row of query(rest, soql))
    return stateSchema.parse(
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.slice(prefix.length), value])),
    );
  throw new BridgeError(explain('REQUEST_GONE'));
}

async function follow(
  rest: Rest,
  names: PackageNames,
  id: string,
  screen: Screen,
  { pollMs = POLL_MS, patienceMs = PATIENCE_MS }: SendRequestOptions,
): Promise<boolean> {
  const line = progressLine(screen);
  let stopping: Promise<void> | undefined;
  const onSignal = (): void => {
    if (stopping) {
      screen.err('\nThe request goes on in the bridge; its record in the org shows how.\n');
      process.exit(1);
    }
    line.note('Stopping. Once more leaves it to itself.');
    stopping = stop(rest, names, id).catch((error: unknown) => line.note(`It could not be stopped: ${String(error)}`));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const begun = performance.now();
    let hinted = false;
    for (let pause = pollMs; ; pause = Math.min(pause * 1.05, Math.max(pollMs, LONGEST_POLL_MS))) {
      const state = await readState(rest, names, id);
      if (['Done', 'Stopped', 'Failed'].includes(state.Status__c)) {
        line.end(state);
        screen.out(`${state.Result__c ?? state.Status__c}\n`);
        return state.Status__c === 'Done';
      }
      const waited = performance.now() - begun;
      if (state.Status__c === 'Requested' && waited > patienceMs) throw away(id, patienceMs);
      if (state.Status__c === 'Requested' && waited > Math.min(HINT_MS, patienceMs / 2) && !hinted) {
        hinted = true;
        line.note('No bridge has taken it up yet. Does it run (npm start)?');
      }
      line.show(state);
      await sleep(pause);
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    await stopping;
  }
}

async function stop(rest: Rest, { prefix }: PackageNames, id: string): Promise<void> {
  await rest.call({
    method: 'PATCH',
    path: `/sobjects/${identifier(`${prefix}Sync_Request__c`)}/${id}`,
    body: { [`${prefix}Stop_Requested__c`]: true },
    schema: z.unknown(),
    idempotent: true,
  });
}

function away(id: string, ms: number): BridgeError {
  return new BridgeError(explain('BRIDGE_AWAY', { id, seconds: Math.round(ms / 1000) }));
}

const BAR = 24;

/** `[######······] 45 %, 1,234 of 2,700, 3 failed` */
export function wordsFor({
  Status__c: status,
  Total__c: total,
  Done__c: done,
  Failed__c: failed,
}: RequestState): string {
  const number = (count: number): string => count.toLocaleString('en-US');
  const failures = failed ? `, ${number(failed)} failed` : '';
  if (!total) return `${status}${done ? `: ${number(done)}${failures}` : ''}`;
  const share = Math.min(1, (done ?? 0) / total);
  const full = Math.floor(share * BAR);
  const bar = `[${'#'.repeat(full)}${'·'.repeat(BAR - full)}]`;
  return `${status} ${bar} ${Math.floor(share * 100)} %, ${number(done ?? 0)} of ${number(total)}${failures}`;
}

interface ProgressLine {
  show(state: RequestState): void;
  /** Prints on a separate line. */
  note(words: string): void;
  end(state: RequestState): void;
}

/** Overwrites one line on a terminal; elsewhere it prints one line per tenth of the progress. */
function progressLine({ err, tty }: Screen): ProgressLine {
  let last = '';
  const clear = (): void => {
    if (tty) err('\r\x1b[K');
  };
  return {
    show(state) {
      const words = wordsFor(state);
      const { Status__c: status, Total__c: total, Done__c: done } = state;
      const step = tty ? words : `${status} ${total ? Math.floor(((done ?? 0) / total) * 10) : ''}`;
      if (step === last) return;
      last = step;
      clear();
      err(tty ? words : `${words}\n`);
    },
    note(words) {
      clear();
      err(`${words}\n`);
      last = '';
    },
    end(state) {
      clear();
      err(`${wordsFor(state)}\n`);
    },
  };
}
