// Runs one turn of a key: loads its changes, lets the core decide, executes the writes, and saves the outcome in one transaction. A
// refused record is settled with a report row; a turn fails only when a peer is unreachable or must not be called.
import { eventIdOfMove } from '../model/change.ts';
import { explainFault } from '../model/catalogue/catalogue.ts';
import { BridgeError, isLeaseExpired, isShareUsed, isStoreFault, PeerError, policyOf } from '../model/fault.ts';
import { RecordClaimedError, StaleLinkError, type InboxEntry } from '../store/store.ts';
import { canWait } from '../sync/budgetStatus.ts';
import { HandBackError, type WorkerOptions, type TurnResult } from './turn.ts';
import { hold, HeldRecordError } from './heldRecords.ts';
import { poison, park } from './parking.ts';
import { createRowsInMemory, type Share } from './rowsInMemory.ts';
import { type Decided, BusyRecordError, decideAndWrite } from './decideAndWrite.ts';

/** Changes of one key in one turn; the others wait for the next turn, so that one key does not hold up the others. */
const ROWS_PER_TURN = 200;

/** While deferrable changes wait, they must not hide the others: the rows of this many turns are searched. */
const DEFERRED_TURNS = 10;

/** An error of the program that recurs this often is permanent. */
const POISON_ATTEMPTS = 10;

/** Nearly every turn finishes all its rows. */
const NONE: number[] = [];

export function createWorker(options: WorkerOptions): (key: string) => Promise<TurnResult> {
  const { store, connection } = options;
  const rowsInMemory = createRowsInMemory(ROWS_PER_TURN);

  return async (key) => {
    const asked = rowsInMemory.share();
    const share = asked instanceof Promise ? await asked : asked;
    try {
      return await turn(key, share);
    } finally {
      share.end();
    }
  };

  async function turn(key: string, share: Share): Promise<TurnResult> {
    const defers = options.defers?.() ?? false;
    const limit = defers ? ROWS_PER_TURN * DEFERRED_TURNS : ROWS_PER_TURN;
    const loaded = await store.load(connection, key, limit);
    share.loaded(loaded.rows.length);
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
      const later = result.deferred.length === 0 ? NONE : seqsOf(result.deferred);
      const reroutedByKey = Map.groupBy(result.rerouted, (one) => one.key);
      const moved = result.rerouted.length === 0 ? NONE : seqsOf(result.rerouted.map(({ eventId }) => eventId));
      const isAll = later.length + moved.length === 0;
      const finished = isAll ? done : done.filter((seq) => !later.includes(seq) && !moved.includes(seq));
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
        // A change is deferred once where its record was not created: it will not appear by waiting. Where the record is there, the next
        // turn repeats nothing.
        if (!result.link?.record) await store.attempted(connection, later);
        return 'more';
      }
    } catch (error) {
      if (error instanceof HeldRecordError) return hold(work, error, options);
      // After a stale link, the next turn decides everything again; what was written stays.
      const isPutOff = isShareUsed(error);
      const hasOnlyRead =
        isPutOff || isLeaseExpired(error) || error instanceof BusyRecordError || error instanceof StaleLinkError;
      if (!hasOnlyRead || begun.writing) await store.attempted(connection, done);
      if (isPutOff) return 'later';
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
      const isPoison =
        !(error instanceof PeerError || error instanceof HandBackError) &&
        !isStoreFault(error) &&
        work.rows.some((row) => row.attempts >= POISON_ATTEMPTS);
      if (isPoison) return park(work, poison(work.key, error), options);
      throw error;
    }
    if (loaded.rows.length === limit) return 'more';
    return isPartly ? 'later' : 'idle';
  }
}

/** Events that arrived earlier were keyed to the record, not the lead, so each record is read once after the link is saved. */
function rereadEntries({ link, reread: records }: Decided): InboxEntry[] {
  if (!link) return [];
  const at = link.moved?.at ?? 0;
  return records.map(({ object, id }) => {
    const eventId = eventIdOfMove(id, at);
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
