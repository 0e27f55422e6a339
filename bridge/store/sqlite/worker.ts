// The thread that owns the file. While one transaction is written to the disk the next calls gather, and then share one.
import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { startIdleCollection } from '../../lib/idleCollection.ts';
import { calls, READS } from './calls.ts';
import { commitTogether, type Outcome } from './commit.ts';
import { Database } from './database.ts';
import { allAttempted, lastSeq } from './inbox.ts';
import { toFailure, type Answer, type Call, type Request, type Response } from './messages.ts';
import { migrate } from './migrations.ts';

if (!parentPort) throw new Error('This file is a worker thread of the store.');
const port = parentPort;
const say = (response: Response): void => port.postMessage(response);

function perform(db: Database, { method, args }: Call): unknown {
  // The arguments of a call belong to its method; the pair lost that on its way through the port.
  const run = calls[method] as (db: Database, ...args: unknown[]) => unknown;
  return run(db, ...args);
}

function answer({ id }: Call, outcome: Outcome | undefined): Answer {
  if (outcome?.ok) return { id, ok: true, value: outcome.value };
  return { id, ok: false, failure: toFailure(outcome?.error) };
}

function serve(db: Database): void {
  let waiting: Call[] = [];
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const outcomes = commitTogether(
      db,
      batch.map((call) => ({ run: () => perform(db, call), isRead: READS.has(call.method) })),
    );
    say({ kind: 'answers', answers: batch.map((call, i) => answer(call, outcomes[i])) });
  };
  port.on('message', (request: Request) => {
    if (request === 'close') {
      flush();
      db.close();
      port.close();
      return;
    }
    // Everything that is in the port by now is read before this runs.
    if (waiting.length === 0) setImmediate(flush);
    waiting.push(...request);
  });
}

try {
  const db = new Database((workerData as { file: string }).file);
  try {
    const migrations = await migrate(db);
    allAttempted(db);
    serve(db);
    // It ends with the thread.
    startIdleCollection();
    say({ kind: 'open', migrations, lastSeq: lastSeq(db) });
    // As in the main thread: of a process that is killed, the next one has what was compiled.
    flushCompileCache();
  } catch (error) {
    db.close();
    throw error;
  }
} catch (error) {
  say({ kind: 'refused', failure: toFailure(error) });
  port.close();
}
