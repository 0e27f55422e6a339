// What a plan would write, in words and field by field, for somebody who reads it before it happens (B16).
import type { SyncConfig } from '../../model/config.ts';
import type { Canonical } from '../../model/link.ts';
import { say, type Message } from '../../model/message.ts';
import type { Delivery, Plan, Write } from '../../model/plan.ts';

export interface NowChange {
  /** Label of the field on the side that is written. */
  field: string;
  before: Canonical;
  after: Canonical;
}

export interface NowWrite {
  side: 'salesforce' | 'sellfire';
  message: Message;
  changes: NowChange[];
}

export interface Now {
  messages: Message[];
  writes: NowWrite[];
}

/** Both sides of a pair write four records at most: a person, an Account, the lead, and what a transaction adds. */
export function nowOf({ config, isRunning }: { config: SyncConfig; isRunning: boolean }, plan: Plan): Now {
  const writes = plan.writes.flatMap((write) => writeOf(config, write));
  if (writes.length === 0) return { messages: [say('whyNowNothing')], writes };
  const messages = writes.map(({ message }) => message);
  return { messages: isRunning ? messages : [...messages, say('whyNowHeld')], writes };
}

function writeOf(config: SyncConfig, write: Write): NowWrite[] {
  switch (write.kind) {
    case 'createInSellfire':
      return [{ side: 'sellfire', message: say('whyNowLead'), changes: changesOf(config, write.deliveries) }];
    case 'createInSalesforce': {
      const { object, deliveries } = write;
      return [
        {
          side: 'salesforce',
          message: say('whyNowRecord', { object }),
          changes: changesOf(config, deliveries, object),
        },
      ];
    }
    case 'updateInSellfire': {
      const count = write.deliveries.length;
      const message = count === 0 ? say('whyNowLinkLead') : say('whyNowUpdateLead', { count });
      return [{ side: 'sellfire', message, changes: changesOf(config, write.deliveries) }];
    }
    case 'updateInSalesforce': {
      const { object, deliveries } = write;
      const count = deliveries.length;
      const message = count === 0 ? say('whyNowLinkRecord', { object }) : say('whyNowUpdateRecord', { count, object });
      return [{ side: 'salesforce', message, changes: changesOf(config, deliveries, object) }];
    }
    // A demo, a sale and an activity come of an event; no comparison makes one.
    default:
      return [];
  }
}

const changesOf = (config: SyncConfig, deliveries: readonly Delivery[], object?: string): NowChange[] =>
  deliveries.map(({ field, before = null, value }) => ({
    field: labelOf(config, field, object),
    before,
    after: value,
  }));

function labelOf({ objects, catalogue }: SyncConfig, name: string, object: string | undefined): string {
  const label =
    object === undefined
      ? catalogue.find((field) => field.object === 'lead' && field.name === name)?.label
      : objects[object]?.fields[name]?.label;
  return label ?? name;
}
