// The Pub/Sub API of one org as the bridge uses it: subscriptions and publishing, with one cache of schemas for both.
import { createSchemas } from './avro.ts';
import type { ChannelOptions } from './channel.ts';
import { createPublisher } from './publisher.ts';
import type { Publisher } from './publisher.ts';
import { startSubscription } from './subscription.ts';
import type { SubscribeOptions, Subscription } from './subscription.ts';

export interface PubSub {
  subscribe(options: SubscribeOptions): Subscription;
  publish: Publisher['publish'];
  /** Closes every subscription, each after its delivery under way, and the publisher. */
  close(): Promise<void>;
}

export function createPubSub(peer: ChannelOptions): PubSub {
  const schemas = createSchemas();
  const publisher = createPublisher(peer, schemas);
  const subscriptions = new Set<Subscription>();
  return {
    subscribe(options) {
      const subscription = startSubscription(options, peer, schemas);
      subscriptions.add(subscription);
      return subscription;
    },
    publish: (topic, events) => publisher.publish(topic, events),
    async close() {
      publisher.close();
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
    },
  };
}
