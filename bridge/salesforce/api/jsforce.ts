// Runs jsforce over the bridge's REST client. jsforce knows the resources of the API and their responses, and each of its requests is a
// call of Rest, with the same budget, token, timeouts, retries and faults.
import { Connection } from 'jsforce/lib/core.js';
import { z } from 'zod';
import { PeerError } from '../../model/fault.ts';
import { sendingBy, type HttpRequest, type HttpResponse } from '../auth/jsforceTransport.ts';
import type { Rest } from './rest.ts';

/** A placeholder for the org in jsforce's URLs: only Rest knows the host of the org, and a new token may change it. */
const ORIGIN = 'https://org.invalid';

const METHODS = z.enum(['GET', 'POST', 'PATCH', 'DELETE']);

const responseSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** A connection caches every describe that it reads, so each operation gets a new one. */
export function jsforceOver(rest: Rest): Connection {
  return sendingBy(new Connection({ instanceUrl: ORIGIN, version: rest.apiVersion }), (request) => send(rest, request));
}

/**
 * The result of jsforce, parsed with `schema`.
 * @throws PeerError: the fault of the call, or UNEXPECTED_ANSWER where jsforce or the schema could not parse the response
 */
export async function parsed<T>(schema: z.ZodType<T>, work: () => PromiseLike<unknown>): Promise<T> {
  let answer: unknown;
  try {
    answer = await work();
  } catch (error) {
    // jsforce assumes the members of a valid response, and throws an error where a body looks like one.
    if (error instanceof TypeError || (error instanceof Error && 'errorCode' in error))
      throw unexpected(error.message, error);
    throw error;
  }
  return parseAnswer(schema, answer);
}

/** @throws PeerError UNEXPECTED_ANSWER */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw unexpected(z.prettifyError(parsed.error), parsed.error);
}

/** The response differs from the documentation of the API. */
export function unexpected(message: string, cause?: unknown): PeerError {
  return new PeerError(
    'salesforce',
    { class: 'retry', code: 'UNEXPECTED_ANSWER', message, fields: [], unknownOutcome: false },
    cause === undefined ? undefined : { cause },
  );
}

async function send(rest: Rest, { method, url, body }: HttpRequest): Promise<HttpResponse> {
  const { origin, pathname, search } = new URL(url);
  if (origin !== ORIGIN) throw unexpected('An answer names an address outside the org.');
  return rest.call({
    method: METHODS.parse(method),
    path: pathname + search,
    ...(typeof body === 'string' ? { body: JSON.parse(body) as unknown } : {}),
    read: responseOf,
    schema: responseSchema,
  });
}

/** @throws Error where the response is neither JSON nor empty, for example a page of a proxy or of maintenance */
function responseOf(body: string, headers: Record<string, string | string[] | undefined>): HttpResponse {
  const type = String(headers['content-type'] ?? '');
  if (body !== '' && !type.startsWith('application/json')) throw new Error(`The answer is ${type || 'of no type'}.`);
  return { statusCode: 200, headers: { 'content-type': type }, body };
}
