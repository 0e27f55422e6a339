// Writes of the bridge whose own change event has not arrived (F29). They distinguish the late event of an overwritten write from a value
// that an automation of the system set in the transaction of a later write: only the first carries a value that is in flight.
import type { Canonical, InFlight, Replica } from '../../model/link.ts';
import { sameValue } from './canonical.ts';

/**
 * Of one field. An own event is recognized by its write, so that one of a write that is no longer kept is taken for an edit. A field that
 * is written each second, whose events come a minute late, has fewer in flight.
 */
const MOST = 64;

/** In place of a revision: the record may have held the value, as at a connection, so the event of the write need not name the field. */
export const NEEDS_NO_EVENT = Number.MAX_SAFE_INTEGER;

/** A write was made. Writes of one revision are one write of the record. */
export function withWrite(replica: Replica, write: InFlight): Replica {
  const before = replica.inFlight ?? [];
  const last = before.at(-1);
  // A write of the value that stands there changes nothing and has no event.
  const isAgain =
    last !== undefined &&
    sameValue(last.value, write.value) &&
    (replica.lastKnown === undefined || sameValue(replica.lastKnown, write.value));
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

/** The replica was read since and holds another value: only the events of counted writes are to come, whatever attempts before them wrote. */
export function asRead(replica: Replica): Replica {
  const counted = (replica.inFlight ?? []).filter(({ revision }) => revision < NEEDS_NO_EVENT);
  return { ...replica, inFlight: counted.map(({ afterRetry: _, ...write }) => write) };
}

/** Whether own events may show what an unrecorded attempt wrote, until that of the write after it arrives. */
export function followsRetry(replica: Replica): boolean {
  return (replica.inFlight ?? []).some((write) => write.afterRetry);
}

/**
 * The event of a write arrived. Events arrive in the order of the commits, so no earlier write is in flight any more.
 * @param isCreation whether it is the event of the record's creation
 */
export function withoutArrived(replica: Replica, value: Canonical, isCreation = false): Replica {
  const writes = replica.inFlight ?? [];
  if (writes.length === 0) return replica;
  const index = indexOfArrived(writes, value, isCreation);
  const arrived = writes[index];
  // Where the event of the write need not have come, this one may be that of a later write of the value.
  const isSure = isCreation || arrived === undefined || isExpected(arrived);
  const left = writes
    .slice(index + 1)
    .map((write) => (isSure || !sameValue(write.value, value) ? write : { ...write, mayBeMissed: true }));
  return { ...replica, inFlight: left };
}

/** Whether the event of the write must come. */
const isExpected = ({ revision, mayBeMissed }: InFlight): boolean => revision < NEEDS_NO_EVENT && !mayBeMissed;

/** The write of which an own event is that reports the value; undefined where none is in flight. */
export function arrivedWrite({ inFlight = [] }: Replica, value: Canonical, isCreation = false): InFlight | undefined {
  return inFlight[indexOfArrived(inFlight, value, isCreation)];
}

/**
 * An event whose value was not written is that of the creation where it says so, else of the oldest write at least: an automation of the
 * system set the value.
 */
function indexOfArrived(writes: readonly InFlight[], value: Canonical, isCreation: boolean): number {
  // The event of a creation is that of no update, all of which followed it.
  if (isCreation) return writes[0]?.revision === NEEDS_NO_EVENT ? 0 : -1;
  const at = writes.findIndex((write) => sameValue(write.value, value));
  if (at >= 0) return at;
  return Math.max(
    writes.findIndex((write) => write.revision < NEEDS_NO_EVENT),
    0,
  );
}

/** Whether the last write in flight is one of this value, so that no other write of the bridge has followed it. */
export function isLastInFlight({ inFlight }: Replica, value: Canonical): boolean {
  const last = inFlight?.at(-1);
  return last !== undefined && sameValue(last.value, value);
}

/** Whether the last write in flight is of a version that the replica is confirmed to hold. */
export function isLastConfirmed({ inFlight, confirmed }: Replica): boolean {
  const version = inFlight?.at(-1)?.version;
  return version !== undefined && confirmed >= version;
}

/**
 * What a replica holds after an event that shows a value. Events arrive in the order of the commits: while that of a write is to come, what they
 * show came before it, and was replaced by it. After a gap or a comparison none is awaited.
 */
export function standsAfter({ inFlight }: Replica, shown: Canonical): Canonical {
  const last = inFlight?.at(-1);
  return last !== undefined && isExpected(last) ? last.value : shown;
}

/** What is read of the replica now holds whatever the writes made: nobody waits for their events any more. */
export function withoutAwaited(replica: Replica, isGap: boolean): Replica {
  const { inFlight, delivered } = replica;
  const confirmed = { ...replica, confirmed: delivered };
  return inFlight && isGap
    ? { ...confirmed, inFlight: inFlight.map((write) => ({ ...write, mayBeMissed: true })) }
    : confirmed;
}

/** The turn in which a write was made, by the revision of its link; `NEEDS_NO_EVENT` where that is not known. */
export const turnOf = ({ turn, revision }: InFlight): number => turn ?? revision;

/** The turn of the write that carries the value, where its event need not name it; undefined where none does. */
export function uncountedTurnOf(replica: Replica, value: Canonical): number | undefined {
  return replica.inFlight?.find((write) => write.turn !== undefined && sameValue(write.value, value))?.turn;
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

/** The bridge has written other fields of the record, so that its last modification says nothing of the last write of this one. */
export function followed(replica: Replica): Replica {
  const { inFlight = [] } = replica;
  const last = inFlight.at(-1);
  return last ? { ...replica, inFlight: [...inFlight.slice(0, -1), { ...last, isFollowed: true }] } : replica;
}

/** Whether no other write of the record has followed the last write of the field. */
export const isLastOfRecord = ({ inFlight }: Replica): boolean => !inFlight?.at(-1)?.isFollowed;

/** No write up to that revision is in flight. */
export function withoutUpTo(replica: Replica, revision: number): Replica {
  if (!replica.inFlight) return replica;
  return { ...replica, inFlight: replica.inFlight.filter((write) => turnOf(write) > revision) };
}
