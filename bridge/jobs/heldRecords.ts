// Keeps records of Salesforce waiting while creation of leads in Sellfire pauses (B23): each waits as a change that reads the record
// anew, so that its lead is created as the record is then, with every edit of the meantime.
import type { SalesforceChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Explanation } from '../model/catalogue/entry.ts';
import type { Outcome, Write } from '../model/plan.ts';
import { causeOf } from '../model/report.ts';
import type { FollowedObject } from '../model/salesforce.ts';
import type { InboxEntry, Work } from '../store/store.ts';
import { creationPause, leadsPausedBy } from '../sync/link/creationPause.ts';
import { wordsOf } from '../sync/link/creationRefusals.ts';
import type { TurnResult, WorkerOptions } from './turn.ts';

type Creation = Extract<Write, { kind: 'createInSellfire' }>;

/** The lead of a record cannot be created at present; nothing was written. */
export class HeldRecordError extends Error {
  readonly why: Explanation;
  readonly creation: Creation;
  /** Of an attempt that was refused with the known words. */
  readonly outcomes: readonly Outcome[];

  constructor(why: Explanation, creation: Creation, outcomes: readonly Outcome[] = []) {
    super(why.sentence);
    this.why = why;
    this.creation = creation;
    this.outcomes = outcomes;
  }
}

const isCreation = (write: Write): write is Creation => write.kind === 'createInSellfire';

/** @throws HeldRecordError where a lead would be created while that pauses */
export function holdBack(writes: readonly Write[], config: SyncConfig): void {
  const creation = writes.find(isCreation);
  const why = creation && creationPause(config, 'Sellfire');
  if (why) throw new HeldRecordError(why, creation);
}

/** @throws HeldRecordError where a lead has tried in vain whether creation goes again */
export function holdAgain(outcomes: readonly Outcome[], config: SyncConfig): void {
  const paused = config.creationRefusals?.Sellfire;
  for (const outcome of outcomes)
    if (!outcome.ok && isCreation(outcome.write) && paused?.words === wordsOf(outcome.fault))
      throw new HeldRecordError(leadsPausedBy(paused.why), outcome.write, outcomes);
}

const PREFIX = 'held:';

/** @param at ms: the time of its report rows. @param number tells it from an earlier wait of the record */
export function heldEntry(object: FollowedObject, recordId: string, at: number, number: number): InboxEntry {
  const eventId = `${PREFIX}${recordId}:${number}`;
  const change: SalesforceChange = {
    ...{ source: 'salesforce', eventId, at, object, recordId, fields: {}, user: '', origin: '' },
    // It counts as new, also where its phone was entered later.
    ...{ kind: 'gap', undeleted: true },
  };
  return { source: 'salesforce', eventId, recordId, leadId: null, change };
}

/** Puts the work of a turn aside until creation goes on. */
export async function hold(
  work: Work,
  { why, creation, outcomes }: HeldRecordError,
  { store, connection, onTurn, wake }: WorkerOptions,
): Promise<TurnResult> {
  const { key, link, rows } = work;
  const waiting = rows.filter(({ change }) => change.eventId.startsWith(PREFIX));
  const done = rows.filter((row) => !waiting.includes(row)).map(({ seq }) => seq);
  const at = Math.max(...rows.map(({ change }) => change.at));
  const parked = waiting.map(({ seq }) => ({ seq, ...causeOf(why) }));
  const entries = waiting.length > 0 ? [] : [heldEntry(creation.object, creation.recordId, at, Math.max(...done))];
  // Before its changes are done with: in between, the record waits twice.
  const { keys } = await store.append(connection, entries);
  await store.settle(connection, { key, done, parked, link, reports: [], failure: why.code });
  const savedAt = Date.now();
  const times = { begunAt: savedAt, decidedAt: savedAt, writtenAt: savedAt, savedAt };
  onTurn?.({ key, link, times, rows, reports: [], outcomes });
  if (keys.length > 0) wake(keys);
  return 'idle';
}
