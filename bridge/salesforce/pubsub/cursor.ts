// Where a subscription stands: the replay id up to which everything was handed on. A cursor past an event that was not
// handed on loses it for good, and one inside a run of events with an equal replay id loses the rest of the run (an enriched
// channel takes one change of several records apart that way).
import type { ConsumerEvent, FetchResponse } from './proto.ts';

export interface Cursor {
  /** Replay id in base64: opaque, compared only for equality. */
  value: string;
  /** ms since the epoch: when the last event that it covers happened, or the keepalive that carried it came. */
  at: number;
}

export class CursorTracker {
  /** Everything up to here was handed on, and no run of equal ids goes on behind it. */
  covered: Cursor | undefined;
  /** The run of equal ids that may go on in the next response. */
  private open: Cursor | undefined;

  constructor(covered?: Cursor) {
    this.covered = covered;
  }

  /** An event is about to be handed on. @param at when it happened, ms */
  event({ replay_id }: ConsumerEvent, at: number): void {
    const value = replay_id.toString('base64');
    if (this.open && this.open.value !== value) this.covered = this.open;
    this.open = { value, at };
  }

  /** A response was worked through. An empty one is a keepalive: all events before it were sent. @param now ms */
  response({ events, latest_replay_id, pending_num_requested }: FetchResponse, now: number): void {
    if (events.length === 0 && latest_replay_id.length > 0) {
      this.covered = { value: latest_replay_id.toString('base64'), at: now };
      this.open = undefined;
    } else if (!this.covered && pending_num_requested > 0) {
      // The very first events: without any cursor, a restart would begin at the latest and lose more than a run. With
      // requests pending, the server had room to send the run whole.
      this.covered = this.open;
    }
  }

  /** A new stream begins behind what is covered: the open run comes again, whole. */
  restart(): void {
    this.open = undefined;
  }
}
