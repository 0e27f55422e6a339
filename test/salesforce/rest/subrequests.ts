// Answers the requests that stand inside another request, as if each had come by itself: through the same handlers, with
// the rights of whoever sent the whole. References to what an earlier one answered are resolved before it is answered.
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import express, { type Request, type Response, type Router } from 'express';
import { PlatformError } from '../model.ts';
import { isSupported, notFound, sendError, showError, type Asking } from './request.ts';

export interface Subrequest {
  method: string;
  /** From the root: `/services/data/v67.0/sobjects/Lead`. */
  url: string;
  body?: unknown;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
}

export interface Subanswer {
  status: number;
  headers: Record<string, string>;
  /** Null where there is none. */
  body: unknown;
}

/** Answers at once: no handler of a subresource waits for anything. */
export type Dispatch = (subrequest: Subrequest, who: Asking) => Subanswer;

/** The headers in a subrequest's result; the platform leaves out those of the transport. */
const RESULT_HEADERS = ['Location', 'ETag', 'Last-Modified'];
const VERSION = /^\/services\/data\/(v[\d.]+)\//;

/**
 * @param resources a sealed router of what may be asked for, mounted below the version
 * @param announce sets who asks, before the handlers read it
 */
export function createDispatch(resources: Router, announce: (request: Request, who: Asking) => void): Dispatch {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/services/data/:version', resources);
  app.use((_request: Request, response: Response) => sendError(response, notFound()));
  const socket = new Socket();

  return (subrequest, who) => {
    const version = VERSION.exec(subrequest.url)?.[1] ?? '';
    if (!isSupported(version)) return { status: 404, headers: {}, body: [showError(notFound())] };
    const request = new IncomingMessage(socket);
    Object.assign(request, { method: subrequest.method.toUpperCase(), url: subrequest.url, body: subrequest.body });
    Object.assign(request.headers, subrequest.headers);
    const response = new ServerResponse(request);
    let text: string | undefined;
    response.end = (chunk?: unknown) => {
      text = typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk.toString() : '';
      return response;
    };
    announce(request as Request, { ...who, version: version.slice(1), base: `/services/data/${version}` });
    app(request, response);
    if (text === undefined) throw new Error(`A subrequest was not answered at once: ${subrequest.url}`);

    const headers: Record<string, string> = {};
    for (const name of RESULT_HEADERS) {
      const value = response.getHeader(name);
      if (value !== undefined) headers[name] = String(value);
    }
    return { status: response.statusCode, headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
}

const REFERENCE = /@\{(\w+)((?:\.\w+|\[\d+\])*)\}/g;

/** The reference ids that a value names, wherever it names them. */
export function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') for (const [, name = ''] of value.matchAll(REFERENCE)) found.add(name);
  else if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (typeof value === 'object' && value !== null) referencesIn(Object.values(value), found);
  return found;
}

/**
 * The value with every `@{id.path}` replaced by what that subrequest answered. A text that is nothing but a reference
 * takes the answer's own type.
 * @throws PlatformError PROCESSING_HALTED where there is no such answer, or nothing at that path
 */
export function resolveReferences<T>(value: T, answers: ReadonlyMap<string, Subanswer>): T {
  return replaced(value, answers) as T;
}

function replaced(value: unknown, answers: ReadonlyMap<string, Subanswer>): unknown {
  if (typeof value === 'string') {
    if (!value.includes('@{')) return value;
    const [whole] = value.matchAll(REFERENCE);
    if (whole && whole[0] === value) return lookUp(whole[1] ?? '', whole[2] ?? '', answers);
    return value.replace(REFERENCE, (_all, name: string, path: string) => String(lookUp(name, path, answers)));
  }
  if (Array.isArray(value)) return value.map((item) => replaced(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item, answers)]));
}

function lookUp(name: string, path: string, answers: ReadonlyMap<string, Subanswer>): unknown {
  const answer = answers.get(name);
  let found: unknown = answer && answer.status < 400 ? answer.body : undefined;
  for (const [, key, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    const step = index ?? key ?? '';
    // Names are case-sensitive here, unlike those of fields in a query.
    const present = typeof found === 'object' && found !== null && Object.hasOwn(found, step);
    found = present ? (found as Record<string, unknown>)[step] : undefined;
  }
  if (found === undefined || found === null || typeof found === 'object') {
    const message = `Invalid reference specified. No value for ${name}${path} found in ${name}`;
    throw new PlatformError('PROCESSING_HALTED', message);
  }
  return found;
}
