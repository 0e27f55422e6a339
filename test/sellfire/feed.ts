// The event feed: every change, numbered without gaps, before any receiver is notified.
import { FEED_PAGE_LIMIT, type FeedPage } from '../../bridge/sellfire/payloads.ts';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import type { MakeId } from './ids.ts';
import { Refusal } from './problem.ts';

/** What an event is about; the rest of it is the feed's to fill. */
export type NewEvent = Pick<SellfireEvent, 'type' | 'occurred_at' | 'actor' | 'lead'> &
  Partial<Pick<SellfireEvent, 'changes' | 'schedule_item' | 'activity' | 'sale'>>;

export class Feed {
  readonly #makeId: MakeId;
  readonly #events: SellfireEvent[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(makeId: MakeId) {
    this.#makeId = makeId;
  }

  get lastSequence(): number {
    return this.#events.length;
  }

  append(event: NewEvent): SellfireEvent {
    const stored: SellfireEvent = {
      id: this.#makeId('evt'),
      sequence: this.#events.length + 1,
      type: event.type,
      occurred_at: event.occurred_at,
      actor: event.actor,
      lead_id: event.lead?.id ?? null,
      lead: event.lead,
      changes: event.changes ?? {},
      schedule_item: event.schedule_item ?? null,
      activity: event.activity ?? null,
      sale: event.sale ?? null,
    };
    this.#events.push(stored);
    for (const listener of this.#listeners) listener();
    return stored;
  }

  /** Events after a sequence, oldest first. */
  after(sequence: number, limit: number = FEED_PAGE_LIMIT): SellfireEvent[] {
    return this.#events.slice(sequence, sequence + limit);
  }

  /** @throws Refusal invalid_value when the feed has not come that far: the caller's cursor is another feed's. */
  page(after: number, limit: number = FEED_PAGE_LIMIT): FeedPage {
    if (after > this.lastSequence)
      throw new Refusal('invalid_value', `The feed ends at ${this.lastSequence}; it has no event ${after}.`, {
        field: 'after',
      });
    const events = this.after(after, limit);
    return { events, last_sequence: this.lastSequence, has_more: after + events.length < this.lastSequence };
  }

  /** @returns how to stop listening. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
