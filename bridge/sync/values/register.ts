// The last-writer-wins register of one mapped field and its replicas (I12–I16). It promises: an echo changes nothing, the
// later edit wins on both sides, a late event undoes nothing, and a field that two sides keep turning over comes to rest.
import type { Canonical, FieldState, Register, Replica } from '../../model/link.ts';
import type { Side } from '../../model/change.ts';
import { sameValue } from './canonical.ts';

/** Earlier values that are remembered, so that an overtaken write of ours is known when it shows up. */
const PREVIOUS_VALUES = 8;
/** Edits by the two sides in turn, each within this time of the one before, are a bounce rather than two people. */
const FLIP_MS = 60_000;
/** People who really disagree stop before this many turns; machines do not. */
const SUSPEND_AFTER_FLIPS = 10;
/** A field that bounced is let go again when it was left alone this long. */
const CALM_MS = 5 * 60_000;

/** What an event (or a read) shows of one replica. */
export interface Observation {
  replica: string;
  side: Side;
  value: Canonical;
  /** ms, by the clock of the observed system. */
  at: number;
  /** The change was made by our own user there; a hint. */
  own: boolean;
  /** The mapping's rule lets this side speak with this value. */
  ruleAllows: boolean;
}

/**
 * `late`: older than what is known of that replica · `same`: it holds the register's value · `own`: an older value of our
 * own, overtaken · `remembered`: this side may not speak · `overtaken`: it lost against a later edit · `accepted`: a new version.
 */
export type Verdict = 'late' | 'same' | 'own' | 'remembered' | 'overtaken' | 'accepted';

export function emptyState(): FieldState {
  return { previousValues: [], replicas: {}, flipFlops: 0, suspended: false };
}

export function replicaOf(state: FieldState, key: string): Replica {
  return state.replicas[key] ?? { targetVersion: 0, delivered: 0, confirmed: 0 };
}

/** The later edit wins, and a tie goes to Salesforce. */
function isLater(seen: Observation, register: Register): boolean {
  if (seen.at !== register.at) return seen.at > register.at;
  return seen.side === 'salesforce' && register.by === 'sellfire';
}

function isBehind(known: Replica, seen: Observation): boolean {
  return known.at !== undefined && seen.at < known.at;
}

/** What the observation means, without acting on it. */
export function judge(state: FieldState, seen: Observation): Verdict {
  const { register } = state;
  const known = replicaOf(state, seen.replica);
  if (isBehind(known, seen)) {
    // Something later is known of the replica already. That may be a write of ours which ran over this very edit, so an
    // edit later than the register's counts all the same.
    if (!seen.ruleAllows || seen.own || !register || !isLater(seen, register)) return 'late';
    return sameValue(seen.value, register.value) ? 'same' : 'accepted';
  }
  if (register && sameValue(seen.value, register.value)) return 'same';
  if (seen.own && state.previousValues.some((value) => sameValue(value, seen.value))) return 'own';
  // A side that may not speak is left alone, but what it did before the register's edit was run over by that edit.
  if (!seen.ruleAllows) return register && seen.at < register.at ? 'overtaken' : 'remembered';
  if (!register || isLater(seen, register)) return 'accepted';
  // Between edits of one side in one instant, the one that came after counts.
  return seen.at === register.at && register.by === seen.side ? 'accepted' : 'overtaken';
}

/**
 * Takes an observation in. `writable` are the replicas that the rules let us write now: a new version is due on them, and
 * only on them (an edit of a mapping is not retroactive, M9).
 */
export function observe(
  state: FieldState,
  seen: Observation,
  writable: readonly string[],
): { state: FieldState; verdict: Verdict } {
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
  const noted = withReplica(state, seen.replica, { lastKnown: seen.value, at: seen.at });
  switch (verdict) {
    case 'same': {
      const { register } = noted;
      const version = register?.version ?? 0;
      // It held this value before the register's edit; what it holds now, later events will tell.
      if (!seen.own && register && seen.at < register.at) return { verdict, state: noted };
      const confirmed = withReplica(noted, seen.replica, { delivered: version, confirmed: version });
      return {
        verdict,
        state: register && !seen.own && seen.ruleAllows ? reassert(confirmed, register, seen, writable) : confirmed,
      };
    }
    case 'own':
    case 'overtaken':
      return { verdict, state: redeliver(noted, seen, writable) };
    case 'accepted':
      return { verdict, state: advance(noted, seen, writable) };
    default:
      return { verdict, state: noted };
  }
}

/** Somebody set the same value again: it is as young as that, and goes over what was put elsewhere in the meantime. */
function reassert(state: FieldState, register: Register, seen: Observation, writable: readonly string[]): FieldState {
  if (seen.at <= register.at) return state;
  let next: FieldState = { ...state, register: { ...register, at: seen.at } };
  for (const key of writable) {
    const { lastKnown } = replicaOf(state, key);
    if (key !== seen.replica && lastKnown !== undefined && !sameValue(lastKnown, register.value))
      next = requestDelivery(next, key);
  }
  return next;
}

/** Makes a new version of the field's value and has it delivered to the writable replicas. */
export function advance(
  state: FieldState,
  seen: Pick<Observation, 'replica' | 'side' | 'value' | 'at'>,
  writable: readonly string[],
): FieldState {
  const before = state.register;
  const version = (before?.version ?? 0) + 1;
  const pause = before ? seen.at - before.at : Infinity;
  const flipFlops =
    before && before.by !== seen.side && pause < FLIP_MS ? state.flipFlops + 1 : pause < FLIP_MS ? state.flipFlops : 0;
  const suspended = pause < CALM_MS && (state.suspended || flipFlops >= SUSPEND_AFTER_FLIPS);
  let next: FieldState = {
    ...state,
    register: { value: seen.value, at: seen.at, by: seen.side, version },
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
 * I14: a replica that shows a losing value gets the register's again; unless our write of the present version is still
 * on its way there, whose own event will show it.
 */
function redeliver(state: FieldState, seen: Observation, writable: readonly string[]): FieldState {
  const version = state.register?.version ?? 0;
  const replica = replicaOf(state, seen.replica);
  const isUnconfirmed = replica.delivered === version && replica.confirmed < version;
  if (isUnconfirmed || state.suspended || !writable.includes(seen.replica)) return state;
  const flipFlops = state.flipFlops + 1;
  const suspended = flipFlops >= SUSPEND_AFTER_FLIPS;
  const held = { ...state, flipFlops, suspended };
  return suspended ? held : withReplica(held, seen.replica, { targetVersion: version, delivered: 0, confirmed: 0 });
}

/** Has the present version written to a replica, whatever it holds. */
export function requestDelivery(state: FieldState, key: string): FieldState {
  const version = state.register?.version ?? 0;
  return withReplica(state, key, { targetVersion: version, delivered: 0, confirmed: 0 });
}

/** Replicas that wait for the present version; those that hold its value already need no write. */
export function undelivered(state: FieldState): string[] {
  const { register } = state;
  if (!register || state.suspended) return [];
  return Object.entries(state.replicas)
    .filter(([, replica]) => replica.targetVersion === register.version && replica.delivered < register.version)
    .filter(([, replica]) => replica.refused?.version !== register.version)
    .filter(([, replica]) => !knownToHold(replica, register))
    .map(([key]) => key);
}

function knownToHold(replica: Replica, register: Register): boolean {
  const recent = replica.at === undefined || replica.at >= register.at;
  return recent && replica.lastKnown !== undefined && sameValue(replica.lastKnown, register.value);
}

/** A write of ours succeeded. The moment of the replica is left as it was: its own event will tell it. */
export function delivered(state: FieldState, key: string, version: number, value: Canonical): FieldState {
  return withReplica(state, key, { lastKnown: value, delivered: version });
}

/** The peer refused this version on this replica: it is not tried again before there is a newer one. */
export function refused(state: FieldState, key: string, version: number, code: string): FieldState {
  return withReplica(state, key, { refused: { version, code } });
}

export function withReplica(state: FieldState, key: string, patch: Partial<Replica>): FieldState {
  return { ...state, replicas: { ...state.replicas, [key]: { ...replicaOf(state, key), ...patch } } };
}
