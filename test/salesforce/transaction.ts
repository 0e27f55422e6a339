// One transaction over the records: all that its work does is kept together or undone together, and what a failing
// record did is undone alone. Listeners get one change per record, in commit order, and only of what was committed.
import { randomUUID } from 'node:crypto';
import {
  PlatformError,
  type Automation,
  type Commit,
  type PublishedEvent,
  type RecordChange,
  type Transaction,
} from './model.ts';
import { convertLead } from './leadConversion.ts';
import { mergeRecords } from './recordMerge.ts';
import type { Records } from './records.ts';
import type { RowLocks } from './rowLocks.ts';
import type { SaveSession } from './saveSession.ts';
import type { Assigns } from './assignmentRules.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';
import { instant } from './values.ts';

export interface TransactionContext {
  /** Id of the user in whose name the work is done. */
  user: string;
  /** The change origin that events show; '' for what does not come over an API. */
  origin: string;
  /** Records that an alerting duplicate rule finds are saved all the same (Sforce-Duplicate-Rule-Header). */
  allowDuplicates?: boolean;
  /** The assignment rule that chooses the owners of what is saved (Sforce-Auto-Assign). */
  assigns?: Assigns;
}

export interface TransactionParts {
  schema: Schema;
  tables: Tables;
  records: Records;
  automation: Automation;
  locks: Pick<RowLocks, 'take'>;
  clock(): number;
  mayAudit(user: string): boolean;
}

export interface TransactionOutcome<T> {
  /** The work's result, or what it threw: nothing of it is in the database then. */
  result: { value: T } | { error: unknown };
  /** Events that leave whatever became of the transaction, then the transaction itself if it did something. */
  commits: Commit[];
}

/** Saves that set off saves: the platform stops at 16 and rolls the record back. */
const MAXIMUM_DEPTH = 16;

export function runTransaction<T>(
  parts: TransactionParts,
  context: TransactionContext,
  work: (transaction: Transaction) => T,
): TransactionOutcome<T> {
  const { schema, tables, records, automation } = parts;
  const at = parts.clock();
  const journal: RecordChange[] = [];
  const afterCommit: PublishedEvent[] = [];
  const immediate: PublishedEvent[] = [];
  let depth = 0;

  const session: SaveSession = {
    user: context.user,
    now: instant(at),
    get allowDuplicates() {
      return context.allowDuplicates === true;
    },
    get assigns() {
      return context.assigns ?? false;
    },
    mayAudit: () => parts.mayAudit(context.user),
    saved(change) {
      parts.locks.take(change);
      journal.push(change);
      automation.afterSave(transaction, change);
    },
    deleting: (object, row) => automation.beforeDelete(transaction, object, row),
  };

  /** Runs one record's work in a savepoint, so that its failure undoes what it and its automation did, and no more. */
  function guarded<R>(object: string, record: () => R): R {
    if (depth >= MAXIMUM_DEPTH) {
      throw new PlatformError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `${object}: maximum trigger depth exceeded`);
    }
    const name = `save${depth}`;
    const marks = [journal.length, afterCommit.length] as const;
    tables.prepare(`SAVEPOINT ${name}`).run();
    depth += 1;
    try {
      const result = record();
      tables.prepare(`RELEASE ${name}`).run();
      return result;
    } catch (error) {
      tables.prepare(`ROLLBACK TO ${name}`).run();
      tables.prepare(`RELEASE ${name}`).run();
      journal.length = marks[0];
      afterCommit.length = marks[1];
      throw error;
    } finally {
      depth -= 1;
    }
  }

  const transaction: Transaction = {
    user: context.user,
    origin: context.origin,
    create: (object, fields) => guarded(object, () => records.create(session, object, fields)),
    update: (object, id, fields) => guarded(object, () => records.update(session, object, id, fields)),
    remove: (object, id) => guarded(object, () => records.remove(session, object, id)),
    undelete: (object, id) => guarded(object, () => records.undelete(session, object, id)),
    erase: (object, id) => guarded(object, () => records.erase(object, id)),
    merge: (object, master, losers, fields) =>
      guarded(object, () => mergeRecords(parts, session, object, master, losers, fields)),
    convertLead: (request) => guarded('Lead', () => convertLead(parts, session, request)),
    get: (object, id) => records.get(object, id),
    find: (object, where, limit = 1_000_000) => records.find(object, where, limit),
    publish(name, fields) {
      const object = schema.object(name);
      if (object.kind !== 'platformEvent') {
        throw new PlatformError('INVALID_TYPE', `sObject type '${name}' is not a platform event.`);
      }
      const message = records.message(object, fields);
      const uuid = randomUUID();
      Object.assign(message, { EventUuid: uuid, CreatedDate: session.now, CreatedById: context.user });
      const queue = object.publishBehavior === 'PublishAfterCommit' ? afterCommit : immediate;
      queue.push({ object: object.name, fields: message });
      return uuid;
    },
  };

  const commit = (changes: RecordChange[], events: PublishedEvent[]): Commit[] =>
    changes.length + events.length === 0
      ? []
      : [{ transactionKey: randomUUID(), at, user: context.user, origin: context.origin, changes, events }];

  tables.prepare('BEGIN').run();
  try {
    const value = work(transaction);
    tables.prepare('COMMIT').run();
    const commits = [...commit([], immediate), ...commit(merge(journal), afterCommit)];
    return { result: { value }, commits };
  } catch (error) {
    tables.prepare('ROLLBACK').run();
    return { result: { error }, commits: commit([], immediate) };
  }
}

/** Several saves of one record become one change: the first type, the first state before, the last state after. */
function merge(journal: readonly RecordChange[]): RecordChange[] {
  if (journal.length < 2) return [...journal];
  const merged = new Map<string, RecordChange | undefined>();
  for (const change of journal) {
    const earlier = merged.get(change.id);
    merged.set(change.id, earlier ? combine(earlier, change) : change);
  }
  return [...merged.values()].filter((change) => change !== undefined);
}

function combine(earlier: RecordChange, later: RecordChange): RecordChange | undefined {
  if (later.type === 'DELETE') {
    // What was created and deleted in one transaction never was, for everyone outside.
    return earlier.type === 'CREATE' ? undefined : { ...later, before: earlier.before ?? earlier.after };
  }
  // Deleted and taken back in one transaction: for everyone outside nothing happened.
  if (earlier.type === 'DELETE') return undefined;
  const combined: RecordChange = { ...earlier, after: later.after };
  if (!later.unstamped) delete combined.unstamped;
  if (earlier.type === 'UPDATE') {
    const stamped = new Set(later.changed.filter((name) => later.before?.[name] === later.after[name]));
    combined.changed = Object.keys(later.after).filter(
      (name) => stamped.has(name) || later.after[name] !== earlier.before?.[name],
    );
  }
  return combined;
}

/** The automation of an org without flows. */
export const noAutomation: Automation = { afterSave: () => undefined, beforeDelete: (): void => undefined };
