// Tells the org every minute how the bridge is: an event with the whole state, which a flow of the package keeps as the
// Bridge_Status__c. One that is lost is replaced by the next.
import type { Logger } from 'pino';
import { every, type Every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import type { PackageNames } from '../model/salesforce.ts';
import { packageTopics, withPrefix } from '../salesforce/org/topics.ts';
import type { Publisher } from '../salesforce/pubsub/publisher.ts';
import { statusFields, type Snapshot } from './status.ts';

/** Often enough to notice that the bridge died, and 1,440 publishes a day. */
export const HEARTBEAT_MS = 60_000;

export interface HeartbeatOptions {
  publisher: Pick<Publisher, 'publish'>;
  /** @throws BridgeError while the configuration was never read */
  names: () => PackageNames;
  snapshot: () => Promise<Snapshot>;
  about: { connectedAs: string; orgName: string; version: string };
  /** Keeps what was counted since the last one. */
  save: () => Promise<void>;
  logger: Logger;
  timer?: Timer;
}

/** Begins when it is asked to; what fails is logged, and the next one comes in a minute. */
export function createHeartbeat(options: HeartbeatOptions): Every {
  const { publisher, names, snapshot, about, save, logger, timer = systemTimer } = options;
  return every({
    ms: HEARTBEAT_MS,
    async work() {
      const fields = statusFields(await snapshot(), about, timer.now());
      await publisher.publish(packageTopics(names()).status, [withPrefix(names(), fields)]);
      await save();
    },
    onFailure: (error) =>
      logger.warn({ event: 'status_not_published', err: error }, 'The org could not be told how the bridge is'),
    timer,
  });
}
