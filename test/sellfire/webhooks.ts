// Webhooks: each subscription gets the feed's events in order, signed, at least once, however often it takes.
// For tests and demonstrations they can be set to repeat, delay, reorder, lose or pause deliveries.
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import { sign, SIGNATURE_HEADER } from '../../bridge/sellfire/signature.ts';
import type { Feed } from './feed.ts';

/** Most events of one delivery, and how long events are gathered for it. */
const BATCH = 100;
const GATHER_MS = 3;
/** While reordering, how long an event waits for others to change places with. */
const REORDER_MS = 60;
/** A receiver that does not answer within it is asked again. */
const ANSWER_MS = 10_000;
/** Deliveries that are kept to be looked at. */
const HISTORY = 50;

export const webhookControlsSchema = z.strictObject({
  paused: z.boolean().meta({ description: 'Nothing is sent until it is false again' }),
  repeat: z.int().min(0).max(10).meta({ description: 'How many more times each delivery is sent' }),
  delay_ms: z.int().min(0).max(60_000).meta({ description: 'How late each delivery is' }),
  reorder: z.boolean().meta({ description: 'Events change places, within deliveries and between them' }),
  lose: z.int().min(0).max(1_000_000).meta({ description: 'How many of the next deliveries are never sent' }),
});
export type WebhookControls = z.infer<typeof webhookControlsSchema>;
const NO_MISCHIEF: WebhookControls = { paused: false, repeat: 0, delay_ms: 0, reorder: false, lose: 0 };

export interface Delivery {
  at: string;
  subscription: string;
  sequences: number[];
  /** HTTP status of the receiver; null when it could not be reached, or when the delivery was lost on purpose. */
  status: number | null;
  outcome: 'delivered' | 'failed' | 'lost';
  error: string | null;
}
export interface SubscriptionState {
  name: string;
  url: string;
  /** The last event that the receiver has taken. */
  cursor: number;
  pending: number;
  /** Attempts that have failed in a row. */
  failures: number;
}
export interface Retry {
  /** ms before the first further attempt; it doubles. */
  minTimeout: number;
  maxTimeout: number;
}

interface Subscription extends Omit<SubscriptionState, 'pending'> {
  secret: string;
  /** Ends a wait for the next attempt, so that a receiver that has come back is served at once. */
  kick: AbortController;
  gone: boolean;
}

export class Webhooks {
  readonly #feed: Feed;
  readonly #retry: Retry;
  readonly #agent = new Agent({ headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #loops = new Set<Promise<void>>();
  readonly #deliveries: Delivery[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #stopListening: () => void;
  #controls = NO_MISCHIEF;
  #closed = false;
  #changed = Promise.withResolvers<undefined>();

  constructor(feed: Feed, retry: Retry = { minTimeout: 100, maxTimeout: 5_000 }) {
    this.#feed = feed;
    this.#retry = retry;
    this.#stopListening = feed.onAppend(() => this.#wake());
  }

  /** A name that is known keeps its place in the feed; a new one begins with the next event. */
  subscribe(name: string, url: string, secret: string): { name: string; url: string } {
    const known = this.#subscriptions.get(name);
    if (known) {
      Object.assign(known, { url, secret, failures: 0 });
      known.kick.abort();
      known.kick = new AbortController();
    } else {
      const cursor = this.#feed.lastSequence;
      const subscription = { name, url, secret, cursor, failures: 0, kick: new AbortController(), gone: false };
      this.#subscriptions.set(name, subscription);
      const loop = this.#run(subscription);
      this.#loops.add(loop);
      void loop.finally(() => this.#loops.delete(loop));
    }
    this.#wake();
    return { name, url };
  }

  unsubscribe(name: string): { name: string } {
    const subscription = this.#subscriptions.get(name);
    if (!subscription) return { name };
    subscription.gone = true;
    subscription.kick.abort();
    this.#subscriptions.delete(name);
    this.#wake();
    return { name };
  }

  control(change: { [name in keyof WebhookControls]?: WebhookControls[name] | undefined }): WebhookControls {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#controls = { ...this.#controls, ...Object.fromEntries(given) };
    this.#wake();
    return this.#controls;
  }

  state(): { controls: WebhookControls; subscriptions: SubscriptionState[]; deliveries: Delivery[] } {
    const subscriptions = [...this.#subscriptions.values()].map(({ name, url, cursor, failures }) => {
      return { name, url, cursor, pending: this.#feed.lastSequence - cursor, failures };
    });
    return { controls: this.#controls, subscriptions, deliveries: [...this.#deliveries] };
  }

  /** Called after every change of the state. @returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when every subscription has everything. */
  async idle(): Promise<void> {
    while ([...this.#subscriptions.values()].some(({ cursor }) => cursor < this.#feed.lastSequence))
      await this.#changed.promise;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopListening();
    for (const { kick } of this.#subscriptions.values()) kick.abort();
    this.#wake();
    await Promise.all(this.#loops);
    await this.#agent.destroy();
  }

  #wake(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
    for (const listener of this.#listeners) listener();
  }

  async #run(subscription: Subscription): Promise<void> {
    const over = () => this.#closed || subscription.gone;
    while (!over()) {
      if (this.#controls.paused || subscription.cursor >= this.#feed.lastSequence) {
        await this.#changed.promise;
        continue;
      }
      await sleep(this.#controls.reorder ? REORDER_MS : GATHER_MS);
      const events = this.#feed.after(subscription.cursor, BATCH);
      const done = await this.#deliverAll(subscription, this.#arrange(events), over);
      if (!done) continue;
      subscription.cursor += events.length;
      this.#wake();
    }
  }

  /** The deliveries that a batch is sent as. */
  #arrange(events: SellfireEvent[]): SellfireEvent[][] {
    const { reorder, repeat } = this.#controls;
    const middle = Math.floor(events.length / 2);
    const parts = reorder ? [events.slice(middle).reverse(), events.slice(0, middle).reverse()] : [events];
    return parts.filter((part) => part.length > 0).flatMap((part) => Array.from({ length: 1 + repeat }, () => part));
  }

  async #deliverAll(subscription: Subscription, parts: SellfireEvent[][], over: () => boolean): Promise<boolean> {
    for (const part of parts) {
      if (this.#controls.lose > 0) {
        this.#controls = { ...this.#controls, lose: this.#controls.lose - 1 };
        this.#remember(subscription, part, 'lost', null, 'Lost on purpose');
        continue;
      }
      const delivered = await this.#deliver(subscription, part, over);
      if (!delivered) return false;
    }
    return true;
  }

  /** @returns false when it was broken off: by the end, by a pause, or to begin anew at the subscription's new address. */
  async #deliver(subscription: Subscription, events: SellfireEvent[], over: () => boolean): Promise<boolean> {
    const { signal } = subscription.kick;
    const attempt = async () => {
      if (this.#controls.paused || over()) return false;
      if (this.#controls.delay_ms > 0) await sleep(this.#controls.delay_ms, undefined, { signal });
      await this.#post(subscription, events, signal);
      return true;
    };
    try {
      return await pRetry(attempt, { retries: Number.POSITIVE_INFINITY, factor: 2, ...this.#retry, signal });
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  async #post(subscription: Subscription, events: SellfireEvent[], signal: AbortSignal): Promise<void> {
    const body = Buffer.from(JSON.stringify({ events }));
    // The receiver's clock judges the signature, so it is made with real time even where the dialer's clock is set.
    const signature = sign(subscription.secret, Math.floor(Date.now() / 1000), body);
    let status: number | null = null;
    let error: string | null = null;
    try {
      const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
      const answer = await request(subscription.url, {
        method: 'POST',
        headers,
        body,
        signal,
        dispatcher: this.#agent,
      });
      status = answer.statusCode;
      await answer.body.dump();
      if (status < 200 || status > 299) error = `The receiver answered ${status}.`;
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
    subscription.failures = error === null ? 0 : subscription.failures + 1;
    this.#remember(subscription, events, error === null ? 'delivered' : 'failed', status, error);
    if (error !== null) throw new Error(error);
  }

  #remember(
    { name }: Subscription,
    events: SellfireEvent[],
    outcome: Delivery['outcome'],
    status: number | null,
    error: string | null,
  ): void {
    const sequences = events.map((event) => event.sequence);
    this.#deliveries.push({ at: new Date().toISOString(), subscription: name, sequences, status, outcome, error });
    if (this.#deliveries.length > HISTORY) this.#deliveries.shift();
    this.#wake();
  }
}
