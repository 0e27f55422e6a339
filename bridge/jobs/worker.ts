// Works off one key: loads its changes, has the core decide, writes, and saves what came of it in one transaction. A record
// that a peer refuses is settled and told; only a peer that cannot be reached or must not be asked fails the job.
import { randomUUID } from 'node:crypto';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError, PeerError, policyOf, SHARE_USED } from '../model/fault.ts';
import type { Link } from '../model/link.ts';
import type { Outcome, Plan } from '../model/plan.ts';
import { said, type Report } from '../model/report.ts';
import {
  RecordClaimedError,
  StaleLinkError,
  type InboxEntry,
  type InboxRow,
  type Store,
  type Work,
} from '../store/store.ts';
import { canWait } from '../sync/budgetStatus.ts';
import { settle } from '../sync/settle.ts';
import { peerOf } from '../sync/writes/writes.ts';
import { execute, type Peers } from './execute.ts';
import { planFor } from './planner.ts';

/** Changes of one key that are decided together; more wait for the next turn, so that one key holds nobody up. */
const ROWS_PER_TURN = 200;
/** A refused field is dropped and the rest tried again; each round drops at least one. */
const WRITE_ROUNDS = 30;

/** While what can wait waits, it must not hide what cannot: so many turns' rows are looked through. */
const DEFERRED_TURNS = 10;

/** A failure of the program that comes back this often does not go away by itself. */
const POISON_ATTEMPTS = 10;

export interface WorkerOptions extends Peers {
  store: Store;
  connection: string;
  config: () => SyncConfig;
  /** Keys that got rows while a link was saved. */
  wake: (keys: string[]) => void;
  /** Whether what can wait is to wait, because Salesforce's calls run short. */
  defers?: () => boolean;
  /** Hears of every finished turn: for metrics and logs. */
  onTurn?: (turn: Turn) => void;
}

export interface Turn {
  rows: readonly InboxRow[];
  reports: readonly Report[];
  outcomes: readonly Outcome[];
}

export function createWorker(options: WorkerOptions): (key: string) => Promise<'idle' | 'more' | 'later'> {
  const { store, connection } = options;

  return async (key) => {
    const defers = options.defers?.() ?? false;
    const limit = defers ? ROWS_PER_TURN * DEFERRED_TURNS : ROWS_PER_TURN;
    const loaded = await store.load(connection, key, limit);
    if (loaded.rows.length === 0) return 'idle';
    const work = defers ? { ...loaded, rows: loaded.rows.filter(({ change }) => !canWait(change)) } : loaded;
    const isPartly = work.rows.length < loaded.rows.length;
    if (work.rows.length === 0) return 'later';
    const done = work.rows.map((row) => row.seq);
    const begun = { writing: false };
    try {
      const result = await decideAndWrite(work, options, begun);
      const seqsOf = (events: readonly string[]): number[] =>
        work.rows.filter((row) => events.includes(row.change.eventId)).map((row) => row.seq);
      const later = seqsOf(result.postponed);
      const elsewhere = Map.groupBy(result.elsewhere, (one) => one.key);
      const moved = seqsOf(result.elsewhere.map(({ eventId }) => eventId));
      const finished = done.filter((seq) => !later.includes(seq) && !moved.includes(seq));
      const failure = result.reports.find(({ outcome }) => outcome === 'Failed' || outcome === 'Refused')?.code;
      const settlement = {
        key,
        done: finished,
        parked: [],
        ...(failure === undefined ? {} : { failure }),
        link: result.link,
        reports: result.reports,
        entries: readAgain(result),
      };
      const { keys } = await store.settle(connection, settlement);
      options.onTurn?.({ rows: work.rows, ...result });
      if (keys.length > 0) options.wake(keys);
      for (const [other, changes] of elsewhere) {
        await store.rekey(connection, seqsOf(changes.map(({ eventId }) => eventId)), other);
        options.wake([other]);
      }
      if (later.length > 0) {
        // Once: what was to be made first and was not, will not be made by waiting.
        await store.attempted(connection, later);
        return 'more';
      }
    } catch (error) {
      // Somebody else saved the link in between: what was written stands, and everything is decided anew.
      const isSpent = error instanceof PeerError && error.fault.code === SHARE_USED;
      if (!isSpent || begun.writing) await store.attempted(connection, done);
      if (isSpent) return 'later';
      if (error instanceof StaleLinkError && error.key !== key) {
        // They are about a lead that has a link already: with that they are decided, not beside it.
        if ((await store.rekey(connection, done, error.key)) > 0) options.wake([error.key]);
      }
      if (error instanceof StaleLinkError) return 'more';
      if (error instanceof RecordClaimedError) return park(work, error, options);
      const isPoison = !(error instanceof PeerError) && work.rows.some((row) => row.attempts >= POISON_ATTEMPTS);
      if (isPoison) return park(work, poison(work.key, error), options);
      throw error;
    }
    if (loaded.rows.length === limit) return 'more';
    return isPartly ? 'later' : 'idle';
  };
}

/** Records that the link has come to: what was told of them before it was saved went by, so that they are read once more. */
function readAgain({ link, readAgain: records }: Result): InboxEntry[] {
  if (!link) return [];
  const at = link.moved?.at ?? 0;
  return records.map(({ object, id }) => {
    const eventId = `moved:${id}:${at}`;
    const change = {
      source: 'salesforce',
      eventId,
      at,
      object,
      recordId: id,
      kind: 'gap',
      fields: {},
      user: '',
      origin: '',
    } as const;
    return { source: 'salesforce', eventId, recordId: id, leadId: link.leadId, change };
  });
}

function poison(key: string, cause: unknown): BridgeError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new BridgeError(explain('POISON', { key, message }), { cause });
}

/** What cannot succeed is kept with its reason, told, and stands in nobody's way: two leads that claim one record, a poison. */
async function park(work: Work, error: BridgeError, { store, connection, onTurn }: WorkerOptions): Promise<'idle'> {
  const why = said(error.explanation);
  const report: Report = {
    occurredAt: Math.max(...work.rows.map((row) => row.change.at)),
    direction: 'ToSalesforce',
    event: 'LeadLinked',
    outcome: 'Failed',
    ...why,
    sellfireLeadId: error instanceof RecordClaimedError ? error.leadId : (work.link?.leadId ?? null),
    salesforceObject: work.link?.record?.object ?? null,
    salesforceRecordId: error instanceof RecordClaimedError ? error.recordId : (work.link?.record?.id ?? null),
    changes: [],
  };
  const parked = work.rows.map(({ seq }) => ({ seq, ...why }));
  await store.settle(connection, { key: work.key, done: [], parked, link: work.link, reports: [report] });
  onTurn?.({ rows: work.rows, reports: [report], outcomes: [] });
  return 'idle';
}

interface Result {
  link: Link | undefined;
  reports: Report[];
  outcomes: Outcome[];
  postponed: readonly string[];
  elsewhere: Plan['rerouted'];
  readAgain: Plan['reread'];
}

/** @param begun tells whether anything may have been written when it throws */
async function decideAndWrite(work: Work, options: WorkerOptions, begun: { writing: boolean }): Promise<Result> {
  const config = options.config();
  const maybeApplied = work.rows.some((row) => row.attempts > 0);
  const changes = work.rows.map((row) => row.change);
  const plan = await planFor({ key: work.key, changes, link: work.link, maybeApplied }, config, options);
  const at = Math.max(...work.rows.map((row) => row.change.at));
  const attempt = randomUUID();
  const result: Result = {
    link: plan.link,
    reports: [...plan.reports],
    outcomes: [],
    postponed: plan.deferred,
    elsewhere: plan.rerouted,
    readAgain: [...plan.reread],
  };
  let { writes } = plan;
  for (let round = 0; writes.length > 0; round += 1) {
    if (round === WRITE_ROUNDS) throw new Error(`The writes of ${work.key} came to no end: ${JSON.stringify(writes)}`);
    const wrote = begun.writing;
    begun.writing = true;
    const outcomes = await execute(writes, config, options, attempt);
    // A call that was not made for want of calls has done nothing.
    begun.writing = wrote || outcomes.some((one) => one.ok || one.fault.code !== SHARE_USED);
    for (const outcome of outcomes) {
      if (outcome.ok) continue;
      // What a later attempt may cure fails the job instead of the record.
      if (policyOf(outcome.fault).isRetried) throw new PeerError(outcome.peer ?? peerOf(outcome.write), outcome.fault);
      // What became of the record – converted, merged, deleted – is looked up before anything is concluded from it.
      if (outcome.fault.class === 'gone' && !maybeApplied)
        throw new PeerError(outcome.peer ?? peerOf(outcome.write), { ...outcome.fault, class: 'retry' });
    }
    const settled = settle(config, result.link, outcomes, at);
    result.link = settled.link;
    result.reports.push(...settled.reports);
    result.readAgain.push(...settled.reread);
    result.outcomes.push(...outcomes);
    writes = settled.writes;
  }
  return result;
}
