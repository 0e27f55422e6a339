// The API of the contract over HTTP: every request is parsed by the contract's schemas before anything is done.
import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { OPERATIONS, type Operation } from '../../bridge/sellfire/contract.ts';
import type { BatchRequest, BatchResponse } from '../../bridge/sellfire/payloads.ts';
import { PROBLEM_MEDIA_TYPE } from '../../bridge/sellfire/problem.ts';
import type { Actor } from '../../bridge/model/event.ts';
import type { Dialer } from './dialer.ts';
import type { Faults } from './faults.ts';
import { Refusal } from './problem.ts';
import type { Webhooks } from './webhooks.ts';

type Name = keyof typeof OPERATIONS;
type BodyOf<N extends Name> = (typeof OPERATIONS)[N] extends { body: infer B extends z.ZodType } ? z.output<B> : string;
type AnswerOf<N extends Name> = z.input<(typeof OPERATIONS)[N]['response']>;
interface Call<N extends Name> {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: BodyOf<N>;
  actor: Actor;
}
type Handlers = { [N in Name]: (call: Call<N>) => AnswerOf<N> };

/** Above a batch of 200 leads with long notes (200 × 32,000 characters) nothing sensible is sent. */
const JSON_LIMIT = '8mb';
const CSV_LIMIT = '32mb';
/** The largest Idempotency-Key, as in the contract's batch. */
const KEY_LENGTH = 128;
const REPS_PER_PAGE = 100;
/** The Retry-After of 429 and 503. */
const RETRY_AFTER_SECONDS = 1;

function handlersOf(dialer: Dialer, webhooks: Webhooks): Handlers {
  const { requests, leads, catalogue, reps, schedule, sales, activities, feed, alerts, imports, saleImports } = dialer;
  return {
    whoAmI: () => dialer.account,
    listFields: () => ({ fields: catalogue.list() }),
    createOption: ({ params, body, actor }) =>
      catalogue.addOption(params['object'] ?? '', params['name'] ?? '', body.option, actor),
    listReps: ({ query }) => {
      const from = query['cursor'] === undefined ? 0 : Number(query['cursor']);
      if (!Number.isInteger(from) || from < 0)
        throw new Refusal('invalid_request', 'The cursor is none of ours.', { field: 'cursor' });
      const all = reps.list();
      const next = from + REPS_PER_PAGE;
      return { reps: all.slice(from, next), cursor: next < all.length ? String(next) : null };
    },
    getLead: ({ params }) => {
      const lead = leads.find(params['id'] ?? '');
      if (!lead) throw new Refusal('not_found', `There is no lead ${params['id']}.`);
      return lead;
    },
    lookupLeads: ({ body }) => ({ leads: requests.lookup(body) }),
    createLead: ({ body, actor }) => requests.create(body, actor),
    updateLead: ({ params, body, actor }) => requests.update(params['id'] ?? '', body, actor),
    batch: ({ body, actor }) => ({ results: body.operations.map((operation) => runOne(dialer, operation, actor)) }),
    listSchedule: ({ params }) => ({ items: schedule.planned(leads.get(params['id'] ?? '').id) }),
    listSales: ({ params }) => ({ sales: sales.ofLead(leads.get(params['id'] ?? '').id) }),
    listActivities: ({ params }) => ({ activities: activities.ofLead(leads.get(params['id'] ?? '').id) }),
    readFeed: ({ query }) => feed.page(query['after'] as number, query['limit'] as number | undefined),
    subscribe: ({ params, body }) => webhooks.subscribe(params['name'] ?? '', body.url, body.secret),
    unsubscribe: ({ params }) => webhooks.unsubscribe(params['name'] ?? ''),
    alert: ({ body }) => ({ recipients: alerts.send(body).to.length }),
    importLeads: ({ body, actor }) => ({ rows: imports.run(body, { ...actor, kind: 'import' }) }),
    importSales: ({ body, actor }) => ({ rows: saleImports.run(body, { ...actor, kind: 'import' }) }),
  };
}

/** One operation of a batch, kept under its own key as if it had been sent alone. */
function runOne(
  dialer: Dialer,
  operation: BatchRequest['operations'][number],
  batch: Actor,
): BatchResponse['results'][number] {
  const key = operation.idempotency_key;
  const actor = { ...batch, request_id: key };
  try {
    if (operation.op === 'create') {
      const request = ['createLead', {}, operation.lead];
      const create = () => dialer.requests.create(operation.lead, actor);
      return { status: 201, lead: dialer.idempotency.once(key, request, create) };
    }
    const request = ['updateLead', { id: operation.lead_id }, operation.lead];
    const update = () => dialer.requests.update(operation.lead_id, operation.lead, actor);
    return { status: 200, lead: dialer.idempotency.once(key, request, update) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { status: refusal.problem.status, problem: refusal.problem };
  }
}

/** @throws Refusal invalid_request naming the first thing that is not as the contract has it. */
function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  throw new Refusal(
    'invalid_request',
    `${path === '' ? 'The request' : path}: ${issue?.message ?? 'not as expected'}`,
    {
      field: path === '' ? null : path,
    },
  );
}

function keyOf(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined || key === '' || key.length > KEY_LENGTH)
    throw new Refusal('invalid_request', `The header Idempotency-Key is needed, of 1 to ${KEY_LENGTH} characters.`, {
      field: 'Idempotency-Key',
    });
  return key;
}

function serve<N extends Name>(dialer: Dialer, name: N, handler: Handlers[N]) {
  const operation: Operation = OPERATIONS[name];
  const query = z.object(operation.query ?? {});
  const wantsText = operation.bodyType !== undefined && operation.bodyType !== 'application/json';
  return (request: Request, response: Response): void => {
    const key = operation.idempotent ? keyOf(request) : null;
    const actor: Actor = { kind: 'api', id: null, request_id: key };
    const wantsBody = wantsText || operation.body !== undefined;
    if (wantsBody && request.body === undefined)
      throw new Refusal('invalid_request', `A body of type ${operation.bodyType ?? 'application/json'} is needed.`, {
        status: 415,
      });
    const body = (operation.body ? parse(operation.body, request.body) : request.body) as BodyOf<N>;
    const params = { ...request.params } as Record<string, string>;
    const run = () => handler({ params, query: parse(query, request.query), body, actor });
    const answer = key === null ? run() : dialer.idempotency.once(key, [name, params, body], run);
    response.status(operation.success).json(answer);
  };
}

/** Compares digests in constant time, so that the time of a refusal reveals nothing about the key. */
function requireApiKey(apiKey: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(apiKey);
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = /^Bearer (\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return next();
    response.set('WWW-Authenticate', 'Bearer realm="sellfire"');
    throw new Refusal('unauthorized', given === undefined ? 'No API key was sent.' : 'The API key is not valid.');
  };
}

function suffer(faults: Faults) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (faults.settings.latency_ms > 0) await sleep(faults.settings.latency_ms);
    faults.strike(request.originalUrl);
    if (faults.cutsAnswer()) response.json = () => (request.socket.destroy(), response);
    next();
  };
}

/** The routes of the contract, under /v1. */
export function apiRouter(dialer: Dialer, webhooks: Webhooks, faults: Faults, apiKey: string): Router {
  const router = express.Router();
  router.use('/v1', suffer(faults), requireApiKey(apiKey));
  router.use('/v1', express.json({ limit: JSON_LIMIT }), express.text({ limit: CSV_LIMIT, type: 'text/csv' }));
  const handlers = handlersOf(dialer, webhooks);
  const mount = <N extends Name>(name: N): void => {
    const { method, path }: Operation = OPERATIONS[name];
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    route[verb](serve(dialer, name, handlers[name]));
  };
  for (const name of Object.keys(OPERATIONS) as Name[]) mount(name);
  return router;
}

export function noSuchPath(request: Request): never {
  throw new Refusal('not_found', `There is nothing at ${request.method} ${request.path}.`);
}

/** Every error as a problem document; what is not foreseen is a 500 that says so, and is written to stderr. */
export function answerProblem(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const refusal = error instanceof Refusal ? error : foreign(error);
  const { problem } = refusal;
  if (problem.code === 'rate_limited' || problem.code === 'unavailable')
    response.set('Retry-After', String(RETRY_AFTER_SECONDS));
  response.status(problem.status).set('Content-Type', PROBLEM_MEDIA_TYPE).json(problem);
}

/** Errors of express's own parsers carry a status; anything else is a fault of this server. */
function foreign(error: unknown): Refusal {
  const status = (error as { status?: unknown } | null)?.status;
  if (error instanceof Error && typeof status === 'number' && status >= 400 && status < 500)
    return new Refusal('invalid_request', error.message, { status });
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new Refusal('unavailable', 'Sellfire has failed; the error is in its log.', { status: 500 });
}
