// `lightning/messageService`: messages between components of one page, by channel. Without APPLICATION_SCOPE only components
// in sight receive them; in this host every component of the page is.
// Source: LWC guide, "Communicate Across the DOM with Lightning Message Service".
import { adapterOf } from '../../../client/adapter.ts';

export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');

interface Channel {
  channel: string;
}
type Listener = (message: unknown) => void;
interface Subscription {
  channel: string;
  listener: Listener;
}

const subscriptions = new Set<Subscription>();
const contexts = new WeakSet();

export function createMessageContext(): object {
  const context = Object.freeze({});
  contexts.add(context);
  return context;
}

export function releaseMessageContext(context: object): void {
  contexts.delete(context);
}

export const MessageContext = adapterOf<object, object>({
  initial: createMessageContext(),
  isComplete: () => true,
  watch: (_config, emit) => {
    const context = createMessageContext();
    emit(context);
    return () => releaseMessageContext(context);
  },
});

function check(context: object, channel: Channel | undefined): asserts channel is Channel {
  if (!context || !contexts.has(context)) throw new TypeError('A message context is required; has it been released?');
  if (typeof channel?.channel !== 'string') throw new TypeError('A message channel is required.');
}

export function publish(context: object, channel: Channel, message?: unknown): void {
  check(context, channel);
  for (const subscription of [...subscriptions])
    if (subscription.channel === channel.channel) subscription.listener(message);
}

export function subscribe(context: object, channel: Channel, listener: Listener): Subscription {
  check(context, channel);
  const subscription = { channel: channel.channel, listener };
  subscriptions.add(subscription);
  return subscription;
}

export function unsubscribe(subscription: Subscription | null | undefined): void {
  if (subscription) subscriptions.delete(subscription);
}
