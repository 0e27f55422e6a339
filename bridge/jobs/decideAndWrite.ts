// Decides what the changes of a turn make of both systems, reserves the records that the link takes, and writes until nothing is left.
import { invariant } from '../lib/invariant.ts';
import { randomId } from '../lib/randomId.ts';
import type { SyncConfig } from '../model/config.ts';
import { isShareUsed, PeerError, policyOf, SHARE_USED } from '../model/fault.ts';
import type { Link } from '../model/link.ts';
import type { Outcome, Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { StaleLinkError, type Work } from '../store/store.ts';
import { brokenByLink, brokenByPlan } from '../sync/invariants.ts';
import { settle } from '../sync/settle.ts';
import { claimsOf } from '../sync/writes/claims.ts';
import { peerOf } from '../sync/writes/writes.ts';
import { execute } from './execute.ts';
import { holdAgain, holdBack } from './heldRecords.ts';
import { planFor, type PlanInput } from './planner.ts';
import type { WorkerOptions, TurnTimes } from './turn.ts';

/** A refused field is left out and the rest is retried; each round leaves out at least one. */
const WRITE_ROUNDS = 30;

export interface Decided {
  times: Pick<TurnTimes, 'decidedAt' | 'writtenAt'>;
  link: Link | undefined;
  reports: Report[];
  outcomes: Outcome[];
  deferred: readonly string[];
  rerouted: Plan['rerouted'];
  reread: Plan['reread'];
}

/** Another turn is about to link the record. */
export class BusyRecordError extends Error {}

/**
 * Decides, and reserves the records that the link takes. One that another lead's link has is decided without.
 * @throws BusyRecordError; StaleLinkError: the link was saved since the turn loaded it
 */
async function planAndClaim(question: PlanInput, config: SyncConfig, options: WorkerOptions): Promise<Plan> {
  const { store, connection } = options;
  const taken = new Map<string, string>();
  for (;;) {
    const plan = await planFor({ ...question, taken }, config, options);
    const before = taken.size;
    for (const claim of claimsOf(plan, question.link)) {
      const revision = question.link?.revision ?? 0;
      const refusal = await store.claim(connection, { ...claim, key: question.key, revision });
      if (refusal && 'stale' in refusal) throw new StaleLinkError(claim.leadId ?? question.key);
      if (refusal && 'busy' in refusal) throw new BusyRecordError(`${claim.recordId} is about to be linked.`);
      if (refusal) taken.set(claim.recordId, refusal.holder);
    }
    if (taken.size === before) return plan;
  }
}

/** @param begun whether anything may have been written, also after an error */
export async function decideAndWrite(
  work: Work,
  config: SyncConfig,
  options: WorkerOptions,
  begun: { writing: boolean },
): Promise<Decided> {
  const maybeApplied = work.rows.some((row) => row.attempts > 0);
  const changes = work.rows.map((row) => row.change);
  const plan = await planAndClaim({ key: work.key, changes, link: work.link, maybeApplied }, config, options);
  const eventIds = changes.map(({ eventId }) => eventId);
  const at = Math.max(...work.rows.map((row) => row.change.at));
  // Short, so that the key has room for the edits.
  const id = randomId();
  const decidedAt = Date.now();
  const result: Decided = {
    times: { decidedAt, writtenAt: decidedAt },
    link: plan.link,
    reports: [...plan.reports],
    outcomes: [],
    deferred: plan.deferred,
    rerouted: plan.rerouted,
    reread: [...plan.reread],
  };
  let { writes } = plan;
  holdBack(writes, config);
  for (let round = 0; writes.length > 0; round += 1) {
    if (round === WRITE_ROUNDS) throw new Error(`The writes of ${work.key} came to no end: ${JSON.stringify(writes)}`);
    invariant(brokenByPlan({ ...plan, writes, link: result.link, eventIds }, work.link), options.onBroken);
    const wrote = begun.writing;
    begun.writing = true;
    const { outcomes, failures } = await execute(writes, config, options, { id, link: result.link });
    result.times.writtenAt = Date.now();
    if (failures.length === 0) holdAgain(outcomes, config);
    // A call that the budget refused has written nothing.
    begun.writing =
      wrote ||
      failures.some((one) => !isShareUsed(one)) ||
      outcomes.some((one) => one.ok || one.fault.code !== SHARE_USED);
    const failure = failures[0] ?? failureOf(outcomes, maybeApplied);
    if (failure instanceof PeerError) {
      const done = [...result.outcomes, ...outcomes];
      const rowsOf = (some: readonly Outcome[]): Report[] => settle(config, plan.link, some, at, maybeApplied).reports;
      const written = rowsOf(done.filter(isVerifiedLater)).filter(({ outcome }) => outcome === 'Success');
      const refused = outcomes.some(isGone)
        ? rowsOf(refusedIn(done, plan)).filter(({ outcome }) => outcome === 'Failed')
        : [];
      await keepRows([...written, ...refused], options);
    }
    if (failure) throw failure;
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

/** Why the turn fails instead of the record, and is made again. */
function failureOf(outcomes: readonly Outcome[], maybeApplied: boolean): PeerError | undefined {
  for (const outcome of outcomes) {
    if (outcome.ok) continue;
    const peer = outcome.peer ?? peerOf(outcome.write);
    if (policyOf(outcome.fault).isRetried) return new PeerError(peer, outcome.fault);
    // A retry looks up whether the record was converted, merged or deleted before it decides.
    if (outcome.fault.class === 'gone' && !maybeApplied)
      return new PeerError(peer, { ...outcome.fault, class: 'retry' });
  }
  return undefined;
}

/** What the next attempt finds done and does not do again, so that it has no row of it. */
const isVerifiedLater = ({ ok, write: { kind } }: Outcome): boolean =>
  ok && ['createInSellfire', 'createInSalesforce', 'updateInSellfire', 'updateInSalesforce', 'task'].includes(kind);

const isGone = (one: Outcome): boolean => !one.ok && one.fault.class === 'gone';

/**
 * What was refused in an attempt that fails because a record or its lead is gone: the next one may end the link, and asks for nothing again
 * (M32). Of a demo or a sale that was made it is what that lacks.
 */
function refusedIn(outcomes: readonly Outcome[], { writes }: Plan): Outcome[] {
  const planned = writes.flatMap((one) => (one.kind === 'saleTransaction' ? one.transaction.leftOut : []));
  return outcomes.flatMap((one): Outcome[] => {
    const { ok, write } = one;
    if (!ok) return isGone(one) || policyOf(one.fault).isRetried ? [] : [one];
    if (write.kind !== 'saleTransaction') return [];
    const leftOut = write.transaction.leftOut.filter((part) => !planned.includes(part));
    return [{ ...one, write: { ...write, transaction: { ...write.transaction, leftOut, heldUp: [] } } }];
  });
}

/** The rows of an attempt that fails (M31). */
async function keepRows(rows: readonly Report[], { store, connection }: WorkerOptions): Promise<void> {
  if (rows.length > 0) await store.addReports(connection, [...rows]);
}
