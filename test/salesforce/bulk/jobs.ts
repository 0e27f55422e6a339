// The jobs of the Bulk API 2.0: what is asked, how far it has come, and the turns in which it is worked on. A job never
// runs inside the request that starts it, and every step of it leaves room for other requests.
import { idAt } from '../ids.ts';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import type { TransactionContext } from '../transaction.ts';
import type { Tables } from '../tables.ts';
import { instant } from '../values.ts';
import type { CsvFormat } from './csv.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';

export interface Job extends CsvFormat {
  /** 18 characters. */
  id: string;
  kind: 'ingest' | 'query';
  operation: string;
  object: string;
  userId: string;
  /** `67.0` */
  version: string;
  context: TransactionContext;
  state: JobState;
  /** ISO, whole seconds. */
  createdAt: string;
  changedAt: string;
  /** Records dealt with, failed ones included. */
  processed: number;
  failed: number;
  errorMessage?: string;
}

/** One step of a job; true when there is nothing left to do. */
export type Step = () => boolean;

const OVER: ReadonlySet<JobState> = new Set(['JobComplete', 'Aborted', 'Failed']);
/** Between the steps of a job, ms: long enough for a client to see a job in progress, too short to wait for. */
const PAUSE_MS = 5;

/** The jobs of each org, whoever asked for them through whichever view of it. */
const jobsOf = new WeakMap<Tables, { opened: number; byId: Map<string, Job> }>();
/** Lets a user see the jobs of others. */
const ALL_JOBS = 'ManageDataIntegrations';

export class JobStore<J extends Job> {
  private readonly jobs: { opened: number; byId: Map<string, Job> };
  private readonly org: Org;
  private readonly kind: Job['kind'];

  constructor(org: Org, kind: J['kind']) {
    this.org = org;
    this.kind = kind;
    this.jobs = jobsOf.get(org.tables) ?? { opened: 0, byId: new Map() };
    jobsOf.set(org.tables, this.jobs);
  }

  add(job: Omit<J, 'id' | 'createdAt' | 'changedAt' | 'processed' | 'failed'>): J {
    const now = instant(this.org.clock());
    this.jobs.opened += 1;
    const own = { id: idAt('750', this.jobs.opened), createdAt: now, changedAt: now, processed: 0, failed: 0 };
    const made = { ...job, ...own } as J;
    this.jobs.byId.set(made.id, made);
    return made;
  }

  /** @throws PlatformError NOT_FOUND, also for what is somebody else's */
  get(id: string, userId: string): J {
    const job = this.list(userId).find((other) => other.id === id || (id.length === 15 && other.id.startsWith(id)));
    if (job) return job;
    throw new PlatformError('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
  }

  /** Of this kind, and the user's own where he has not the permission to see all. */
  list(userId: string): J[] {
    const access = this.org.access.of(userId);
    const all = access.all || access.has(ALL_JOBS);
    return [...this.jobs.byId.values()].filter(
      (job): job is J => job.kind === this.kind && (all || job.userId === userId),
    );
  }

  setState(job: J, state: JobState, errorMessage?: string): void {
    job.state = state;
    job.changedAt = instant(this.org.clock());
    if (errorMessage !== undefined) job.errorMessage = errorMessage;
  }

  /** @throws PlatformError where the job is over already */
  abort(job: J): void {
    if (OVER.has(job.state)) throw invalidState(`Aborting already ${job.state} job is not allowed`);
    this.setState(job, 'Aborted');
  }

  /** @throws PlatformError where the job is neither over nor waiting */
  remove(job: J): void {
    if (!OVER.has(job.state) && job.state !== 'UploadComplete') {
      throw new PlatformError('API_ERROR', 'Error encountered when deleting the job because the job is not terminated');
    }
    this.jobs.byId.delete(job.id);
    this.setState(job, 'Aborted');
  }

  /** Works on the job in turns until it is done, aborted, or fails. `prepare` makes its steps, and may refuse its data. */
  start(job: J, prepare: () => Step): void {
    this.setState(job, 'UploadComplete');
    let step: Step | undefined;
    const turn = (): void => {
      if (OVER.has(job.state)) return;
      try {
        const fault = this.org.faults.strikeJob(job.object);
        if (job.state === 'UploadComplete') this.setState(job, 'InProgress');
        if (fault?.kind === 'bulk-fail') throw new Error('InternalServerError : An internal error stopped the job');
        step ??= prepare();
        if (fault?.kind === 'bulk-slow') return this.at(this.org.clock() + fault.ms, turn);
        if (step()) return this.setState(job, 'JobComplete');
        later(turn, PAUSE_MS);
      } catch (error) {
        // Whatever it was, the job has failed and the process goes on.
        this.setState(job, 'Failed', error instanceof Error ? error.message : String(error));
      }
    };
    later(turn, PAUSE_MS);
  }

  /** By the org's clock, which may be one that a test moves. */
  private at(time: number, turn: () => void): void {
    later(() => (this.org.clock() >= time ? turn() : this.at(time, turn)), PAUSE_MS);
  }
}

function later(turn: () => void, ms: number): void {
  setTimeout(turn, ms).unref();
}

export function isOver(job: Job): boolean {
  return OVER.has(job.state);
}

export function invalidState(message: string): PlatformError {
  return new PlatformError('INVALIDJOBSTATE', `InvalidJobState : ${message}`);
}

export function invalidJob(message: string): PlatformError {
  return new PlatformError('INVALIDJOB', `InvalidJob : ${message}`);
}

const zoned = (at: string): string => at.replace(/Z$/, '+0000');

/** The fields of every answer about a job. */
export function describeJob(job: Job): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.userId,
    createdDate: zoned(job.createdAt),
    systemModstamp: zoned(job.changedAt),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** The further fields of the answer about one job. */
export function describeProgress(job: Job): Record<string, unknown> {
  const total = Date.parse(job.changedAt) - Date.parse(job.createdAt);
  return {
    jobType: job.kind === 'ingest' ? 'V2Ingest' : 'V2Query',
    retries: 0,
    numberRecordsProcessed: job.processed,
    totalProcessingTime: total,
    ...(job.kind === 'ingest' && {
      numberRecordsFailed: job.failed,
      apiActiveProcessingTime: total,
      apexProcessingTime: 0,
    }),
    ...(job.errorMessage !== undefined && { errorMessage: job.errorMessage }),
  };
}
