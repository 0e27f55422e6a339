// Every error over HTTP as a problem document (RFC 9457): what went wrong in a stable code, and nothing of what was sent.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const TITLES = {
  invalid_request: 'The request is not as expected',
  signature_malformed: 'The signature is missing or malformed',
  signature_wrong: 'The signature does not match',
  signature_too_old: 'The signature is too old, or the clocks differ',
  not_found: 'There is nothing here',
  method_not_allowed: 'The method is not allowed here',
  too_large: 'The body is too large',
  unsupported_encoding: 'The body must not be compressed',
  too_many_requests: 'Too many requests at once',
  unavailable: 'The bridge cannot take this now',
  internal: 'The bridge has failed',
} as const;
export type HttpProblemCode = keyof typeof TITLES;

const STATUSES: Readonly<Record<HttpProblemCode, number>> = {
  invalid_request: 400,
  signature_malformed: 401,
  signature_wrong: 401,
  signature_too_old: 401,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_encoding: 415,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
};

/** Thrown by a handler to answer with a problem. The caller sees `detail`, which never repeats the request. */
export class HttpProblem extends Error {
  readonly code: HttpProblemCode;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpProblemCode, detail: string, headers: Record<string, string> = {}, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.name = 'HttpProblem';
    this.code = code;
    this.detail = detail;
    this.headers = headers;
  }

  get status(): number {
    return STATUSES[this.code];
  }
}

export const notFound: RequestHandler = () => {
  throw new HttpProblem('not_found', 'The bridge has no such address.');
};

/** For a path that exists, after its handlers. */
export function onlyMethods(...methods: string[]): RequestHandler {
  return () => {
    const allow = methods.join(', ');
    throw new HttpProblem('method_not_allowed', `This address takes ${allow}.`, { allow });
  };
}

/** The last handler: answers every error, and logs what is the bridge's own failure. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = error instanceof HttpProblem ? error : foreign(error);
    const requestId = String(response.getHeader('x-request-id') ?? '');
    if (problem.status >= 500)
      logger.error({ event: 'http_failed', requestId, err: problem.cause ?? problem }, problem.detail);
    const { code, detail, status } = problem;
    response
      .status(status)
      .set(problem.headers)
      .type(PROBLEM_MEDIA_TYPE)
      .send(
        JSON.stringify({
          type: `urn:sellfire-bridge:problem:${code}`,
          title: TITLES[code],
          status,
          detail,
          code,
          requestId,
        }),
      );
  };
}

/** What express and its parsers throw. */
function foreign(error: unknown): HttpProblem {
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') return new HttpProblem('too_large', 'The body is larger than the bridge takes.');
  if (type === 'encoding.unsupported')
    return new HttpProblem('unsupported_encoding', 'Send the body as it is, without Content-Encoding.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new HttpProblem('invalid_request', 'The request could not be read.');
  return new HttpProblem('internal', 'The bridge has failed; its log says why.', {}, { cause: error });
}
