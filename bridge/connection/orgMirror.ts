// Keeps the bridge's records in the org up to date: the status of each mapping, the catalogue of Sellfire's fields and the list of its
// reps, after every configuration read that changes them; and deletes reports that are older than the admin set. It runs in the background and
// retries what fails.
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import type { Backoff } from '../lib/backoff.ts';
import { every, type Every } from '../lib/every.ts';
import { steadyNow, systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import { DAY_MS, HOUR_MS } from '../model/durations.ts';
import { PeerError, policyOf, type Fault } from '../model/fault.ts';
import type { Rep } from '../model/rep.ts';
import type { Report } from '../model/report.ts';
import { mirrorCatalogue } from '../salesforce/org/fieldCatalogue.ts';
import type { ConfigurationProblem } from '../salesforce/org/configurationRecords.ts';
import { mirrorReps } from '../salesforce/org/repList.ts';
import { deleteOldReports } from '../salesforce/org/retention.ts';
import { writeStatuses, type StatusRow } from '../salesforce/org/mappingStatuses.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import type { FeedEvent } from '../sellfire/events.ts';
import type { FeedStore } from '../sellfire/continuation.ts';
import { mappingStatuses } from '../sync/mapping/status.ts';
import { createKnownSigns } from './driftSigns.ts';
import { UNWATCHED, type Watch } from './retry.ts';

/** No event reports a field that was created, hidden or deleted in the org: a read of some ten calls, 960 a day. */
const REREAD_MS = 15 * 60_000;
/** A refusal that names a field is a sign of it too; a refusal of a change from before the last read is no new sign. */
const AFTER_READ_MS = 5_000;
/** Nothing depends on it at once, so a failed attempt leaves the API calls to other work for five minutes. */
const FAILED_MS = 5 * 60_000;
const FAILED: Backoff = { first: FAILED_MS, longest: FAILED_MS };

/** Codes with which Salesforce or Sellfire refuses a value when the field, or the currencies, have changed. */
const FIELD_CODES = [
  'INVALID_FIELD',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
  'INVALID_TYPE_ON_FIELD_IN_RECORD',
  'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
  'REQUIRED_FIELD_MISSING',
  'STRING_TOO_LONG',
  'NUMBER_OUTSIDE_VALID_RANGE',
  'INVALID_EMAIL_ADDRESS',
  'MALFORMED_ID',
  'JSON_PARSER_ERROR',
  'UNKNOWN_FIELD',
  'READ_ONLY_FIELD',
  'UNKNOWN_OPTION',
  'CURRENCY_MISSING',
  'OBJECT_NOT_CREATEABLE',
  'RECORD_TYPE_UNAVAILABLE',
];

export interface OrgMirror {
  /** Writes what the configuration changes in the org. Resolves when that is written, or has failed and is to be retried. */
  read(config: SyncConfig, problems: readonly ConfigurationProblem[]): Promise<void>;
  /** Reads the configuration again where a report row shows that a field has changed. */
  onReports(reports: readonly Report[]): void;
  start(): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface OrgMirrorOptions {
  /** Deferrable calls. */
  rest: Rest;
  /** Sellfire's reps, deleted ones included. @throws PeerError */
  reps: () => Promise<readonly Rep[]>;
  /** Reads the configuration again. */
  reload: () => void;
  /** Has the status say that it fails. */
  attempts?: Watch;
  logger: Logger;
  timer?: Timer;
}

export function createOrgMirror(options: OrgMirrorOptions): OrgMirror {
  const { rest, reps, reload, logger, attempts = UNWATCHED, timer = systemTimer } = options;
  let latest: { config: SyncConfig; statuses: StatusRow[] } | undefined;
  /** What was last written, so that an unchanged configuration costs no call. */
  const lastWritten = { statuses: '', catalogue: '', reps: '' };
  const signs = createKnownSigns(timer);
  let readAt = -Infinity;
  let reportsMs = DAY_MS;
  let stopped = false;

  const queue = new PQueue({ concurrency: 1 });
  const logFailure = (what: string) => (error: unknown) =>
    logger.warn({ event: 'mirror_failed', err: error, retryMs: FAILED_MS }, `${what} failed; it is tried again`);
  const task = (what: string, work: () => Promise<void>, ms: () => number = () => Infinity): Every =>
    every({
      ms,
      backoff: FAILED,
      work: attempts.watch(what, () => queue.add(async () => stopped || work())),
      onFailure: logFailure(what),
      timer,
    });
  const statuses = task('Writing the status of mappings', writeChangedStatuses);
  const fields = task("Writing Sellfire's fields", writeChangedCatalogue);
  const repList = task("Writing Sellfire's reps", writeChangedReps);
  const reports = task('Deleting old reports', deleteReports, () => reportsMs);
  const rereading = task('Reading the configuration anew', async () => reload());

  /** What was refused for good is not tried again until it changes. */
  function noteRefusal(what: string, fault: Fault | undefined): void {
    attempts.note(what, fault && new PeerError('salesforce', fault));
  }

  async function writeChangedStatuses(): Promise<void> {
    if (!latest) return;
    const { config, statuses } = latest;
    const text = JSON.stringify(statuses);
    if (text === lastWritten.statuses) return;
    const { written, refused } = await writeStatuses(rest, config.names, statuses);
    mustBeFinal(refused);
    lastWritten.statuses = text;
    noteRefusal('the status of mappings', refused[0]);
    if (written > 0) logger.info({ event: 'mapping_status_written', written }, 'The status of mappings was written');
    for (const fault of refused)
      logger.warn(
        { event: 'mapping_status_refused', code: fault.code, message: fault.message },
        'The status of a mapping was refused',
      );
  }

  async function writeChangedCatalogue(): Promise<void> {
    if (!latest) return;
    const { names, catalogue } = latest.config;
    const text = JSON.stringify(catalogue);
    if (text === lastWritten.catalogue) return;
    const { added, changed, removed, refused } = await mirrorCatalogue(rest, names, catalogue);
    mustBeFinal(refused.map(({ fault }) => fault));
    lastWritten.catalogue = text;
    noteRefusal("the list of Sellfire's fields", refused[0]?.fault);
    if (added.length + changed.length + removed.length > 0)
      logger.info({ event: 'catalogue_written', added, changed, removed }, "Sellfire's fields were written to the org");
    for (const { key, fault } of refused)
      logger.warn(
        { event: 'catalogue_field_refused', key, code: fault.code, message: fault.message },
        'A field of the catalogue was refused',
      );
  }

  async function writeChangedReps(): Promise<void> {
    if (!latest) return;
    const list = await reps();
    const text = JSON.stringify(list);
    if (list.length === 0 || text === lastWritten.reps) return;
    const { added, changed, removed, refused } = await mirrorReps(rest, latest.config.names, list);
    mustBeFinal(refused.map(({ fault }) => fault));
    lastWritten.reps = text;
    noteRefusal("the list of Sellfire's reps", refused[0]?.fault);
    if (added.length + changed.length + removed.length > 0)
      logger.info({ event: 'reps_written', added, changed, removed }, "Sellfire's reps were written to the org");
    for (const { key, fault } of refused)
      logger.warn(
        { event: 'rep_refused', key, code: fault.code, message: fault.message },
        'A rep of the list was refused',
      );
  }

  async function deleteReports(): Promise<void> {
    if (!latest) return;
    const { names, settings } = latest.config;
    const { deleted, refused, more } = await deleteOldReports(rest, names, timer.now() - settings.reportDays * DAY_MS);
    if (deleted > 0)
      logger.info({ event: 'reports_deleted', deleted, days: settings.reportDays, more }, 'Old reports were deleted');
    const [fault] = refused;
    noteRefusal('the deletion of old reports', fault);
    if (fault)
      logger.warn(
        { event: 'reports_not_deleted', code: fault.code, message: fault.message, count: refused.length },
        'Old reports were not deleted',
      );
    // An hour while a run leaves reports for the next one: 240,000 rows a day.
    reportsMs = more ? HOUR_MS : DAY_MS;
  }

  return {
    async read(config, problems) {
      readAt = steadyNow(timer);
      latest = { config, statuses: statusRows(config, problems) };
      rereading.after(REREAD_MS);
      await Promise.all([
        statuses.run().catch(logFailure('Writing the status of mappings')),
        fields.run().catch(logFailure("Writing Sellfire's fields")),
        repList.run().catch(logFailure("Writing Sellfire's reps")),
      ]);
    },
    onReports(rows) {
      if (steadyNow(timer) - readAt < AFTER_READ_MS) return;
      const found = rows.filter(({ code }) => FIELD_CODES.includes(code)).map(signOf);
      if (found.filter(signs.isNew).length === 0) return;
      readAt = steadyNow(timer);
      reload();
    },
    start() {
      reports.within(0);
    },
    async stop() {
      stopped = true;
      await Promise.all([statuses, fields, repList, reports, rereading].map((one) => one.stop()));
    },
  };
}

/** Refusals with one sign have one cause. */
const signOf = ({ code, salesforceObject, changes }: Report): string =>
  [code, salesforceObject, ...changes.map(({ field }) => field).toSorted()].join(' ');

/** A locked row, or a call that failed as a whole, is retried; a refusal that will not change is only logged. @throws PeerError */
function mustBeFinal(faults: readonly Fault[]): void {
  const curable = faults.find((fault) => policyOf(fault).isRetried);
  if (curable) throw new PeerError('salesforce', curable);
}

/** A mapping record that cannot be parsed has the status Issue as well. */
function statusRows(config: SyncConfig, problems: readonly ConfigurationProblem[]): StatusRow[] {
  return [
    ...mappingStatuses(config).map(({ mapping, status, reason }) => ({ id: mapping.id, status, reason })),
    ...problems.map(({ recordId: id, reason }) => ({ id, status: 'Issue' as const, reason })),
  ];
}

/** The same store, which calls `changed` after it has stored an event that the catalogue has changed. */
export function notifyingOfCatalogue(store: FeedStore, changed: () => void): FeedStore {
  return {
    ...store,
    async append(events: FeedEvent[], sequence?: number) {
      await store.append(events, sequence);
      if (events.some(({ type }) => type === 'catalogue.changed')) changed();
    },
  };
}
