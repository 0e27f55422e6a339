// What only this machine may ask of the local Sellfire, without an API key: its mischief.
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import { faultsSchema, type Faults } from './faults.ts';
import { Refusal } from './problem.ts';
import { webhookControlsSchema, type Webhooks } from './webhooks.ts';

/** Names under which this machine reaches itself. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses what a page from elsewhere could make this machine's browser send: a foreign host name that was pointed here,
 * and writes from another origin.
 */
export function loopbackOnly(request: Request, _response: Response, next: NextFunction): void {
  const host = request.get('host') ?? '';
  const origin = request.get('origin');
  const foreign = origin !== undefined && origin !== `http://${host}`;
  if (!LOOPBACK.has(host.replace(/:\d+$/, '')) || foreign)
    throw new Refusal('forbidden', 'This is for pages and programs of this machine only.');
  next();
}

/** @throws Refusal invalid_request in the words of the schema. */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  throw new Refusal('invalid_request', `${path === '' ? '' : `${path}: `}${issue?.message ?? 'Not as expected.'}`, {
    field: path === '' ? null : path,
  });
}

/** GET and POST of /_local/webhooks and /_local/faults; a POST names only what it changes. */
export function localRouter(webhooks: Webhooks, faults: Faults): Router {
  const router = express.Router();
  router.use('/_local', loopbackOnly, express.json());
  router.get('/_local/webhooks', (_request, response) => void response.json(webhooks.state()));
  router.post('/_local/webhooks', (request, response) => {
    webhooks.control(parseBody(webhookControlsSchema.partial(), request.body));
    response.json(webhooks.state());
  });
  router.get('/_local/faults', (_request, response) => void response.json(faults.settings));
  router.post('/_local/faults', (request, response) => {
    response.json(faults.set(parseBody(faultsSchema.partial(), request.body)));
  });
  return router;
}
