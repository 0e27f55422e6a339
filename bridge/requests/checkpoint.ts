// Stores the progress of a request beside the cursors of the two systems: the place that a run has reached, and in the
// end its outcome, which is published again until the org has received it.
import { z } from 'zod';
import type { Cursor, Store } from '../store/store.ts';
import type { State } from './progress.ts';
import type { SyncRequest } from './request.ts';

const stateSchema = z.object({
  status: z.enum(['Stopped', 'Done', 'Failed']),
  total: z.number().optional(),
  done: z.number(),
  failed: z.number(),
  result: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
const checkpointSchema = z.union([z.object({ reached: z.string() }), z.object({ outcome: stateSchema })]);
export type Checkpoint = z.infer<typeof checkpointSchema>;

const nameOf = (requestId: string): string => `request:${requestId}`;

/** For `append`, so that rows and place are stored in one transaction. */
export function checkpointCursor({ id, at }: SyncRequest, reached: string): Cursor {
  return { name: nameOf(id), value: JSON.stringify({ reached } satisfies Checkpoint), at };
}

export async function readCheckpoint(
  store: Pick<Store, 'cursor'>,
  connection: string,
  requestId: string,
): Promise<Checkpoint | undefined> {
  const cursor = await store.cursor(connection, nameOf(requestId));
  return cursor && checkpointSchema.parse(JSON.parse(cursor.value));
}

export async function saveOutcome(
  store: Pick<Store, 'append'>,
  connection: string,
  { id, at }: SyncRequest,
  outcome: State,
): Promise<void> {
  const value = JSON.stringify({ outcome: stateSchema.parse(outcome) } satisfies Checkpoint);
  await store.append(connection, [], { name: nameOf(id), value, at });
}
