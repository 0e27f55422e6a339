// Publishes the progress of a request to the org as Sync_Progress__e events. Each event carries the whole state, so a
// lost or late one does no harm. A flow of the package stores them on the Sync_Request__c.
import { cutText } from '../model/text.ts';
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import type { PackageNames, SalesforceFields } from '../model/salesforce.ts';
import type { Publisher } from '../salesforce/pubsub/publisher.ts';
import { packageTopics, withPrefix } from '../salesforce/org/topics.ts';
import type { Counts } from './request.ts';

export type Status = 'Running' | 'Stopping' | 'Stopped' | 'Done' | 'Failed';

export interface State extends Counts {
  status: Status;
  /** A sentence; empty while the request runs. */
  result: string;
  /** For the page; absent while the request runs, and where it has none. */
  data?: Record<string, unknown> | undefined;
}

/**
 * The least time between two events, in ms: a person sees no more, and an hour of events stays far below the org's
 * hourly publishes.
 */
const EVERY_MS = 1_000;
/** The length of Result__c and of Result_Data__c in characters. */
const RESULT_LENGTH = 32_768;
const DATA_LENGTH = 131_072;

export interface Progress {
  /** Published soon; intermediate states are skipped. */
  report(state: State): void;
  /**
   * Published now.
   * @throws PeerError, or the org's refusal
   */
  settle(state: State): Promise<void>;
}

export function createProgress(
  requestId: string,
  publisher: Pick<Publisher, 'publish'>,
  names: () => PackageNames,
  logger: Logger,
): Progress {
  let latest: State | undefined;

  async function publish(state: State): Promise<void> {
    const fields = withPrefix(names(), progressFields(requestId, state, Date.now()));
    const [result] = await publisher.publish(packageTopics(names()).progress, [fields]);
    if (result && !result.ok) throw new Error(`${result.fault.code}: ${result.fault.message}`);
  }

  const publishing = every({
    ms: Infinity,
    async work() {
      const due = latest;
      latest = undefined;
      if (due) await publish(due);
    },
    onFailure: (error) =>
      logger.warn(
        { event: 'progress_not_published', err: error, request: requestId },
        'The progress of a request could not be published to the org',
      ),
  });

  return {
    report(state) {
      latest = state;
      publishing.within(EVERY_MS);
    },
    async settle(state) {
      // The final state is published last.
      await publishing.stop();
      await publish(state);
    },
  };
}

/** The event by field names without the namespace. */
export function progressFields(requestId: string, state: State, now: number): SalesforceFields {
  const { status, total, done, failed, result, data } = state;
  const text = data === undefined ? '' : JSON.stringify(data);
  const share = total === undefined || total === 0 ? null : Math.min(100, Math.floor((done / total) * 100));
  return {
    Request_Id__c: requestId,
    Status__c: status,
    Progress__c: status === 'Done' ? 100 : share,
    Total__c: total ?? null,
    Done__c: done,
    Failed__c: failed,
    Result__c: cutText(result, RESULT_LENGTH) || null,
    // Truncated JSON cannot be parsed.
    Result_Data__c: text.length > DATA_LENGTH ? null : text || null,
    Reported_At__c: new Date(now).toISOString(),
  };
}
