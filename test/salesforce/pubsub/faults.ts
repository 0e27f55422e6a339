// The bad days of an event bus, each behind one switch: tests turn them to see what a subscriber does.
import { status } from '@grpc/grpc-js';
import { z } from 'zod';
import type { EventBus } from './bus.ts';
import type { ChannelMember } from './channels.ts';
import { grpcError, refusal } from './errors.ts';
import { changeEventName } from './schemas.ts';
import type { StreamRules, Subscription } from './subscription.ts';

export interface PubSubFaults {
  /** Every replay id given so far is refused from now on; the events are still there (an org that moved). */
  corruptReplayIds(): void;
  /** Every event so far is gone, with its replay id (72 hours passed). */
  expireEvents(): void;
  /** Ends every stream with this gRPC status; new ones are accepted. @returns how many there were */
  dropStreams(code?: status): number;
  /** Streams stay open and say nothing, not even keepalives, until `endSilence`. */
  silence(): void;
  endSilence(): void;
  /** The next so many events never reach the bus. */
  loseEvents(count: number): void;
  /** A header without a body: something happened to these records. */
  publishGap(object: string, type: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE', recordIds: string[]): void;
  /** More changes of this object in one transaction than there are events for. */
  publishOverflow(object: string): void;
  /** The delivery allocation is used up: streams end, new ones are refused, until it is restored. */
  exhaustDeliveries(): void;
  restoreDeliveries(): void;
  /** Holds every event back for so many ms. */
  delay(ms: number): void;
  /** An administrator takes the object out of Change Data Capture: its events stop, and no subscriber gets a notice. */
  deselect(object: string): void;
  /** Undoes every `deselect`. */
  reselect(): void;
}

/** A switch as it is turned over HTTP: its name, and what the method of this name takes. */
export const pubSubFaultSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('corruptReplayIds') }),
  z.strictObject({ name: z.literal('expireEvents') }),
  z.strictObject({ name: z.literal('dropStreams'), code: z.enum(status).optional() }),
  z.strictObject({ name: z.literal('silence') }),
  z.strictObject({ name: z.literal('endSilence') }),
  z.strictObject({ name: z.literal('loseEvents'), count: z.number().int().positive() }),
  z.strictObject({
    name: z.literal('publishGap'),
    object: z.string(),
    type: z.enum(['CREATE', 'UPDATE', 'DELETE', 'UNDELETE']),
    recordIds: z.array(z.string()).min(1),
  }),
  z.strictObject({ name: z.literal('publishOverflow'), object: z.string() }),
  z.strictObject({ name: z.literal('exhaustDeliveries') }),
  z.strictObject({ name: z.literal('restoreDeliveries') }),
  z.strictObject({ name: z.literal('delay'), ms: z.number().int().nonnegative() }),
  z.strictObject({ name: z.literal('deselect'), object: z.string() }),
  z.strictObject({ name: z.literal('reselect') }),
]);

export type PubSubFault = z.output<typeof pubSubFaultSchema>;

/** @returns how many streams were dropped, or null for every other switch */
export function turn(faults: PubSubFaults, fault: PubSubFault): number | null {
  switch (fault.name) {
    case 'dropStreams':
      return faults.dropStreams(fault.code);
    case 'loseEvents':
      faults.loseEvents(fault.count);
      break;
    case 'publishGap':
      faults.publishGap(fault.object, fault.type, fault.recordIds);
      break;
    case 'publishOverflow':
    case 'deselect':
      faults[fault.name](fault.object);
      break;
    case 'delay':
      faults.delay(fault.ms);
      break;
    default:
      faults[fault.name]();
  }
  return null;
}

export function createFaults(
  bus: EventBus,
  rules: StreamRules & { deliveries: number },
  streams: ReadonlySet<Subscription>,
): PubSubFaults {
  const deselected: ChannelMember[] = [];
  const reschedule = (): void => {
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
    endSilence() {
      rules.silent = false;
      reschedule();
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
      reschedule();
    },
    deselect: (object) => void deselected.push(...bus.channels.deselect(changeEventName(object))),
    reselect() {
      for (const member of deselected.splice(0)) bus.channels.select(member);
    },
  };
}
