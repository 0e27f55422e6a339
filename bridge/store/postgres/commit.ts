// Group commit: waiting calls share one transaction, and so one write to the disk. A failed call does not affect the others, and no
// call resolves before the transaction is committed.
import type { Fence } from './fence.ts';
import { beginFenced } from './lease.ts';
import { recordsOf } from './links.ts';
import type { Session } from './session.ts';
import { settlePlain, type Settling } from './settleTogether.ts';

export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

export interface Call {
  run: (db: Session) => Promise<unknown>;
  /** The end of a turn, which may be saved together with those beside it; where it is not, the call runs. */
  settles?: Settling | undefined;
}

/**
 * Runs the calls in order. @returns their outcomes. @throws what the transaction itself fails with: BridgeError STORE_TAKEN_OVER where
 * the process may not write
 */
export async function commitTogether(
  db: Session,
  fence: Fence,
  calls: readonly Call[],
  beforeCommit: (db: Session) => Promise<unknown> = async () => undefined,
): Promise<Outcome[]> {
  const begun = beginFenced(db, fence, 'SAVEPOINT one');
  const [first = [], ...others] = inGroups(calls);
  // Its one statement goes the same way: where the process may not write, it is rolled back with what began the transaction. Nothing else
  // may be sent before that is answered, since it would come behind the rollback.
  const plain = settleGroup(db, first);
  plain.catch(() => undefined);
  await begun;
  const saved: Promise<unknown>[] = [];
  const outcomes = await runGroup(db, first, plain, saved);
  for (const group of others) outcomes.push(...(await runGroup(db, group, settleGroup(db, group), saved)));
  await Promise.all(saved);
  await beforeCommit(db);
  await db.script('COMMIT');
  return outcomes;
}

type Saved = Awaited<ReturnType<typeof settlePlain>>;

async function runGroup(
  db: Session,
  group: readonly Call[],
  settling: Promise<Saved>,
  saved: Promise<unknown>[],
): Promise<Outcome[]> {
  let plain: Saved;
  try {
    plain = await settling;
    if (plain.size > 0) save(db, saved);
  } catch {
    // Which one it was, and why, each alone says.
    await db.script('ROLLBACK TO one');
    plain = new Map();
  }
  const outcomes: Outcome[] = [];
  for (const [place, { run }] of group.entries()) {
    const value = plain.get(place);
    outcomes.push(value ? { ok: true, value } : await attempt(db, run, saved));
  }
  return outcomes;
}

async function settleGroup(db: Session, group: readonly Call[]): Promise<Saved> {
  return settlePlain(
    db,
    group.flatMap(({ settles }) => settles ?? []),
  );
}

/** Each begins and ends at a savepoint. */
async function attempt(db: Session, run: Call['run'], saved: Promise<unknown>[]): Promise<Outcome> {
  try {
    const value = await run(db);
    save(db, saved);
    return { ok: true, value };
  } catch (error) {
    // Where the connection is lost this throws, and the transaction ends with it.
    await db.script('ROLLBACK TO one');
    return { ok: false, error };
  }
}

/** It is not waited for before the commit: what comes behind it on the connection is done after it. */
function save(db: Session, saved: Promise<unknown>[]): void {
  const moved = db.script('RELEASE one; SAVEPOINT one');
  moved.catch(() => undefined);
  saved.push(moved);
}

/** Ends of turns that lie beside each other, of one connection that have neither a key nor a record in common; every other call is a group of its own. */
function inGroups(calls: readonly Call[]): Call[][] {
  const groups: Call[][] = [];
  let connection: string | undefined;
  let names = new Set<string>();
  for (const call of calls) {
    const own = call.settles ? namesOf(call.settles) : [];
    const group = groups.at(-1);
    const joins = call.settles !== undefined && call.settles.connection === connection;
    if (group && joins && !own.some((name) => names.has(name))) group.push(call);
    else {
      groups.push([call]);
      names = new Set();
    }
    for (const name of own) names.add(name);
    connection = call.settles?.connection;
  }
  return groups;
}

/** The key and the lead, and the records whose rows move to a new link. */
const namesOf = ({ settlement: { key, link } }: Settling): string[] =>
  link ? [key, link.leadId, ...(link.revision === 0 ? recordsOf(link).map(({ id }) => id) : [])] : [key];
