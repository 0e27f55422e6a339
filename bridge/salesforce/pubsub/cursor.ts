// Tracks the cursor of a subscription: the replay id up to which every event was delivered. A cursor past an undelivered event loses
// it for good, and a cursor inside a run of events with an equal replay id loses the rest of the run (an enriched channel splits one
// change of several records into such a run).
import type { ConsumerEvent, FetchResponse } from './proto.ts';

export interface Cursor {
  /** Replay id in base64: opaque, compared only for equality. */
  value: string;
  /** ms since the epoch: the time of the last covered event, or of the keepalive that carried the cursor. */
  at: number;
}

export class CursorTracker {
  /** Every event up to here was delivered, and no run of equal ids continues after it. */
  covered: Cursor | undefined;
  /** The run of equal ids that may continue in the next response. */
  private open: Cursor | undefined;

  constructor(covered?: Cursor) {
    this.covered = covered;
  }

  /** Call it before an event is delivered. @param at ms, the time of the event */
  event({ replay_id }: ConsumerEvent, at: number): void {
    const value = replay_id.toString('base64');
    if (this.open && this.open.value !== value) this.covered = this.open;
    this.open = { value, at };
  }

  /** Call it after a response is processed. An empty response is a keepalive: all events before it were sent. @param now ms */
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

  /** A new stream begins after the covered events: the open run is sent again as a whole. */
  restart(): void {
    this.open = undefined;
  }
}
