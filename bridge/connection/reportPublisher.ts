// Publishes the report rows of the outbox: up to 200 in one call over Pub/Sub, which costs no REST call. Each row has its own id,
// so a row that is published twice is stored once (M31).
import { cutText } from '../model/text.ts';
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import { PeerError, policyOf } from '../model/fault.ts';
import type { PackageNames, SalesforceFields } from '../model/salesforce.ts';
import type { Publisher } from '../salesforce/pubsub/publisher.ts';
import { packageTopics, withPrefix } from '../salesforce/org/topics.ts';
import type { OutboxReport, Store } from '../store/store.ts';
import { UNWATCHED, type Watch } from './retry.ts';

/** Events in one publish call (Pub/Sub API, "Publish": 200 is recommended). */
const BATCH = 200;
/** The interval of retries, which also finds rows whose wake was lost. */
const AGAIN_MS = 5_000;
/** Rows that are added within this time are published in one call. */
const GATHER_MS = 50;
/** Characters of a long text field of the package. */
const LONG_TEXT = 32_768;
const CHANGES_TEXT = 131_072;

export interface ReportPublisher {
  /** Call it after rows are added. */
  wake(): void;
  /** Resolves when the call under way has ended. Remaining rows are published after the next start. */
  stop(): Promise<void>;
}

export interface ReportOptions {
  store: Pick<Store, 'reports' | 'dropReports'>;
  connection: string;
  publisher: Pick<Publisher, 'publish'>;
  names: () => PackageNames;
  /** Has the status say that it fails. */
  attempts?: Watch;
  logger: Logger;
  timer?: Timer;
}

export function startReportPublisher(options: ReportOptions): ReportPublisher {
  const { store, connection, publisher, names, logger, attempts = UNWATCHED, timer = systemTimer } = options;
  let stopped = false;

  async function publishAll(): Promise<void> {
    while (!stopped) {
      const rows = await store.reports(connection, BATCH);
      if (rows.length === 0) return;
      const results = await publisher.publish(
        packageTopics(names()).reports,
        rows.map((row) => withPrefix(names(), reportFields(row))),
      );
      const done = rows.filter((row, index) => {
        const result = results[index];
        if (result?.ok) return true;
        // A row that the org always refuses must not block the others. The log records it.
        if (!result || policyOf(result.fault).isRetried) return false;
        logger.error(
          { event: 'report_refused', report: row.id, code: result.fault.code, message: result.fault.message },
          'A report row was refused',
        );
        attempts.note('a report row, which the org refused', new PeerError('salesforce', result.fault));
        return true;
      });
      await store.dropReports(
        connection,
        done.map((row) => row.id),
      );
      if (done.length < rows.length)
        throw new Error(`${rows.length - done.length} of ${rows.length} rows were not published`);
    }
  }

  const publishing = every({
    ms: AGAIN_MS,
    work: attempts.watch('the publishing of integration reports', publishAll),
    onFailure: (error) =>
      logger.warn(
        { event: 'reports_not_published', err: error },
        'Reports could not be published; they are tried again',
      ),
    timer,
  });
  publishing.within(0);
  return {
    wake: () => publishing.within(GATHER_MS),
    stop() {
      stopped = true;
      return publishing.stop();
    },
  };
}

/** The row in the package's field names, without the namespace. */
export function reportFields(report: OutboxReport): SalesforceFields {
  return {
    Report_Id__c: report.id,
    Occurred_At__c: new Date(report.occurredAt).toISOString(),
    Direction__c: report.direction,
    Event__c: report.event,
    Outcome__c: report.outcome,
    Code__c: report.code || null,
    Reason__c: cutText(report.reason, LONG_TEXT) || null,
    Messages__c: messagesText(report),
    Sellfire_Lead_Id__c: report.sellfireLeadId,
    Sellfire_Record_Id__c: report.sellfireRecordId ?? null,
    Sync_Request_Id__c: report.requestId ?? null,
    Salesforce_Object__c: report.salesforceObject,
    Salesforce_Record_Id__c: report.salesforceRecordId,
    Changes__c: changesText(report),
  };
}

/** The reason for readers of other languages, as JSON; where it is too long, they have the English text alone. */
function messagesText({ messages = [] }: OutboxReport): string | null {
  if (messages.length === 0) return null;
  const text = JSON.stringify(messages);
  return text.length <= LONG_TEXT ? text : null;
}

/** The changes of each field as JSON. Where the text is too long, all values are left out and a note takes their place. */
function changesText({ changes }: OutboxReport): string | null {
  if (changes.length === 0) return null;
  const text = JSON.stringify(changes);
  if (text.length <= CHANGES_TEXT) return text;
  return JSON.stringify(changes.map(({ field }) => ({ field, after: '(too long to show)' })));
}
