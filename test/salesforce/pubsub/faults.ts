// The bad days of an event bus, each behind one switch: tests turn them to see what a subscriber does.
import { status } from '@grpc/grpc-js';
import type { EventBus } from './bus.ts';
import { grpcError, refusal } from './errors.ts';
import type { StreamRules, Subscription } from './subscription.ts';

export interface PubSubFaults {
  /** Every replay id given so far is refused from now on; the events are still there (an org that moved). */
  corruptReplayIds(): void;
  /** Every event so far is gone, with its replay id (72 hours passed). */
  expireEvents(): void;
  /** Ends every stream with this gRPC status; new ones are accepted. @returns how many there were */
  dropStreams(code?: status): number;
  /** Streams stay open and say nothing, not even keepalives, until `speak`. */
  silence(): void;
  speak(): void;
  /** The next so many events never reach the bus. */
  loseEvents(count: number): void;
  /** A header without a body: something happened to these records. */
  publishGap(object: string, type: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE', recordIds: string[]): void;
  /** More changes of this object in one transaction than can be told. */
  publishOverflow(object: string): void;
  /** The delivery allocation is used up: streams end, new ones are refused, until it is restored. */
  exhaustDeliveries(): void;
  restoreDeliveries(): void;
  /** Holds every event back for so many ms. */
  delay(ms: number): void;
}

export function createFaults(
  bus: EventBus,
  rules: StreamRules & { deliveries: number },
  streams: ReadonlySet<Subscription>,
): PubSubFaults {
  const lookAgain = (): void => {
    for (const stream of streams) stream.schedule();
  };
  return {
    corruptReplayIds: () => bus.log.forgetIds(),
    expireEvents: () => bus.log.expireAll(),
    dropStreams(code = status.UNAVAILABLE) {
      const all = [...streams];
      for (const stream of all) stream.fail(grpcError(code, 'The stream was closed.'));
      return all.length;
    },
    silence() {
      rules.silent = true;
    },
    speak() {
      rules.silent = false;
      lookAgain();
    },
    loseEvents: (count) => bus.lose(count),
    publishGap: (object, type, recordIds) => bus.appendGap(object, type, recordIds),
    publishOverflow: (object) => bus.appendOverflow(object),
    exhaustDeliveries() {
      rules.deliveries = 0;
      for (const stream of [...streams]) stream.fail(refusal('subscription.limit.exceeded'));
    },
    restoreDeliveries() {
      rules.deliveries = Number.POSITIVE_INFINITY;
    },
    delay(ms) {
      rules.delayMs = ms;
      lookAgain();
    },
  };
}
