// Classifies Sellfire's refusals and failures by what helps against them. A wrong class here means a change given up that a retry
// would have saved, or a permanent failure retried for ever.
import { hasSentNothing } from '../lib/networkError.ts';
import type { Code } from '../model/catalogue/catalogue.ts';
import { PEER_NAMES, type Fault, type FaultClass } from '../model/fault.ts';
import { said, say } from '../model/message.ts';
import { parseJsonWellFormed } from '../model/json.ts';
import { membersOf } from './answers.ts';
import { PROBLEM_CODES, problemSchema, PROBLEM_TYPE_PREFIX, type Problem, type ProblemCode } from './problem.ts';

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

const isKnown = (code: string): code is ProblemCode => PROBLEM_CODES.some((known) => known === code);

/** What a code of a later version means, as far as its HTTP status says it. */
function classOfStatus(status: number): FaultClass {
  if (status === 429) return 'limit';
  if (status >= 500) return 'retry';
  return { 401: 'auth' as const, 404: 'gone' as const }[status] ?? 'record';
}

export function faultOfProblem(problem: Problem): Fault {
  const { code } = problem;
  return {
    class: isKnown(code) ? CLASSES[code] : classOfStatus(problem.status),
    code: (isKnown(code) ? CODES[code] : undefined) ?? code.toUpperCase(),
    message: problem.detail,
    fields: problem.field ? [problem.field] : [],
    unknownOutcome: false,
    ...(problem.code === 'phone_taken' && problem.lead_id ? { holder: problem.lead_id } : {}),
    ...(problem.code === 'unavailable' ? { isAway: true as const } : {}),
  };
}

/**
 * What an answer outside 2xx means. One that is no problem document did not come from Sellfire itself, but from a proxy, or
 * from something else at that address.
 */
export function faultOfAnswer(status: number, text: string): Fault {
  const problem = problemSchema.safeParse(withDefaults(status, parseJson(text)));
  if (problem.success) return faultOfProblem(problem.data);
  const fault = { code: `HTTP_${status}`, fields: [], unknownOutcome: false };
  if (status === 429) return { ...fault, class: 'limit', ...said(say('answeredTooMany', { status })) };
  // After a gateway's timeout the outcome of the request is unknown.
  if (status >= 500)
    return {
      ...{ ...fault, class: 'retry', ...said(say('answeredNoReason', { status })), unknownOutcome: status !== 503 },
      // What a gateway says of a server that it does not reach (RFC 9110, 15.6.3 to 15.6.5).
      ...([502, 503, 504].includes(status) ? { isAway: true as const } : {}),
    };
  if (status === 401) return { ...fault, class: 'auth', ...said(say('answeredKeyRefused', { status })) };
  // A gateway limits the size of a body: smaller ones pass.
  if (status === 413) return { ...fault, class: 'record', ...said(say('answeredTooLarge', { status })) };
  return { ...fault, class: 'stop', ...said(say('answeredForeign', { status })) };
}

/** A problem that is half there is one all the same, as long as it says which. */
function withDefaults(httpStatus: number, json: unknown): unknown {
  const { type, code, title, detail, status, field, lead_id } = membersOf(json);
  const fromType = typeof type === 'string' && type.startsWith(PROBLEM_TYPE_PREFIX) ? type : undefined;
  const name = typeof code === 'string' ? code : fromType?.slice(PROBLEM_TYPE_PREFIX.length);
  if (!name) return json;
  const words = [detail, title].find((one) => typeof one === 'string' && one !== '') ?? name;
  return {
    ...{ type: fromType ?? PROBLEM_TYPE_PREFIX + name, code: name, title: words, detail: words },
    status: Number.isInteger(status) ? status : httpStatus,
    ...(typeof field === 'string' ? { field } : {}),
    ...(typeof lead_id === 'string' ? { lead_id } : {}),
  };
}

/** A response that breaks the contract: it says nothing about the outcome. */
export function faultOfBrokenAnswer(operation: string, where: string): Fault {
  return {
    class: 'retry',
    code: 'INVALID_ANSWER',
    ...said(where === '' ? say('answerBroken', { operation }) : say('answerBrokenAt', { operation, where })),
    fields: [],
    unknownOutcome: true,
  };
}

/** The lead is there, and nothing may be concluded from an answer about it that is not what the contract says. */
export function faultOfUnreadLead(where: string): Fault {
  return {
    class: 'record',
    code: 'ANSWER_UNREADABLE',
    ...said(say('leadUnreadable', { where })),
    fields: [],
    unknownOutcome: false,
  };
}

/** No response: the connection failed, was cut, or timed out. */
export function faultOfSilence(error: unknown): Fault {
  const code = codeOf(error);
  const why = error instanceof Error ? error.message || code : String(error);
  return {
    class: 'retry',
    code,
    ...said(say('noAnswer', { peer: PEER_NAMES.sellfire, why })),
    fields: [],
    unknownOutcome: !hasSentNothing(error),
    isAway: true,
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
    return parseJsonWellFormed(text);
  } catch {
    return undefined;
  }
}
