// Decides which alert is due (B24): one message when a state has lasted for the calm time, and one when it has been over for the calm
// time. In between a state may come and go without another message.
import type { AlertMessage } from '../../model/alert.ts';
import type { Present } from './present.ts';

export interface KnownState {
  title: string;
  over: string;
  /** ms since the epoch: since when it holds. */
  since: number;
  /** When its message was decided; null before. */
  raisedAt: number | null;
  /** Since when it is over, after its message; null while it holds. */
  goneSince: number | null;
}

/** By state. */
export type KnownStates = Readonly<Record<string, KnownState>>;

export interface Calm {
  /** ms that a state has to last before it is said. */
  raise: number;
  /** ms that it has to be over before that is said. */
  clear: number;
}

export interface Decision {
  states: KnownStates;
  /** In the order in which they are to be sent. */
  due: AlertMessage[];
}

/** @param now ms since the epoch */
export function decideAlerts(known: KnownStates, present: readonly Present[], calm: Calm, now: number): Decision {
  const states: Record<string, KnownState> = {};
  const due: AlertMessage[] = [];
  const holding = new Set(present.map(({ state }) => state as string));
  for (const [state, about] of Object.entries(known)) {
    // What passed before it was said needs no message.
    if (holding.has(state) || about.raisedAt === null) continue;
    const goneSince = about.goneSince ?? now;
    if (now - goneSince >= calm.clear) due.push(recovered(state, about, goneSince, now));
    else states[state] = { ...about, goneSince };
  }
  for (const { state, title, over, text, isCalm = false } of present) {
    const before = known[state];
    const since = before?.since ?? now;
    const isDue = (before?.raisedAt ?? null) === null && now - since >= (isCalm ? 0 : calm.raise);
    const raisedAt = isDue ? now : (before?.raisedAt ?? null);
    states[state] = { title, over, since, raisedAt, goneSince: null };
    if (isDue) due.push({ id: `${state}:${since}`, kind: 'raised', state, title, text, at: now });
  }
  return { states, due };
}

function recovered(state: string, { over, since }: KnownState, until: number, now: number): AlertMessage {
  const text = `It lasted from ${moment(since)} to ${moment(until)}.`;
  return { id: `${state}:${since}:over`, kind: 'recovered', state, title: over, text, at: now };
}

const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
