// Several requests in one: composite (25, later ones may use what earlier ones answered) and batch (25, each by itself).
// Source: REST API Developer Guide, "Composite", "Composite Subrequest", "allOrNone Parameters in Composite and
// Collections Requests", "Batch".
import { Router, type Request } from 'express';
import { z } from 'zod';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { collate, isCollated } from './collate.ts';
import { contextOf, methodNotAllowed, showError, type Asking } from './request.ts';
import { resolveReferences, type Dispatch, type Subanswer, type Subrequest } from './subrequests.ts';

const MAXIMUM_SUBREQUESTS = 25;
/** Of these, the most that may be queries or collections. */
const MAXIMUM_HEAVY = 5;
const HEAVY = /^\/services\/data\/v[\d.]+\/(?:query(?:All)?\b|composite\/sobjects\b)/i;
const COLLECTION = /^\/services\/data\/v[\d.]+\/composite\/sobjects\b/i;
/** Subrequests inherit these; one that brings its own fails the whole. */
const INHERITED = new Set(['accept', 'authorization', 'content-type']);

export const subrequestSchema = z.object({
  method: z.enum(['DELETE', 'GET', 'PATCH', 'POST', 'PUT', 'HEAD']),
  url: z.string(),
  referenceId: z.string().regex(/^\w+$/, 'may contain letters, numbers and underscores only'),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).optional(),
});
type NamedSubrequest = z.output<typeof subrequestSchema>;

const compositeSchema = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: z.array(subrequestSchema),
});

const batchSchema = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(z.object({ method: z.string(), url: z.string(), richInput: z.unknown().optional() })),
});

export interface SubrequestResult {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

export function compositeRouter(org: Org, asking: (request: Request) => Asking, dispatch: Dispatch): Router {
  const router = Router();
  router
    .route('/composite')
    .get((request, response) => {
      const { base } = asking(request);
      const names = ['tree', 'batch', 'sobjects', 'graph'];
      response.json(Object.fromEntries(names.map((name) => [name, `${base}/composite/${name}`])));
    })
    .post((request, response) => {
      const { allOrNone, collateSubrequests, compositeRequest } = parseBody(compositeSchema, request.body);
      refuseMany(compositeRequest);
      refuseDuplicates(compositeRequest);
      const who = asking(request);
      const results = allOrNone
        ? runTogether(org, request, who, compositeRequest.map(undoTogether), dispatch).results
        : runEach(
            org,
            request,
            who,
            isCollated(collateSubrequests, who.version)
              ? collate(compositeRequest)
              : compositeRequest.map((subrequest) => [subrequest]),
            dispatch,
          );
      // Whatever the order of their execution, the answers stand in that of the request.
      const order = compositeRequest.map(({ referenceId }) => referenceId);
      results.sort((a, b) => order.indexOf(a.referenceId) - order.indexOf(b.referenceId));
      response.json({ compositeResponse: results });
    })
    .all(methodNotAllowed('GET,HEAD,POST'));

  router
    .route('/composite/batch')
    .post((request, response) => {
      const { haltOnError, batchRequests } = parseBody(batchSchema, request.body);
      if (batchRequests.length > MAXIMUM_SUBREQUESTS)
        throw limitExceeded('subrequests in a batch', MAXIMUM_SUBREQUESTS);
      const who = asking(request);
      let halted = false;
      const results = batchRequests.map(({ method, url, richInput }) => {
        if (halted) {
          const message = 'Batch processing halted because the haltOnError flag is set';
          return { statusCode: 412, result: [{ message, errorCode: 'BATCH_PROCESSING_HALTED' }] };
        }
        // Unlike those of a composite request, each counts as a call of its own.
        org.usage.apiRequests.used += 1;
        const path = url.startsWith('/services/data/') ? url : `/services/data/${url.replace(/^\//, '')}`;
        const { status, body } = dispatch({ method, url: path, body: richInput }, who);
        halted = haltOnError && status >= 400;
        return { statusCode: status, result: body };
      });
      response.json({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
    })
    .all(methodNotAllowed('POST'));
  return router;
}

/** @throws PlatformError JSON_PARSER_ERROR with the place of what is wrong */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PlatformError('JSON_PARSER_ERROR', `${issue?.path.join('.') || 'request body'}: ${issue?.message ?? ''}`);
}

export function limitExceeded(what: string, limit: number): PlatformError {
  return new PlatformError('LIMIT_EXCEEDED', `Limit of ${limit} reached for: ${what}`);
}

function refuseMany(subrequests: readonly NamedSubrequest[]): void {
  if (subrequests.length > MAXIMUM_SUBREQUESTS) throw limitExceeded('subrequests in a request', MAXIMUM_SUBREQUESTS);
  const heavy = subrequests.filter(({ url }) => HEAVY.test(url));
  if (heavy.length > MAXIMUM_HEAVY) throw limitExceeded('query and collection operations in a request', MAXIMUM_HEAVY);
}

export function refuseDuplicates(subrequests: readonly NamedSubrequest[]): void {
  const seen = new Set<string>();
  for (const { referenceId, httpHeaders } of subrequests) {
    if (seen.has(referenceId)) {
      const message = `Duplicate ReferenceId provided in request: ${referenceId}. Please provide a unique ID.`;
      throw new PlatformError('JSON_PARSER_ERROR', message);
    }
    seen.add(referenceId);
    const own = Object.keys(httpHeaders ?? {}).find((name) => INHERITED.has(name.toLowerCase()));
    if (own !== undefined) {
      throw new PlatformError(
        'INVALID_HTTP_HEADER',
        `The header ${own} is not allowed in a subrequest: ${referenceId}`,
      );
    }
  }
}

/** The flag of the whole holds for the collections in it, whatever they say themselves. */
function undoTogether(subrequest: NamedSubrequest): NamedSubrequest {
  const { url, method, body } = subrequest;
  if (!COLLECTION.test(url) || method === 'GET') return subrequest;
  if (method !== 'DELETE') return { ...subrequest, body: { ...(body as object | undefined), allOrNone: true } };
  const kept = url.replace(/([?&])allOrNone=[^&]*/i, '$1');
  return { ...subrequest, url: `${kept}${kept.includes('?') ? '&' : '?'}allOrNone=true` };
}

function answerOne(
  subrequest: NamedSubrequest,
  who: Asking,
  dispatch: Dispatch,
  answers: Map<string, Subanswer>,
): SubrequestResult {
  const { referenceId, method } = subrequest;
  let answer: Subanswer;
  try {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(subrequest.httpHeaders ?? {})) headers[name.toLowerCase()] = value;
    const resolved: Subrequest = { method, headers, url: resolveReferences(subrequest.url, answers) };
    if (subrequest.body !== undefined) resolved.body = resolveReferences(subrequest.body, answers);
    answer = dispatch(resolved, who);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    answer = { status: error.status, headers: {}, body: [showError(error)] };
  }
  answers.set(referenceId, answer);
  return { body: answer.body, httpHeaders: answer.headers, httpStatusCode: answer.status, referenceId };
}

/** Each succeeds or fails by itself, also where several are one transaction. */
function runEach(
  org: Org,
  request: Request,
  who: Asking,
  groups: readonly NamedSubrequest[][],
  dispatch: Dispatch,
): SubrequestResult[] {
  const answers = new Map<string, Subanswer>();
  return groups.flatMap((group) => {
    const run = (): SubrequestResult[] => group.map((subrequest) => answerOne(subrequest, who, dispatch, answers));
    return group.length === 1 ? run() : org.transactTogether(contextOf(who, request, false), run);
  });
}

/** Thrown to undo what the subrequests did; their results are answered all the same. */
class Undone extends Error {}

/** Runs the subrequests as one transaction; one that fails undoes all, and says why. */
export function runTogether(
  org: Org,
  request: Request,
  who: Asking,
  subrequests: readonly NamedSubrequest[],
  dispatch: Dispatch,
): { results: SubrequestResult[]; successful: boolean } {
  const answers = new Map<string, Subanswer>();
  const results: SubrequestResult[] = [];
  let failed: SubrequestResult | undefined;
  try {
    org.transactTogether(contextOf(who, request, false), () => {
      for (const subrequest of subrequests) {
        const result = answerOne(subrequest, who, dispatch, answers);
        results.push(result);
        if (!hasFailed(result)) continue;
        failed = result;
        throw new Undone();
      }
    });
    return { results, successful: true };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const message = 'The transaction was rolled back since another operation in the same transaction failed.';
    const rolledBack = subrequests.map(({ referenceId }) =>
      failed?.referenceId === referenceId ? failed : halted(referenceId, message),
    );
    return { results: rolledBack, successful: false };
  }
}

export function halted(referenceId: string, message: string): SubrequestResult {
  return { body: [{ errorCode: 'PROCESSING_HALTED', message }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}

/** A collection answers 200 and reports failures record by record. */
function hasFailed({ httpStatusCode, body }: SubrequestResult): boolean {
  if (httpStatusCode >= 300 && httpStatusCode !== 304) return true;
  return Array.isArray(body) && body.some((item) => isFailure(item));
}

function isFailure(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'success' in item && item.success === false;
}
