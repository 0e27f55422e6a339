// What every REST handler needs of a request: who asks, in which API version, under which change origin; and how a
// refusal is answered.
import type { NextFunction, Request, Response, Router } from 'express';
import { assignsBy } from '../assignmentRules.ts';
import { allowsDuplicates, DuplicatesDetected } from '../duplicateRules.ts';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { pageToken } from '../oauth/browser.ts';
import type { TransactionContext } from '../transaction.ts';

/** Versions up to 30 are retired; jsforce asks with 50 and the `sf` CLI with 51 where nothing else is set. */
const OLDEST = 31;
const NEWEST = 68;
/** v31 is the release Summer '14; three releases follow each other every year. */
const RELEASES = ['Summer', 'Winter', 'Spring'];

export function versions(): { label: string; url: string; version: string }[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_unused, index) => {
    const season = RELEASES[index % RELEASES.length] ?? '';
    // A winter release is named for the year that follows.
    const year = 14 + Math.floor((index + 2) / RELEASES.length);
    const version = `${OLDEST + index}.0`;
    return { label: `${season} '${year}`, url: `/services/data/v${version}`, version };
  });
}

export function isSupported(version: string): boolean {
  const [, major, minor] = /^v(\d+)\.(\d)$/.exec(version) ?? [];
  return minor === '0' && Number(major) >= OLDEST && Number(major) <= NEWEST;
}

export interface Asking {
  userId: string;
  clientId: string;
  /** `67.0` */
  version: string;
  /** `/services/data/v67.0` */
  base: string;
}

/** The session that a request names: in its Authorization header, or as a page of this org does, by its cookie. */
export function tokenOf(request: Request): string | undefined {
  const header = request.get('authorization');
  if (header === undefined) return pageToken(request);
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header)?.[1];
}

/** @throws PlatformError INVALID_SESSION_ID, INVALID_AUTH_HEADER (401) */
export function authenticate(org: Org, request: Request, version: string): Asking {
  const token = tokenOf(request);
  if (request.get('authorization') !== undefined && token === undefined) {
    throw new PlatformError('INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE', { status: 401 });
  }
  const session = org.sessions.verify(token ?? '');
  if (!session) throw new PlatformError('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
  const number = version.slice(1);
  return { userId: session.userId, clientId: session.clientId, version: number, base: `/services/data/${version}` };
}

/**
 * The context of a change over REST. Only calls on single records carry the client's name in their change origin: the
 * Call Options header is not documented for collections.
 */
export function contextOf(asking: Asking, request: Request, single: boolean): TransactionContext {
  const client = single ? /client\s*=\s*([^;,\s]+)/i.exec(request.get('sforce-call-options') ?? '')?.[1] : undefined;
  return {
    user: asking.userId,
    ...(allowsDuplicates(request.get('sforce-duplicate-rule-header')) && { allowDuplicates: true }),
    assigns: assignsBy(request.get('sforce-auto-assign')),
    origin: `com/salesforce/api/rest/${asking.version}${client === undefined ? '' : `;client=${client}`}`,
  };
}

export function notFound(message = 'The requested resource does not exist'): PlatformError {
  return new PlatformError('NOT_FOUND', message, { status: 404 });
}

/** Ends a route: whatever method got this far is not one of those. */
export function methodNotAllowed(allowed: string) {
  return (request: Request, response: Response): void => {
    response.set('Allow', allowed);
    const message = `HTTP Method '${request.method}' not allowed. Allowed are ${allowed}`;
    throw new PlatformError('METHOD_NOT_ALLOWED', message, { status: 405 });
  };
}

/** Writes a refusal as the platform does: an array of errors, with fields where a save was refused. */
export function sendError(response: Response, error: PlatformError): void {
  const saving = response.req.method !== 'GET' && response.req.method !== 'HEAD';
  response.status(error.status).json([showError(error, saving)]);
}

export function showError(error: PlatformError, saving = false): object {
  const { message, errorCode, fields, status } = error;
  // The platform's own spelling, for single records; collections have the word whole.
  if (error instanceof DuplicatesDetected) return { duplicateResut: error.duplicateResult, errorCode, message };
  const about = saving && status !== 401 && status !== 405 && status !== 415;
  return about ? { message, errorCode, fields } : { message, errorCode };
}

/** No path of a request holds a bare space. */
const NOWHERE = '/ ';

/**
 * Ends a router so that it answers refusals itself and hands on what is not its own at once: a router whose last layer
 * passes a request on waits for the next turn of the event loop, and a subrequest in an open transaction cannot.
 */
export function seal(router: Router): Router {
  router.use(handleErrors);
  router.use(NOWHERE, () => undefined);
  return router;
}

/** The last handler. What is no refusal is a defect of this org and says so, with its text. */
export function handleErrors(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  sendError(response, toPlatformError(error));
}

function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (type === 'entity.parse.failed') return new PlatformError('JSON_PARSER_ERROR', message);
  if (type === 'entity.too.large') {
    return new PlatformError('REQUEST_ENTITY_TOO_LARGE', 'The request body is too large', { status: 413 });
  }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new PlatformError('UNSUPPORTED_MEDIA_TYPE', message, { status: 415 });
  }
  // What cannot be unpacked never was JSON.
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
    return new PlatformError('JSON_PARSER_ERROR', message);
  }
  if (error instanceof URIError) return notFound();
  return new PlatformError('UNKNOWN_EXCEPTION', `An unexpected error occurred: ${message}`, { status: 500 });
}
