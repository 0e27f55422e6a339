// Every fault switch of the local org and of the local Sellfire, to be on for a while, one after another.
import { status } from '@grpc/grpc-js';
import type { FaultKind } from '../salesforce/faults.ts';
import type { Stack } from '../helpers/stack.ts';
import type { Random } from '../sellfire/random.ts';
import type { Ledger } from './ledger.ts';

export interface Switch {
  name: string;
  on(stack: Stack, ledger: Ledger, random: Random): void;
  off(stack: Stack): void;
  /** What it does at once is done again and again while it is on. */
  repeats?: boolean;
}

/** Of the kinds of the org's REST faults, those of bulk jobs are left out: nothing here runs one. */
const REST: FaultKind[] = [
  'session-expired',
  'request-limit',
  'too-many-requests',
  'server-error',
  'unavailable',
  'slow',
  'drop-before',
  'drop-after',
];
const SLOW_MS = 400;
const LOCKED = 10;

const someRecords = (ledger: Ledger, random: Random, object: string, count: number): string[] => {
  const ids = [...ledger.records].filter(([, record]) => record.object === object).map(([id]) => id);
  return ids.length === 0 ? [] : Array.from({ length: count }, () => random.pick(ids));
};
const nothing = (): void => {};

const rest = (kind: FaultKind): Switch => ({
  name: `REST: ${kind}`,
  on: ({ org }) => org.org.faults.add({ kind, times: null, ms: SLOW_MS, retryAfter: 1 }),
  off: ({ org }) => org.org.faults.clear(),
});

export const SWITCHES: readonly Switch[] = [
  // First, since what follows it goes on for minutes: events are asked for again with growing waits.
  {
    name: 'events: allocation used up',
    on: ({ org }) => org.pubsub.faults.exhaustDeliveries(),
    off: ({ org }) => org.pubsub.faults.restoreDeliveries(),
  },
  ...REST.map(rest),
  {
    name: 'REST: lock-row',
    on: ({ org }, ledger, random) =>
      org.org.faults.add({ kind: 'lock-row', times: null, recordIds: someRecords(ledger, random, 'Lead', LOCKED) }),
    off: ({ org }) => org.org.faults.clear(),
  },
  {
    name: 'events: streams dropped',
    on: ({ org }) => void org.pubsub.faults.dropStreams(status.UNAVAILABLE),
    off: nothing,
    repeats: true,
  },
  {
    name: 'events: silence',
    on: ({ org }) => org.pubsub.faults.silence(),
    off: ({ org }) => org.pubsub.faults.endSilence(),
  },
  {
    name: 'events: delayed',
    on: ({ org }) => org.pubsub.faults.delay(SLOW_MS),
    off: ({ org }) => org.pubsub.faults.delay(0),
  },
  { name: 'events: lost', on: ({ org }) => org.pubsub.faults.loseEvents(1), off: nothing, repeats: true },
  {
    name: 'events: gaps',
    on({ org }, ledger, random) {
      const ids = someRecords(ledger, random, 'Lead', 1);
      if (ids.length > 0) org.pubsub.faults.publishGap('Lead', 'UPDATE', ids);
    },
    off: nothing,
    repeats: true,
  },
  { name: 'events: overflow', on: ({ org }) => org.pubsub.faults.publishOverflow('Lead'), off: nothing, repeats: true },
  { name: 'events: replay ids refused', on: ({ org }) => org.pubsub.faults.corruptReplayIds(), off: nothing },
  { name: 'events: expired', on: ({ org }) => org.pubsub.faults.expireEvents(), off: nothing },
  {
    name: 'events: Lead deselected',
    on: ({ org }) => org.pubsub.faults.deselect('Lead'),
    off: ({ org }) => org.pubsub.faults.reselect(),
  },
  ...(['unavailable', 'rate_limited', 'cut'] as const).map((name): Switch => ({
    name: `Sellfire: ${name}`,
    on: ({ sellfire }) => void sellfire.faults.set({ [name]: 1_000_000 }),
    off: ({ sellfire }) => void sellfire.faults.set({ [name]: 0 }),
  })),
  {
    name: 'Sellfire: slow',
    on: ({ sellfire }) => void sellfire.faults.set({ latency_ms: SLOW_MS }),
    off: ({ sellfire }) => void sellfire.faults.set({ latency_ms: 0 }),
  },
];
