// The last-writer-wins register of one mapped field and its replicas (I12–I16). It promises: an echo changes nothing,
// the later edit wins on both sides, a late event reverts nothing, and a field in a flip-flop is suspended.
import type { Canonical, FieldState, InFlight, Register, Replica } from '../../model/link.ts';
import type { Side } from '../../model/change.ts';
import { sameValue } from './canonical.ts';
import {
  arrivedWrite,
  followsRetry,
  isAwaited,
  isInFlight,
  isLastConfirmed,
  standsAfter,
  withoutArrived,
  withWrite,
} from './inFlight.ts';

/** The number of earlier values by which an overtaken write of the bridge is recognized. */
const PREVIOUS_VALUES = 8;
/** Edits by alternating sides count as a flip-flop when each follows the one before within this time. */
const FLIP_MS = 60_000;
/** People who disagree stop before this many flip-flops; automations do not. */
const SUSPEND_AFTER_FLIPS = 10;
/** A suspended field resumes after this time without an edit. */
const CALM_MS = 5 * 60_000;

/** Who set a value, and when. */
export interface Edit {
  /** ms, by the clock of the system in which it was made. */
  at: number;
  by: Side;
  /** An attempt that no link recorded wrote the value: its event is not that of a write in flight, though the values may be the same. */
  isUnrecorded?: true;
  /** The request that wrote the value named the edit, so that it is no estimate. */
  isNamed?: true;
}

/** One replica's value as an event or a read reports it. */
export interface Observation {
  replica: string;
  side: Side;
  value: Canonical;
  /** ms, by the clock of the observed system. */
  at: number;
  /** The edit that the value carries, where it is another than the observed change: that of a write of the bridge. */
  edit?: Edit | undefined;
  /** Who made the change, where its event says so. */
  editor?: string | undefined;
  /** The connected user made the change; a hint. */
  own: boolean;
  /** The event is that of the record's creation. */
  isCreation?: boolean;
  /** The value was read: the event of the write that it shows may be still to come. */
  isRead?: boolean;
  /** Since the event came, the side was read, and held the register's value: whatever the event says has been replaced. */
  isReplaced?: boolean;
  /** An attempt whose outcome is not recorded may have written the value. */
  maybeApplied: boolean;
  /** The rule of the mapping allows this side to set this value. */
  ruleAllows: boolean;
}

/**
 * `late`: older than the known state of the replica · `same`: the register's value · `own`: an older, overtaken value
 * of the bridge · `remembered`: the rule does not allow this side to set it · `overtaken`: it lost against a later edit
 * · `accepted`: a new version.
 */
export type Verdict = 'late' | 'same' | 'own' | 'remembered' | 'overtaken' | 'accepted';

export function emptyState(): FieldState {
  return { previousValues: [], replicas: {}, flipFlops: 0, suspended: false };
}

export function replicaOf(state: FieldState, key: string): Replica {
  return state.replicas[key] ?? { targetVersion: 0, delivered: 0, confirmed: 0 };
}

const editOf = ({ at, side, edit }: Pick<Observation, 'at' | 'side' | 'edit'>): Edit => edit ?? { at, by: side };

/** When a value was set, by which side, and by whom where that is known: whoever is known to have set it on one side has not set it on the other. */
function setBy(seen: Pick<Observation, 'at' | 'side' | 'edit' | 'editor'>): Pick<Register, 'at' | 'by' | 'editor'> {
  const { at, by } = editOf(seen);
  return { at, by, ...(seen.editor === undefined || by !== seen.side ? {} : { editor: seen.editor }) };
}

/** The later edit wins. In a tie Salesforce wins. */
function isLater(seen: Observation, register: Register): boolean {
  const { at, by } = editOf(seen);
  if (at !== register.at) return at > register.at;
  return by === 'salesforce' && register.by === 'sellfire';
}

/** Whether a later state of the replica is known. */
export function isBehind(known: Replica, seen: Pick<Observation, 'at'>): boolean {
  return known.at !== undefined && seen.at < known.at;
}

/**
 * Whether the bridge's own event shows an earlier write, whose value a later version has replaced. Where only the write of the
 * present version is in flight, this is its event: an automation of the system set an earlier value in its transaction, and that
 * value stands there.
 */
function isOverwritten({ register, previousValues, replicas }: FieldState, seen: Observation): boolean {
  const known = replicas[seen.replica];
  if (known && followsRetry(known)) return true;
  if (known && register && isAnswerToEarlier(known, register, seen)) return true;
  // A side that hangs takes a write in after any number of edits, of which few are kept.
  if (known && isInFlight(known, seen.value)) return true;
  if (!previousValues.some((value) => sameValue(value, seen.value))) return false;
  if (!known || !register || seen.maybeApplied) return true;
  // An event of the moment that is known is a repetition.
  return known.at === seen.at || !isInFlight(known, register.value);
}

/** Whether an automation of the system set the value in the transaction of a write whose edit a later one has replaced. */
function isAnswerToEarlier(known: Replica, { version }: Register, { value, isCreation }: Observation): boolean {
  const write = arrivedWrite(known, value, isCreation);
  return write?.version !== undefined && write.version < version && !sameValue(write.value, value);
}

/** Classifies the observation without applying it. */
export function judge(state: FieldState, observed: Observation): Verdict {
  const { register } = state;
  const seen = afterItsCause(state, observed);
  const known = replicaOf(state, seen.replica);
  if (isBehind(known, seen)) {
    // A later state of the replica is known. That may be a write of the bridge that overwrote this edit, so an edit
    // later than the register counts all the same.
    if (!seen.ruleAllows || seen.own || !register || !isLater(seen, register)) return 'late';
    return sameValue(seen.value, register.value) ? 'same' : 'accepted';
  }
  if (register && sameValue(seen.value, register.value)) return 'same';
  // Seen there since: what was read of a record was there after its creation, whose event is late.
  if (seen.own && seen.isCreation && register && known.confirmed === register.version) return 'late';
  const isMissed = observed.edit?.isNamed === true && register !== undefined && isLater(observed, register);
  if (seen.own && !isMissed && isOverwritten(state, seen)) return 'own';
  // A value that the rule does not allow is kept, unless the register's later edit overwrote it.
  if (!seen.ruleAllows) return register && editOf(seen).at < register.at ? 'overtaken' : 'remembered';
  if (!register || isLater(seen, register)) return 'accepted';
  // Of two edits by one side at one instant, the one that arrives later wins.
  const { at, by } = editOf(seen);
  return at === register.at && by === register.by ? 'accepted' : 'overtaken';
}

/**
 * What an automation of Salesforce set in the transaction of a write follows the edit that the write carried, whatever the clocks of the two
 * systems say; and so does what one set in the transaction of a write of other fields, once the event of the edit's write has arrived.
 */
function afterItsCause(state: FieldState, seen: Observation): Observation {
  const { register } = state;
  if (!seen.own || seen.edit || !register || seen.side !== 'salesforce' || seen.at >= register.at) return seen;
  const known = replicaOf(state, seen.replica);
  const write = arrivedWrite(known, seen.value, seen.isCreation);
  const follows = write ? carries(write, register) : known.confirmed === register.version;
  return follows ? { ...seen, edit: { at: register.at, by: seen.side } } : seen;
}

const carries = (write: InFlight, { value, version }: Register): boolean =>
  sameValue(write.value, value) && (write.version === undefined || write.version === version);

/**
 * Applies an observation.
 * @param writable the replicas that may be written. Only they are due for a new version, since an edit of a mapping is
 * not retroactive (M9).
 */
export function observe(
  state: FieldState,
  observed: Observation,
  writable: readonly string[],
): { state: FieldState; verdict: Verdict } {
  const seen = afterItsCause(state, observed);
  const verdict = judge(state, seen);
  if (verdict === 'late') return { state, verdict };
  if (isBehind(replicaOf(state, seen.replica), seen)) {
    const { lastKnown } = replicaOf(state, seen.replica);
    if (verdict === 'same' && state.register)
      return { verdict, state: reassert(state, state.register, seen, writable) };
    const next = withReplica(
      advance(state, seen, writable),
      seen.replica,
      lastKnown === undefined ? {} : { lastKnown },
    );
    return { verdict, state: writable.includes(seen.replica) ? requestDelivery(next, seen.replica) : next };
  }
  const replica = replicaOf(state, seen.replica);
  const arrived =
    seen.own && !seen.isRead && !seen.edit?.isUnrecorded
      ? withoutArrived(
          replica,
          verdict === 'accepted' && state.register ? state.register.value : seen.value,
          seen.isCreation,
        )
      : replica;
  const noted = withReplica(state, seen.replica, { ...arrived, ...shownBy(arrived, seen) });
  switch (verdict) {
    case 'same': {
      const { register } = noted;
      const version = register?.version ?? 0;
      // The replica held this value before the register's edit. Later events report its current value.
      if (!seen.own && register && editOf(seen).at < register.at)
        return {
          verdict,
          state: isEventOf(register, seen) ? { ...noted, register: { ...register, ...setBy(seen) } } : noted,
        };
      // A write in flight has replaced it since.
      const stands = sameValue(replicaOf(noted, seen.replica).lastKnown ?? null, seen.value);
      const confirmed = stands ? withReplica(noted, seen.replica, { delivered: version, confirmed: version }) : noted;
      return {
        verdict,
        state: register && !seen.own && seen.ruleAllows ? reassert(confirmed, register, seen, writable) : confirmed,
      };
    }
    case 'own':
    case 'overtaken':
      return { verdict, state: seen.isReplaced ? standing(noted, seen.replica) : redeliver(noted, seen, writable) };
    case 'accepted':
      return { verdict, state: advance(noted, seen, writable) };
    default:
      return { verdict, state: noted };
  }
}

/** What a replica is known to hold after an observation, and as of when. Sellfire answers a write with the moment of it, so that what came before is late. */
export function shownBy(replica: Replica, { side, value, at, isRead }: Observation): Pick<Replica, 'lastKnown' | 'at'> {
  return { lastKnown: side === 'sellfire' || isRead ? value : standsAfter(replica, value), at };
}

/** Whether the event is that of an edit whose value was read before it: where the clocks differ, the estimate of its time was too late. */
const isEventOf = ({ by, editor }: Register, { side, isRead, edit, ruleAllows }: Observation): boolean =>
  by === side && editor === undefined && ruleAllows && !isRead && !edit;

/**
 * Somebody set the same value again. The register takes the time and the side of that edit, so that a tie with a later edit is decided
 * by who set it last, and replicas with another value are written.
 */
function reassert(state: FieldState, register: Register, seen: Observation, writable: readonly string[]): FieldState {
  if (!isLater(seen, register)) return state;
  const { value, version } = register;
  let next: FieldState = { ...state, register: { value, ...setBy(seen), version } };
  for (const key of writable) {
    const { lastKnown } = replicaOf(state, key);
    if (key !== seen.replica && lastKnown !== undefined && !sameValue(lastKnown, register.value))
      next = requestDelivery(next, key);
  }
  return next;
}

/** Creates a new version of the field's value and requests its delivery to the writable replicas. */
export function advance(
  state: FieldState,
  seen: Pick<Observation, 'replica' | 'side' | 'value' | 'at' | 'edit' | 'editor'>,
  writable: readonly string[],
): FieldState {
  const before = state.register;
  const version = (before?.version ?? 0) + 1;
  const { at, by } = editOf(seen);
  const pause = before ? at - before.at : Infinity;
  const flipFlops =
    before && before.by !== by && pause < FLIP_MS ? state.flipFlops + 1 : pause < FLIP_MS ? state.flipFlops : 0;
  const suspended = pause < CALM_MS && (state.suspended || flipFlops >= SUSPEND_AFTER_FLIPS);
  let next: FieldState = {
    ...state,
    register: { value: seen.value, ...setBy(seen), version },
    previousValues: before ? [before.value, ...state.previousValues].slice(0, PREVIOUS_VALUES) : state.previousValues,
    flipFlops,
    suspended,
  };
  next = withReplica(next, seen.replica, {
    lastKnown: seen.value,
    targetVersion: version,
    delivered: version,
    confirmed: version,
  });
  if (suspended) return next;
  for (const key of writable) if (key !== seen.replica) next = withReplica(next, key, { targetVersion: version });
  return next;
}

/**
 * I14: delivers the register's value again to a replica with a losing value, unless a write of the current version is
 * in flight, whose own event confirms it, or has replaced what the event shows. It counts as a flip-flop where the value
 * had been delivered: edits that lose one after another before the write is made undo nothing.
 */
function redeliver(state: FieldState, seen: Observation, writable: readonly string[]): FieldState {
  const { version = 0, value = null } = state.register ?? {};
  const replica = replicaOf(state, seen.replica);
  const isUnconfirmed = replica.delivered === version && replica.confirmed < version && isAwaited(replica, value);
  const stands = !seen.isRead && sameValue(replica.lastKnown, value);
  if (isUnconfirmed || stands || state.suspended || !writable.includes(seen.replica)) return state;
  const isDue = replica.targetVersion === version && replica.delivered < version;
  const flipFlops = isDue ? state.flipFlops : state.flipFlops + 1;
  const suspended = flipFlops >= SUSPEND_AFTER_FLIPS;
  const held = { ...state, flipFlops, suspended };
  return suspended ? held : withReplica(held, seen.replica, { targetVersion: version, delivered: 0, confirmed: 0 });
}

/** The replica holds the register's value by now. */
function standing(state: FieldState, key: string): FieldState {
  const { version = 0, value = null } = state.register ?? {};
  return withReplica(state, key, { lastKnown: value, delivered: version, confirmed: version });
}

/** Requests a write of the current version to a replica, whatever the replica holds. */
export function requestDelivery(state: FieldState, key: string): FieldState {
  const version = state.register?.version ?? 0;
  return withReplica(state, key, { targetVersion: version, delivered: 0, confirmed: 0 });
}

/** The refusal of the current version by this replica, which stands until another edit. */
export function refusalOf(
  { register, replicas }: Pick<FieldState, 'register' | 'replicas'>,
  key: string,
): Replica['refused'] {
  const { refused } = replicas[key] ?? {};
  return refused?.version === register?.version ? refused : undefined;
}

/** Whether the replica waits for the current version. One that holds its value already needs no write. */
export function isUndelivered(state: FieldState, key: string): boolean {
  const { register, replicas, suspended } = state;
  const replica = replicas[key];
  if (!register || !replica || suspended) return false;
  return (
    replica.targetVersion === register.version &&
    replica.delivered < register.version &&
    !refusalOf(state, key) &&
    !knownToHold(replica, register, key)
  );
}

/** Replicas that wait for the current version. */
export const undelivered = (state: FieldState): string[] =>
  Object.keys(state.replicas).filter((key) => isUndelivered(state, key));

/**
 * An attempt whose outcome is not recorded may have written another value since. Sellfire has answered a write that is confirmed, which no
 * attempt before it follows.
 */
function knownToHold(replica: Replica, register: Register, key: string): boolean {
  const { at, lastKnown } = replica;
  const isAnswered = key === 'sellfire' && isLastConfirmed(replica);
  const isSettled = at === undefined || at >= register.at || isAnswered || !followsRetry(replica);
  return isSettled && lastKnown !== undefined && sameValue(lastKnown, register.value);
}

/** Whether a replica that is read now does not hold the value that was written to it. */
export function lacksDelivered({ register }: FieldState, replica: Replica, value: Canonical): boolean {
  if (!register || !isInFlight(replica, register.value)) return false;
  return replica.delivered === register.version && !sameValue(register.value, value);
}

/** Records that the replica holds the version. Its time is unchanged, since an event carries it. */
export function delivered(state: FieldState, key: string, version: number, value: Canonical): FieldState {
  return withReplica(state, key, { lastKnown: value, delivered: version });
}

/** Records a successful write whose event is to come. */
export function written(state: FieldState, key: string, version: number, write: InFlight): FieldState {
  return delivered(sent(state, key, write), key, version, write.value);
}

/** Records that a value was written to the replica and that the event of the write is to come. */
export function sent(state: FieldState, key: string, write: InFlight): FieldState {
  return withReplica(state, key, withWrite(replicaOf(state, key), write));
}

/** Records that the peer refused this version on this replica. It is not tried again before a newer version. */
export function refused(state: FieldState, key: string, version: number, code: string): FieldState {
  return withReplica(state, key, { refused: { version, code } });
}

export function withReplica(state: FieldState, key: string, patch: Partial<Replica>): FieldState {
  return { ...state, replicas: { ...state.replicas, [key]: { ...replicaOf(state, key), ...patch } } };
}
