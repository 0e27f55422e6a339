// A plain client of the API for tests: what goes over the wire, and whether the answer obeys the contract.
import { OPERATIONS } from '../../../bridge/sellfire/contract.ts';
import { problemSchema, type Problem } from '../../../bridge/sellfire/problem.ts';
import type { RunningSellfire } from '../sellfire.ts';

type Name = keyof typeof OPERATIONS;
interface Request {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

let keys = 0;

/** Sends one operation. A success must parse by the contract's schema of the answer, all else as a problem, or this throws. */
export async function call(sellfire: RunningSellfire, name: Name, request: Request = {}): Promise<Answer> {
  const operation = OPERATIONS[name];
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => request.params?.[part] ?? '');
  const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
  const csv = 'bodyType' in operation;
  const headers: Record<string, string> = { authorization: `Bearer ${sellfire.apiKey}`, ...request.headers };
  if (request.body !== undefined) headers['content-type'] ??= csv ? 'text/csv' : 'application/json';
  if ('idempotent' in operation) headers['idempotency-key'] ??= request.key ?? `test-${++keys}`;
  const answer = await fetch(`${sellfire.url}${path}${query}`, {
    method: operation.method,
    headers,
    ...(request.body === undefined
      ? {}
      : { body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body) }),
  });
  const body: unknown = await answer.json();
  if (answer.status === operation.success) operation.response.parse(body);
  else {
    if (!answer.headers.get('content-type')?.startsWith('application/problem+json'))
      throw new Error(`${name} answered ${answer.status} with no problem document.`);
    const problem = problemSchema.parse(body);
    if (problem.status !== answer.status) throw new Error('The problem names another status than the answer has.');
  }
  return { status: answer.status, headers: answer.headers, body };
}

/** The answer of an operation that must succeed, as the contract has it. */
export async function ok<N extends Name>(
  sellfire: RunningSellfire,
  name: N,
  request: Request = {},
): Promise<ReturnType<(typeof OPERATIONS)[N]['response']['parse']>> {
  const answer = await call(sellfire, name, request);
  if (answer.status !== OPERATIONS[name].success) throw new Error(JSON.stringify(answer.body));
  return OPERATIONS[name].response.parse(answer.body) as ReturnType<(typeof OPERATIONS)[N]['response']['parse']>;
}

/** The problem of an operation that must be refused. */
export async function refused(sellfire: RunningSellfire, name: Name, request: Request = {}): Promise<Problem> {
  const answer = await call(sellfire, name, request);
  if (answer.status < 400) throw new Error(`${name} was not refused: ${JSON.stringify(answer.body)}`);
  return problemSchema.parse(answer.body);
}

let lines = 0;
/** A phone that no other lead of these tests has. */
export const freshPhone = (): string => `+1907555${String(1000 + ++lines)}`;
