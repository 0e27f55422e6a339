// The bad days of the REST API, each behind a switch: a test turns one on, says how often and where it strikes, and sees
// what a client does. Also over HTTP at /_local/faults, on loopback only.
import { z } from 'zod';
import { normaliseId } from './ids.ts';
import { PlatformError } from './model.ts';

/** What does not strike a request by itself, but the saves or the jobs that it asks for. */
const NOT_OF_REQUESTS: ReadonlySet<string> = new Set(['lock-row', 'bulk-slow', 'bulk-fail']);

/** What may go wrong. `refused` answers what `status`, `code` and `message` say. `drop-before` and `drop-after` cut the connection before the work is done, or after it. `half-answer` answers with the first half of the body. */
const KINDS = {
  'session-expired': { status: 401, code: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
  'request-limit': { status: 403, code: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
  'too-many-requests': { status: 429, code: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests' },
  'server-error': { status: 500, code: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' },
  unavailable: { status: 503, code: 'SERVER_UNAVAILABLE', message: 'Server Unavailable' },
  refused: undefined,
  slow: undefined,
  'drop-before': undefined,
  'drop-after': undefined,
  'half-answer': undefined,
  'lock-row': undefined,
  'bulk-slow': undefined,
  'bulk-fail': undefined,
} as const;

export type FaultKind = keyof typeof KINDS;

export const faultSchema = z.object({
  kind: z.enum(Object.keys(KINDS) as [FaultKind, ...FaultKind[]]),
  /** How many requests (for `lock-row` saves, for `bulk-…` steps of jobs) it strikes; null until it is cleared. */
  times: z.number().int().positive().nullable().default(1),
  /** Only requests whose path contains this text; only bulk jobs on this object. */
  path: z.string().optional(),
  method: z.string().optional(),
  /** For `slow` and `bulk-slow`: how long the answer is held back, ms. */
  ms: z.number().int().positive().default(1_000),
  /** For `too-many-requests` and `unavailable`: the Retry-After header, s. */
  retryAfter: z.number().int().positive().optional(),
  /** For `refused`: any answer that the platform documents. */
  status: z.number().int().min(400).max(599).default(400),
  code: z.string().default('UNKNOWN_EXCEPTION'),
  message: z.string().default('Refused.'),
  /** For `lock-row`: whose saves fail. */
  recordIds: z.array(z.string()).default([]),
});

export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

export interface Faults {
  add(fault: FaultInput): void;
  clear(): void;
  active(): readonly Fault[];
  /** The fault that strikes this request, if one does; counted down. */
  strike(method: string, path: string): Fault | undefined;
  /** The fault that strikes the next step of a bulk job on this object, if one does; counted down. */
  strikeJob(object: string): Fault | undefined;
  /** @throws PlatformError UNABLE_TO_LOCK_ROW where the record is chosen */
  checkLock(recordId: string): void;
}

export function createFaults(): Faults {
  const faults: Fault[] = [];

  function use(fault: Fault): Fault {
    if (fault.times !== null) fault.times -= 1;
    if (fault.times === 0) faults.splice(faults.indexOf(fault), 1);
    return fault;
  }

  return {
    add: (input) => void faults.push(faultSchema.parse(input)),
    clear: () => void faults.splice(0),
    active: () => faults,
    strike(method, path) {
      const fault = faults.find(
        ({ kind, ...where }) =>
          !NOT_OF_REQUESTS.has(kind) &&
          path.includes(where.path ?? '') &&
          (where.method ?? method).toUpperCase() === method.toUpperCase(),
      );
      return fault && use(fault);
    },
    strikeJob(object) {
      const fault = faults.find(
        ({ kind, path }) => (kind === 'bulk-slow' || kind === 'bulk-fail') && (path ?? object) === object,
      );
      return fault && use(fault);
    },
    checkLock(recordId) {
      if (faults.length === 0) return;
      const id = normaliseId(recordId);
      const fault = faults.find(
        ({ kind, recordIds }) => kind === 'lock-row' && recordIds.some((chosen) => normaliseId(chosen) === id),
      );
      if (!fault) return;
      use(fault);
      const message = `unable to obtain exclusive access to this record or 1 records: ${recordId}`;
      throw new PlatformError('UNABLE_TO_LOCK_ROW', message);
    },
  };
}

/** The platform's answer to a request that a fault strikes, or undefined where the fault is no answer. */
export function faultAnswer(fault: Fault): PlatformError | undefined {
  if (fault.kind === 'refused') return new PlatformError(fault.code, fault.message, { status: fault.status });
  const answer = KINDS[fault.kind];
  return answer && new PlatformError(answer.code, answer.message, { status: answer.status });
}
