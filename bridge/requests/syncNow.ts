// SyncNow: compares one record on both sides at once. What exists on one side only is created on the other.
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { say } from '../model/message.ts';
import { objectOf, readRecordId } from '../model/recordId.ts';
import type { FollowedObject } from '../model/salesforce.ts';
import { enqueueAll, type QueuedCommand, type Page } from './enqueue.ts';
import type { Handler, SyncRequest } from './request.ts';

export const syncNow: Handler = async (run, context) => {
  const record = recordOf(run.request);
  const queued: QueuedCommand = { key: record.id, leadId: null, record, command: { kind: 'compare', create: true } };
  // An Account that several leads share is compared with each of them.
  const { failed, done } = await enqueueAll(run, context, () => onePage([queued]));
  const { object } = record;
  if (failed > 0) return { messages: [say('notInStep', { object })] };
  return { messages: [say('syncedNow', { object, count: done }), say('inReports')] };
};

/** @throws BridgeError RECORD_MISSING */
function recordOf({ recordId }: SyncRequest): { object: FollowedObject; id: string } {
  const id = readRecordId(recordId ?? '');
  const object = id === null ? undefined : objectOf(id);
  if (id !== null && object) return { object, id };
  throw new BridgeError(explain('RECORD_MISSING'));
}

export async function* onePage(queued: QueuedCommand[]): AsyncGenerator<Page> {
  yield { commands: queued, next: 'end' };
}
