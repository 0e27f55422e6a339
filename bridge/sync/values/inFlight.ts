// Writes of the bridge whose own change event has not arrived (F29). They distinguish the late event of an overwritten write from a value
// that an automation of the system set in the transaction of a later write: only the first carries a value that is in flight.
import type { Canonical, InFlight, Replica } from '../../model/link.ts';
import { sameValue } from './canonical.ts';

/** More writes of one field than this have not been seen to overtake their events. */
const MOST = 8;

/** In place of a revision: the record may have held the value, as at a connection, so the event of the write need not name the field. */
export const NEEDS_NO_EVENT = Number.MAX_SAFE_INTEGER;

/** A write was made. Writes of one revision are one write of the record. */
export function withWrite(replica: Replica, write: InFlight): Replica {
  const before = replica.inFlight ?? [];
  const last = before.at(-1);
  // A write of the value that stands there changes nothing and has no event.
  const isAgain = last !== undefined && sameValue(last.value, write.value);
  // After an attempt of unknown outcome, somebody may have changed it in between.
  const kept = isAgain && !last.afterRetry && !write.afterRetry ? before.slice(0, -1) : before;
  return { ...replica, inFlight: [...kept, write].slice(-MOST) };
}

export function isInFlight(replica: Replica, value: Canonical): boolean {
  return (replica.inFlight ?? []).some((write) => sameValue(write.value, value));
}

/** Whether the event of a write of the value must still come. */
export function isAwaited(replica: Replica, value: Canonical): boolean {
  return revisionOf(replica, value) !== undefined;
}

/** Whether own events may show what an unrecorded attempt wrote, until that of the write after it arrives. */
export function followsRetry(replica: Replica): boolean {
  return (replica.inFlight ?? []).some((write) => write.afterRetry);
}

/**
 * The event of a write arrived. Events arrive in the order of the commits, so no earlier write is in flight any more. An event whose value
 * was not written is that of the oldest write at least: an automation of the system set the value.
 */
export function withoutArrived(replica: Replica, value: Canonical): Replica {
  const writes = replica.inFlight ?? [];
  const at = writes.findIndex((write) => sameValue(write.value, value));
  const oldest = writes.findIndex((write) => write.revision < NEEDS_NO_EVENT);
  return writes.length === 0 ? replica : { ...replica, inFlight: writes.slice(Math.max(at < 0 ? oldest : at, 0) + 1) };
}

/** Whether the oldest write in flight is one of this value, so that the next own event is that of this write, or of a later one. */
export function isNextInFlight({ inFlight: [first] = [] }: Replica, value: Canonical): boolean {
  return first !== undefined && sameValue(first.value, value);
}

/** Whether the last write in flight is one of this value, so that no other write of the bridge has followed it. */
export function isLastInFlight({ inFlight }: Replica, value: Canonical): boolean {
  const last = inFlight?.at(-1);
  return last !== undefined && sameValue(last.value, value);
}

/** The revision of the write that carries the value, undefined where none does. */
export function revisionOf(replica: Replica, value: Canonical): number | undefined {
  return replica.inFlight?.find((write) => sameValue(write.value, value) && write.revision < NEEDS_NO_EVENT)?.revision;
}

/** Whether the first write of the value need not have an event that names it: that of a later one may be still to come. */
export function isUncounted(replica: Replica, value: Canonical): boolean {
  return replica.inFlight?.find((write) => sameValue(write.value, value))?.revision === NEEDS_NO_EVENT;
}

/** A write of an earlier attempt of this turn, whose outcome was not recorded: later than those of the turns before, and none of this turn's. */
export const ofEarlierAttempt = (write: InFlight): InFlight => ({ ...write, revision: write.revision - 0.5 });

/** No write up to that revision is in flight. */
export function withoutUpTo(replica: Replica, revision: number): Replica {
  if (!replica.inFlight) return replica;
  return { ...replica, inFlight: replica.inFlight.filter((write) => write.revision > revision) };
}
