// Stores the events that continue the cursor of the feed, in their order: the cursor never passes an event that is not stored, also where
// two processes of the bridge receive events at the same time.
import type { FeedEvent } from './events.ts';

export interface FeedStore {
  /** The sequence of the last event that is stored without a gap before it; undefined before the first connection. */
  cursor(): Promise<number | undefined>;
  /** Stores the events, and the cursor where one is given, in one transaction. Stored events are skipped. */
  append(events: FeedEvent[], cursorSequence: number | undefined): Promise<void>;
}

export interface Continuation {
  /** Those behind the cursor, in order. */
  fresh: FeedEvent[];
  /** The cursor afterwards. */
  reached: number | undefined;
  /** Whether all events are stored. */
  isWhole: boolean;
}

/** Stores the events that continue the cursor, and moves it that far. */
export async function storeContinuation(store: FeedStore, events: FeedEvent[]): Promise<Continuation> {
  const cursor = await store.cursor();
  const fresh = inOrder(events).filter(({ sequence }) => cursor === undefined || sequence > cursor);
  const reached = cursor === undefined ? undefined : endOfRun(fresh, cursor);
  const run = reached === undefined ? fresh : fresh.filter(({ sequence }) => sequence <= reached);
  if (run.length > 0) await store.append(run, reached);
  return { fresh, reached, isWhole: fresh.at(-1)?.sequence === reached || fresh.length === 0 };
}

/** By sequence, each once. */
function inOrder(events: FeedEvent[]): FeedEvent[] {
  return [...new Map(events.map((event) => [event.sequence, event])).values()].toSorted(
    (a, b) => a.sequence - b.sequence,
  );
}

/** The last sequence up to which the events continue `cursor` without a gap. @param events in order */
function endOfRun(events: FeedEvent[], cursor: number): number {
  let end = cursor;
  for (const { sequence } of events) {
    if (sequence > end + 1) break;
    end = Math.max(end, sequence);
  }
  return end;
}
