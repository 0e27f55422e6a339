// Publishes the state of the bridge to the org every minute: an event with the whole state, which a flow of the package stores in
// Bridge_Status__c. A lost event is replaced by the next one.
import type { Logger } from 'pino';
import { every, type Every } from '../../lib/every.ts';
import { systemTimer, type Timer } from '../../lib/timer.ts';
import type { AlertMessage } from '../../model/alert.ts';
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';
import { cutText, oneLine } from '../../model/text.ts';
import { packageTopics, withPrefix } from '../../salesforce/org/topics.ts';
import type { Publisher } from '../../salesforce/pubsub/publisher.ts';
import type { SavedConnection } from '../savedConnection.ts';
import { statusFields } from './statusFields.ts';
import type { Snapshot } from './snapshot.ts';
import type { StoreMark } from '../storeMark.ts';

/** Often enough to notice that the bridge died, and 1,440 publishes a day. */
export const HEARTBEAT_MS = 60_000;

export interface HeartbeatOptions {
  org: { pubsub: Pick<Publisher, 'publish'> };
  /** @throws BridgeError while the configuration was never read */
  config: () => { names: PackageNames };
  snapshot: () => Promise<Snapshot>;
  storeMark: Pick<StoreMark, 'next'>;
  saved: Pick<SavedConnection, 'username' | 'orgName'>;
  /** Of the bridge. */
  version: string;
  /** Which process leads and which stand by, in a sentence. */
  processes?: (() => string | undefined) | undefined;
  /** The alert that the bell rings for, when it is not the one that the org has already. */
  alert: () => AlertMessage | undefined;
  /** Saves what was counted since the last event. */
  save: () => Promise<void>;
  logger: Logger;
  timer?: Timer;
}

export interface Heartbeat extends Every {
  /** Publishes the state with the alert. @throws PeerError, or Error while nothing can be published */
  ring(alert: AlertMessage): Promise<void>;
  /** Publishes the state now. Never rejects: a failure is logged. */
  publish(): Promise<void>;
}

/** Starts with the first call of `within` or `publish`. A failed event is logged; the next one follows in a minute. */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const {
    org,
    config,
    snapshot,
    storeMark,
    saved,
    version,
    processes,
    alert,
    save,
    logger,
    timer = systemTimer,
  } = options;
  const about = { connectedAs: saved.username, orgName: saved.orgName, version };
  const onFailure = (error: unknown): void =>
    logger.warn(
      { event: 'status_not_published', err: error },
      'The status of the bridge could not be published to the org',
    );
  /** The id of the alert of the last event. */
  let published: string | undefined;
  const publishing = every({
    ms: HEARTBEAT_MS,
    async work() {
      const mark = await storeMark.next();
      // What the org shows of an earlier run is compared first.
      if (mark === undefined) return;
      const { names } = config();
      const rings = alert();
      const status = statusFields(await snapshot(), { ...about, processes: processes?.() }, timer.now());
      const fields = { ...status, ...bellFields(rings), Store_Mark__c: mark };
      await org.pubsub.publish(packageTopics(names).status, [withPrefix(names, fields)]);
      published = rings?.id;
      await save();
    },
    onFailure,
    timer,
  });
  return {
    ...publishing,
    publish: () => publishing.run().catch(onFailure),
    async ring({ id }) {
      await publishing.run();
      if (published !== id) throw new Error('The status of the bridge cannot be published yet.');
    },
  };
}

/** A flow of the package rings the bell when the key is another one than before. */
function bellFields(alert: AlertMessage | undefined): SalesforceFields {
  if (!alert) return {};
  return {
    Alert_Key__c: cutText(alert.id, 120),
    Alert_Title__c: cutText(oneLine(alert.title), 120),
    Alert_Text__c: cutText(alert.text, 255),
  };
}
