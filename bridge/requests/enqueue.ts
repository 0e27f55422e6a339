// Enqueues a request's command for many leads: each becomes a row of the inbox. A page of rows and its place are stored
// in one transaction, so that a crash neither loses nor duplicates a row. The workers handle the rows beside other
// work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../model/command.ts';
import type { CommandChange } from '../model/change.ts';
import type { Link } from '../model/link.ts';
import type { Plan } from '../model/plan.ts';
import type { PersonObject } from '../model/salesforce.ts';
import { planFor } from '../jobs/planner.ts';
import type { InboxEntry } from '../store/store.ts';
import { checkpointCursor } from './checkpoint.ts';
import type { RequestContext, Run, SyncRequest } from './request.ts';

/** A command and its target. At least one of lead and record is given. */
export interface QueuedCommand {
  /** Unique in the request; letters and digits. */
  key: string;
  leadId: string | null;
  record: CommandChange['record'];
  command: Command;
}

export interface Page {
  commands: QueuedCommand[];
  /** The place from which the next page continues. */
  next: string;
}

/** The most pending rows of a request: enough that no worker is idle, few enough that other work does not wait long. */
const MAX_PENDING = 1_000;
/** How often the progress is read, in ms. */
const PROGRESS_MS = 250;
/** The checkpoint after the last page. */
const ALL = 'all';

/**
 * @param pages the pages after the given place, or from the start
 * @param total the number of targets, where it is known beforehand
 * @returns when all rows are done, or when the rows in progress are done after a stop
 */
export async function enqueueAll(
  run: Run,
  context: RequestContext,
  pages: (after: string | undefined) => AsyncIterable<Page>,
  total?: number,
): Promise<{ total: number; done: number; failed: number }> {
  const { connection, store, wake } = context;
  const { request, signal } = run;
  const reportProgress = async (): Promise<{ pending: number; done: number; failed: number }> => {
    const progress = await store.requestProgress(connection, request.id);
    const known = Math.max(total ?? 0, progress.pending + progress.done);
    run.reportProgress({ ...(total === undefined && run.checkpoint !== ALL ? {} : { total: known }), ...progress });
    return progress;
  };
  if (run.checkpoint !== ALL) {
    for await (const { commands, next } of pages(run.checkpoint)) {
      if (signal.aborted) break;
      const entries = commands.map((one) => entryOf(request, one));
      const { keys } = await store.append(connection, entries, checkpointCursor(request, next));
      wake(keys);
      for (
        let { pending } = await reportProgress();
        pending > MAX_PENDING && !signal.aborted;
        { pending } = await reportProgress()
      )
        await sleep(PROGRESS_MS);
    }
    if (!signal.aborted) await run.save(ALL);
  }
  for (;;) {
    const { pending, done, failed } = await store.requestProgress(connection, request.id);
    const all = pending + done;
    run.reportProgress({ total: Math.max(signal.aborted ? (total ?? 0) : 0, all), done, failed });
    if (pending === 0 || signal.aborted) return { total: all, done, failed };
    await sleep(PROGRESS_MS, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Enqueues the rows while no work is done, so that all of them are there before the first is decided. `enqueueAll` with the run
 * that is returned waits for them.
 */
export async function enqueueFirst(
  run: Run,
  { connection, store }: RequestContext,
  pages: (after: string | undefined) => AsyncIterable<Page>,
): Promise<Run> {
  if (run.checkpoint === ALL) return run;
  let total = 0;
  for await (const { commands, next } of pages(run.checkpoint)) {
    run.signal.throwIfAborted();
    const entries = commands.map((one) => entryOf(run.request, one));
    await store.append(connection, entries, checkpointCursor(run.request, next));
    total += commands.length;
    run.reportProgress({ total, done: 0, failed: 0 });
  }
  await run.save(ALL);
  return { ...run, checkpoint: ALL };
}

/**
 * Enqueues the link of pairs whose ids refer to each other, in addition to the request's own work; the core decides
 * about each.
 */
export async function relink(
  { request }: Run,
  { connection, store, wake }: RequestContext,
  object: PersonObject,
  pairs: readonly { leadId: string; recordId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  const entries = pairs.map(({ leadId, recordId }) =>
    entryOf(request, { key: leadId, leadId, record: { object, id: recordId }, command: { kind: 'link' } }),
  );
  wake((await store.append(connection, entries)).keys);
}

function entryOf(request: SyncRequest, queued: QueuedCommand): InboxEntry {
  const change = changeOf(request, queued);
  const recordId = queued.record?.id ?? '';
  return { source: 'request', eventId: change.eventId, recordId, leadId: queued.leadId, change };
}

export function changeOf({ id, at }: SyncRequest, { key, leadId, record, command }: QueuedCommand): CommandChange {
  return { source: 'request', eventId: `${id}:${key}`, at, leadId, record, command };
}

/**
 * The plan of the same decision that would execute the command; nothing is written.
 * @throws PeerError
 */
export async function preview(
  request: SyncRequest,
  queued: QueuedCommand,
  link: Link | undefined,
  { config, peers }: RequestContext,
): Promise<Plan> {
  const changes = [changeOf(request, queued)];
  const key = queued.leadId ?? queued.record?.id ?? queued.key;
  return planFor({ key, changes, link, maybeApplied: false }, config(), peers);
}
