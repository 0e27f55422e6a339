// Sellfire's webhook: the signature over the raw body is verified before anything is parsed, and a 2xx response is sent only after
// the events are durable. Nothing of a refused delivery is stored, and only the reason is logged.
import { raw, Router, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { parseJsonWellFormed } from '../model/json.ts';
import { readEvents, type FeedEvent } from '../sellfire/events.ts';
import { SIGNATURE_HEADER, verify, verifyHeader, type SignatureVerdict } from '../sellfire/signature.ts';
import { createBodies } from './bodies.ts';
import { limitKey } from './clientAddress.ts';
import { HttpProblem, onlyMethods, type HttpProblemCode } from './problem.ts';

export interface WebhookDeps {
  /** The secret of a connection's deliveries; undefined for a connection that is not known. */
  webhookSecret: (connection: string) => string | undefined;
  /** Resolves when the events are durable; what it throws becomes 503, and Sellfire sends them again. */
  intake: (connection: string, events: FeedEvent[], unplaced: number) => Promise<void>;
  draining: () => boolean;
  /** The address that sends a request. */
  clientOf: (request: Request) => string;
  logger: Logger;
  /** ms since the epoch. */
  now: () => number;
}

/** The events are read one by one, so that one that is not what the contract says does not cost the others. */
const bodySchema = z.object({ events: z.array(z.unknown()).min(1) });

/** 100 events with their leads are about 400 kB; twice that and some for long notes. */
const BODY_LIMIT = 1024 * 1024;
/** Retry-After of a 503: long enough for a restart. */
const RETRY_AFTER = { 'retry-after': '5' };

const REFUSALS: Readonly<Record<Exclude<SignatureVerdict, 'valid'>, [HttpProblemCode, string]>> = {
  malformed: ['signature_malformed', `The header ${SIGNATURE_HEADER} is needed, as t=<seconds>,v1=<hex>.`],
  wrong: ['signature_wrong', 'The signature is not that of this body with the secret of this subscription.'],
  too_old: ['signature_too_old', 'The timestamp differs from the clock of the bridge by more than five minutes.'],
};

export function webhookRouter(deps: WebhookDeps): Router {
  const { logger, webhookSecret, intake, now } = deps;

  const known: RequestHandler = (request, _response, next) => {
    if (deps.draining()) throw new HttpProblem('unavailable', 'The bridge is stopping.', RETRY_AFTER);
    if (webhookSecret(connectionOf(request.params)) === undefined)
      throw new HttpProblem('not_found', 'The bridge has no such connection.');
    next();
  };

  function refuse(connection: string, reason: keyof typeof REFUSALS, bytes: number | undefined): never {
    logger.warn({ event: 'webhook_refused', connection, reason, bytes }, 'A webhook was refused');
    throw new HttpProblem(...REFUSALS[reason]);
  }

  const bodies = createBodies();
  const admit: RequestHandler = (request, response, next) => {
    const verdict = verifyHeader(request.get(SIGNATURE_HEADER), Math.floor(now() / 1000));
    const isRead = verdict === 'valid' && bodies.admit(limitKey(deps.clientOf(request)), request, response);
    // What is not read is not waited for either.
    if (!isRead) response.set('connection', 'close');
    if (verdict !== 'valid') refuse(connectionOf(request.params), verdict, undefined);
    if (!isRead) throw new HttpProblem('unavailable', 'Too many deliveries at once.', RETRY_AFTER);
    next();
  };

  const receive: RequestHandler = async (request, response) => {
    const connection = connectionOf(request.params);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verdict = verify(
      webhookSecret(connection) ?? '',
      request.get(SIGNATURE_HEADER),
      body,
      Math.floor(now() / 1000),
    );
    if (verdict !== 'valid') refuse(connection, verdict, body.length);
    const parsed = bodySchema.safeParse(parseJson(body));
    if (!parsed.success) {
      // Where it is wrong, never what stands there.
      const where = parsed.error.issues[0]?.path.join('.') || 'the body';
      logger.warn(
        { event: 'webhook_refused', connection, reason: 'not_the_contract', where, bytes: body.length },
        'A webhook was refused',
      );
      throw new HttpProblem('invalid_request', `The body is not what the contract says, at ${where}.`);
    }
    try {
      const { events, unplaced } = readEvents(parsed.data.events, undefined, now());
      await intake(connection, events, unplaced);
    } catch (cause) {
      throw new HttpProblem('unavailable', 'The events could not be stored.', RETRY_AFTER, { cause });
    }
    response.status(204).end();
  };

  const router = Router();
  router
    .route('/webhooks/sellfire/:connection')
    .post(known, admit, raw({ type: () => true, limit: BODY_LIMIT, inflate: false }), receive)
    .all(onlyMethods('POST'));
  return router;
}

const connectionOf = (parameters: Record<string, string | string[]>): string => String(parameters['connection']);

function parseJson(body: Buffer): unknown {
  try {
    return parseJsonWellFormed(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
