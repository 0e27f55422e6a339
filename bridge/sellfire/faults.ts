// Classifies Sellfire's refusals and failures by what helps against them. A wrong class here means a change given up that a retry
// would have saved, or a permanent failure retried for ever.
import type { Code } from '../model/catalogue/catalogue.ts';
import type { Fault, FaultClass } from '../model/fault.ts';
import { problemSchema, type Problem, type ProblemCode } from './contract.ts';

const CLASSES: Readonly<Record<ProblemCode, FaultClass>> = {
  invalid_request: 'record',
  invalid_value: 'record',
  unknown_field: 'record',
  read_only_field: 'record',
  unknown_option: 'record',
  phone_taken: 'exists',
  phase_refused: 'record',
  owner_refused: 'record',
  // The lead has a newer version: it is read and decided again.
  version_conflict: 'retry',
  idempotency_conflict: 'record',
  not_found: 'gone',
  unauthorized: 'auth',
  forbidden: 'stop',
  rate_limited: 'limit',
  unavailable: 'retry',
};

/** The bridge's own code for a cause that the bridge may detect by itself: one cause has one code. */
const CODES: Partial<Record<ProblemCode, Code>> = { phone_taken: 'PHONE_EXISTS' };

export function faultOfProblem(problem: Problem): Fault {
  return {
    class: CLASSES[problem.code],
    code: CODES[problem.code] ?? problem.code.toUpperCase(),
    message: problem.detail,
    fields: problem.field ? [problem.field] : [],
    unknownOutcome: false,
    ...(problem.code === 'phone_taken' && problem.lead_id ? { holder: problem.lead_id } : {}),
  };
}

/**
 * What an answer outside 2xx means. One that is no problem document did not come from Sellfire itself, but from a proxy, or
 * from something else at that address.
 */
export function faultOfAnswer(status: number, text: string): Fault {
  const problem = problemSchema.safeParse(parseJson(text));
  if (problem.success) return faultOfProblem(problem.data);
  const fault = { code: `HTTP_${status}`, fields: [], unknownOutcome: false };
  const answered = `Sellfire's address answered ${status}`;
  if (status === 429) return { ...fault, class: 'limit', message: `${answered}: too many requests.` };
  // After a gateway's timeout the outcome of the request is unknown.
  if (status >= 500)
    return { ...fault, class: 'retry', message: `${answered} without a reason.`, unknownOutcome: status !== 503 };
  if (status === 401) return { ...fault, class: 'auth', message: `${answered}: the API key was refused.` };
  // A gateway limits the size of a body: smaller ones pass.
  if (status === 413) return { ...fault, class: 'record', message: `${answered}: the request is too large.` };
  return { ...fault, class: 'stop', message: `${answered}, which Sellfire does not: check SELLFIRE_URL.` };
}

/** A response that breaks the contract: it says nothing about the outcome. */
export function faultOfBrokenAnswer(operation: string, where: string): Fault {
  return {
    class: 'retry',
    code: 'INVALID_ANSWER',
    message: `Sellfire's answer to ${operation} is not what the contract says${where === '' ? '' : ` (at ${where})`}.`,
    fields: [],
    unknownOutcome: true,
  };
}

/** Codes of failures before anything was sent. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** No response: the connection failed, was cut, or timed out. */
export function faultOfSilence(error: unknown): Fault {
  const code = codeOf(error);
  return {
    class: 'retry',
    code,
    message: `No answer from Sellfire (${error instanceof Error ? error.message || code : String(error)}).`,
    fields: [],
    unknownOutcome: !NOTHING_SENT.has(code),
  };
}

function codeOf(error: unknown): string {
  // Node gathers the failures of a host's several addresses.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = (first as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string') return code;
  return first instanceof Error ? first.name : 'NO_ANSWER';
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
