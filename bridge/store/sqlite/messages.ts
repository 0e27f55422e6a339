// The messages between the store's thread and the thread that uses it. What is large in them is text already: the engine copies a text
// between threads in a tenth of the time of the objects in it. Errors are serialized, and restored with their class.
import { BridgeError } from '../../model/fault.ts';
import type { Dialect } from '../dialect.ts';
import { RecordClaimedError, StaleLinkError } from '../store.ts';
import type { Method } from './calls.ts';

export interface Call<M extends Method = Method> {
  id: number;
  method: M;
  args: Parameters<Dialect[M]>;
}
/** Calls of one turn of the event loop share a message: a message costs more than its content. */
export type Request = Call[] | 'close';

export type Answer = { id: number; ok: true; value: unknown } | { id: number; ok: false; failure: Failure };
export type Response =
  | {
      kind: 'open';
      migrations: string[];
      /** The last row that an earlier process has written. */
      lastSeq: number;
    }
  | { kind: 'refused'; failure: Failure }
  | { kind: 'answers'; answers: Answer[] };

export type Failure =
  | { kind: 'stale'; key: string }
  | { kind: 'claimed'; recordId: string; leadId: string; holder: string }
  | { kind: 'bridge'; code: string; message: string; action: string; cause: string }
  | { kind: 'other'; message: string; stack: string };

export function toFailure(error: unknown): Failure {
  if (error instanceof StaleLinkError) return { kind: 'stale', key: error.key };
  if (error instanceof RecordClaimedError) {
    const { recordId, leadId, holder } = error;
    return { kind: 'claimed', recordId, leadId, holder };
  }
  if (error instanceof BridgeError) {
    const { code, message, action, cause } = error;
    return { kind: 'bridge', code, message, action, cause: cause === undefined ? '' : String(cause) };
  }
  return error instanceof Error
    ? { kind: 'other', message: error.message, stack: error.stack ?? '' }
    : { kind: 'other', message: String(error), stack: '' };
}

export function toError(failure: Failure): Error {
  switch (failure.kind) {
    case 'stale':
      return new StaleLinkError(failure.key);
    case 'claimed':
      return new RecordClaimedError(failure.recordId, failure.leadId, failure.holder);
    case 'bridge':
      return new BridgeError(
        { code: failure.code, sentence: failure.message, action: failure.action },
        failure.cause === '' ? undefined : { cause: failure.cause },
      );
    case 'other':
      return new Error(`The store failed: ${failure.message}`, { cause: failure.stack });
  }
}
