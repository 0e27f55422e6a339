// Carries out a request that asks something for many leads: each becomes a row of the inbox, together with the place that the
// counting out has reached, so that a crash loses and doubles none. The workers do the rest, beside everything else.
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

/** What is asked, and for whom. At least one of lead and record is given. */
export interface QueuedCommand {
  /** Unique in the request; letters and digits. */
  key: string;
  leadId: string | null;
  record: CommandChange['record'];
  command: Command;
}

export interface Page {
  commands: QueuedCommand[];
  /** Where to go on behind this page. */
  next: string;
}

/** Rows of a request that wait at once: enough that no worker is idle, few enough that other work is never far behind. */
const WAITING_MOST = 1_000;
/** How often it is looked whether they are done. */
const LOOK_MS = 250;
/** Saved in place of a page's end when all were counted out. */
const ALL = 'all';

/**
 * @param pages from behind the given place, or from the beginning
 * @param total how many there will be, where that is known beforehand
 * @returns when all are done, or what is under way is done after a stop
 */
export async function enqueueAll(
  run: Run,
  context: RequestContext,
  pages: (after: string | undefined) => AsyncIterable<Page>,
  total?: number,
): Promise<{ total: number; done: number; failed: number }> {
  const { connection, store, wake } = context;
  const { request, signal } = run;
  const tell = async (): Promise<{ pending: number; done: number; failed: number }> => {
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
      for (let { pending } = await tell(); pending > WAITING_MOST && !signal.aborted; { pending } = await tell())
        await sleep(LOOK_MS);
    }
    if (!signal.aborted) await run.save(ALL);
  }
  for (;;) {
    const { pending, done, failed } = await store.requestProgress(connection, request.id);
    const all = pending + done;
    run.reportProgress({ total: Math.max(signal.aborted ? (total ?? 0) : 0, all), done, failed });
    if (pending === 0 || signal.aborted) return { total: all, done, failed };
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Has pairs linked that show each other's ids, beside what the request does: the core decides about each. */
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

function changeOf({ id, at }: SyncRequest, { key, leadId, record, command }: QueuedCommand): CommandChange {
  return { source: 'request', eventId: `${id}:${key}`, at, leadId, record, command };
}

/** What would be done, by the very decision that would do it; nothing is written. @throws PeerError */
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
