// Runs one turn of a key: loads its changes, lets the core decide, executes the writes, and saves the outcome in one transaction. A
// refused record is settled with a report row; a turn fails only when a peer is unreachable or must not be called.
import { randomUUID } from 'node:crypto';
import { invariant } from '../lib/invariant.ts';
import type { Change, CommandChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain, explainFault } from '../model/catalogue/catalogue.ts';
import { BridgeError, PeerError, policyOf, SHARE_USED, type Fault } from '../model/fault.ts';
import type { Broken } from '../model/invariant.ts';
import type { Link } from '../model/link.ts';
import type { Outcome, Plan } from '../model/plan.ts';
import { objectOf } from '../model/recordId.ts';
import { causeOf, said, type Report } from '../model/report.ts';
import {
  RecordClaimedError,
  StaleLinkError,
  type InboxEntry,
  type InboxRow,
  type Store,
  type Work,
} from '../store/store.ts';
import { canWait } from '../sync/budgetStatus.ts';
import { brokenByLink, brokenByPlan } from '../sync/invariants.ts';
import { settle } from '../sync/settle.ts';
import { claimsOf } from '../sync/writes/claims.ts';
import { peerOf } from '../sync/writes/writes.ts';
import { execute, type Peers } from './execute.ts';
import { planFor, type PlanInput } from './planner.ts';

/** Changes of one key in one turn; the others wait for the next turn, so that one key does not hold up the others. */
const ROWS_PER_TURN = 200;
/** A refused field is left out and the rest is retried; each round leaves out at least one. */
const WRITE_ROUNDS = 30;

/** While deferrable changes wait, they must not hide the others: the rows of this many turns are searched. */
const DEFERRED_TURNS = 10;

/** An error of the program that recurs this often is permanent. */
const POISON_ATTEMPTS = 10;

export interface WorkerOptions extends Peers {
  store: Store;
  connection: string;
  config: () => SyncConfig;
  /** Called with the keys that received rows when a link was saved. */
  wake: (keys: string[]) => void;
  /** Whether deferrable work waits, because Salesforce's API calls run short. */
  defers?: () => boolean;
  /**
   * Reads the configuration again where a fault says that it is out of date.
   * @returns whether another one is in use now
   */
  reread?: (fault: Fault, used: SyncConfig) => Promise<boolean>;
  /** Called with each statement that the core relies on and that does not hold. */
  onBroken?: (broken: Broken) => void;
  /** Called after every turn, for metrics and logs. */
  onTurn?: (turn: Turn) => void;
}

/** ms since the epoch. */
export interface TurnTimes {
  begunAt: number;
  /** The core has decided, with what it looked up. */
  decidedAt: number;
  /** The last write has its answer; `decidedAt` where nothing was written. */
  writtenAt: number;
  savedAt: number;
}

export interface Turn {
  key: string;
  link: Link | undefined;
  times: TurnTimes;
  rows: readonly InboxRow[];
  reports: readonly Report[];
  outcomes: readonly Outcome[];
}

/** `busy`: another turn is about to link a record that this one needs · `later`: the rest is deferrable. */
type TurnResult = 'idle' | 'more' | 'later' | 'busy';

export function createWorker(options: WorkerOptions): (key: string) => Promise<TurnResult> {
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
    const begunAt = Date.now();
    const config = options.config();
    try {
      const result = await decideAndWrite(work, config, options, begun);
      const seqsOf = (events: readonly string[]): number[] =>
        work.rows.filter((row) => events.includes(row.change.eventId)).map((row) => row.seq);
      const later = seqsOf(result.deferred);
      const reroutedByKey = Map.groupBy(result.rerouted, (one) => one.key);
      const moved = seqsOf(result.rerouted.map(({ eventId }) => eventId));
      const finished = done.filter((seq) => !later.includes(seq) && !moved.includes(seq));
      const failure = result.reports.find(({ outcome }) => outcome === 'Failed' || outcome === 'Refused')?.code;
      const settlement = {
        key,
        done: finished,
        parked: [],
        ...(failure === undefined ? {} : { failure }),
        link: result.link,
        reports: result.reports,
        entries: rereadEntries(result),
      };
      const { keys } = await store.settle(connection, settlement);
      const times = { begunAt, ...result.times, savedAt: Date.now() };
      options.onTurn?.({ key, rows: work.rows, ...result, times });
      if (keys.length > 0) options.wake(keys);
      for (const [other, changes] of reroutedByKey) {
        await store.rekey(connection, seqsOf(changes.map(({ eventId }) => eventId)), other);
        options.wake([other]);
      }
      if (later.length > 0) {
        // A change is deferred once: a record that was not created before it will not appear by waiting.
        await store.attempted(connection, later);
        return 'more';
      }
    } catch (error) {
      // After a stale link, the next turn decides everything again; what was written stays.
      const isSpent = error instanceof PeerError && error.fault.code === SHARE_USED;
      const hasOnlyRead = isSpent || error instanceof BusyRecordError;
      if (!hasOnlyRead || begun.writing) await store.attempted(connection, done);
      if (isSpent) return 'later';
      if (error instanceof StaleLinkError && error.key !== key) {
        // The rows belong to a lead that is linked by now: they move to its key.
        if ((await store.rekey(connection, done, error.key)) > 0) options.wake([error.key]);
      }
      if (error instanceof StaleLinkError) return 'more';
      if (error instanceof BusyRecordError) return 'busy';
      if (error instanceof RecordClaimedError) return park(work, error, options);
      // The org's fields or rights have changed: it is decided again with what they are now.
      if (error instanceof PeerError && error.peer === 'salesforce' && (await options.reread?.(error.fault, config)))
        return 'more';
      // Outcomes of writes are settled, so it is a look-up that is refused for good: what depends on it waits for people.
      if (error instanceof PeerError && !policyOf(error.fault).isRetried)
        return park(work, new BridgeError(explainFault(error.fault), { cause: error }), options);
      const isPoison = !(error instanceof PeerError) && work.rows.some((row) => row.attempts >= POISON_ATTEMPTS);
      if (isPoison) return park(work, poison(work.key, error), options);
      throw error;
    }
    if (loaded.rows.length === limit) return 'more';
    return isPartly ? 'later' : 'idle';
  };
}

/** Events that arrived earlier were keyed to the record, not the lead, so each record is read once after the link is saved. */
function rereadEntries({ link, reread: records }: Result): InboxEntry[] {
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

/** Sets rows aside that cannot succeed, with a report row, so that they do not block others: two leads claim one record, or an error of the program recurs. */
async function park(work: Work, error: BridgeError, { store, connection, onTurn }: WorkerOptions): Promise<'idle'> {
  const { explanation } = error;
  const changes = work.rows.map((row) => row.change);
  const [leadId, record] = subjectOf(changes);
  const claimed = error instanceof RecordClaimedError ? error : undefined;
  const named = claimed
    ? { object: objectOf(claimed.recordId) ?? null, id: claimed.recordId }
    : (work.link?.record ?? record);
  const report: Report = {
    occurredAt: Math.max(...changes.map(({ at }) => at)),
    direction: changes.every(({ source }) => source === 'salesforce') ? 'ToSellfire' : 'ToSalesforce',
    event: 'LeadLinked',
    outcome: 'Failed',
    ...said(explanation),
    sellfireLeadId: claimed?.leadId ?? work.link?.leadId ?? leadId,
    salesforceObject: named?.object ?? null,
    salesforceRecordId: named?.id ?? null,
    changes: [],
  };
  const parked = work.rows.map(({ seq }) => ({ seq, ...causeOf(explanation) }));
  await store.settle(connection, { key: work.key, done: [], parked, link: work.link, reports: [report] });
  const savedAt = Date.now();
  const times = { begunAt: savedAt, decidedAt: savedAt, writtenAt: savedAt, savedAt };
  onTurn?.({ key: work.key, link: work.link, times, rows: work.rows, reports: [report], outcomes: [] });
  return 'idle';
}

/** The lead and the record that changes are about by themselves: without a link, a report has no other name for them. */
function subjectOf(changes: readonly Change[]): [leadId: string | null, record: CommandChange['record']] {
  let leadId: string | null = null;
  let record: CommandChange['record'] = null;
  for (const change of changes) {
    if (change.source === 'sellfire') leadId ??= change.event.lead_id;
    else if (change.source === 'salesforce') record ??= { object: change.object, id: change.recordId };
    else [leadId, record] = [leadId ?? change.leadId, record ?? change.record];
  }
  return [leadId, record];
}

interface Result {
  times: Pick<TurnTimes, 'decidedAt' | 'writtenAt'>;
  link: Link | undefined;
  reports: Report[];
  outcomes: Outcome[];
  deferred: readonly string[];
  rerouted: Plan['rerouted'];
  reread: Plan['reread'];
}

/** Another turn is about to link the record. */
class BusyRecordError extends Error {}

/**
 * Decides, and reserves the records that the link takes. One that another lead's link has is decided without.
 * @throws BusyRecordError
 */
async function planAndClaim(question: PlanInput, config: SyncConfig, options: WorkerOptions): Promise<Plan> {
  const { store, connection } = options;
  const taken = new Map<string, string>();
  for (;;) {
    const plan = await planFor({ ...question, taken }, config, options);
    const before = taken.size;
    for (const claim of claimsOf(plan, question.link)) {
      const refusal = await store.claim(connection, { ...claim, key: question.key });
      if (refusal && 'busy' in refusal) throw new BusyRecordError(`${claim.recordId} is about to be linked.`);
      if (refusal) taken.set(claim.recordId, refusal.holder);
    }
    if (taken.size === before) return plan;
  }
}

/** @param begun whether anything may have been written, also after an error */
async function decideAndWrite(
  work: Work,
  config: SyncConfig,
  options: WorkerOptions,
  begun: { writing: boolean },
): Promise<Result> {
  const maybeApplied = work.rows.some((row) => row.attempts > 0);
  const changes = work.rows.map((row) => row.change);
  const plan = await planAndClaim({ key: work.key, changes, link: work.link, maybeApplied }, config, options);
  const eventIds = changes.map(({ eventId }) => eventId);
  const at = Math.max(...work.rows.map((row) => row.change.at));
  const attempt = randomUUID();
  const decidedAt = Date.now();
  const result: Result = {
    times: { decidedAt, writtenAt: decidedAt },
    link: plan.link,
    reports: [...plan.reports],
    outcomes: [],
    deferred: plan.deferred,
    rerouted: plan.rerouted,
    reread: [...plan.reread],
  };
  let { writes } = plan;
  for (let round = 0; writes.length > 0; round += 1) {
    if (round === WRITE_ROUNDS) throw new Error(`The writes of ${work.key} came to no end: ${JSON.stringify(writes)}`);
    invariant(brokenByPlan({ ...plan, writes, link: result.link, eventIds }, work.link), options.onBroken);
    const wrote = begun.writing;
    begun.writing = true;
    const outcomes = await execute(writes, config, options, attempt);
    result.times.writtenAt = Date.now();
    // A call that the budget refused has written nothing.
    begun.writing = wrote || outcomes.some((one) => one.ok || one.fault.code !== SHARE_USED);
    for (const outcome of outcomes) {
      if (outcome.ok) continue;
      // A transient fault fails the turn instead of the record.
      if (policyOf(outcome.fault).isRetried) throw new PeerError(outcome.peer ?? peerOf(outcome.write), outcome.fault);
      // A retry looks up whether the record was converted, merged or deleted before it decides.
      if (outcome.fault.class === 'gone' && !maybeApplied)
        throw new PeerError(outcome.peer ?? peerOf(outcome.write), { ...outcome.fault, class: 'retry' });
    }
    const settled = settle(config, result.link, outcomes, at, maybeApplied);
    result.link = settled.link;
    result.reports.push(...settled.reports);
    result.reread.push(...settled.reread);
    result.outcomes.push(...outcomes);
    writes = settled.writes;
  }
  invariant(brokenByLink(result.link), options.onBroken);
  return result;
}
