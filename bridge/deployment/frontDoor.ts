// The addresses of a deployment: each connection has its own below `/c/<route>`, and all have the callback of the sign-in in common.
// An address that belongs to no connection is answered like any other that does not exist, so that nobody finds out which there are.
import type { Request, RequestHandler } from 'express';
import { HttpProblem } from '../http/problem.ts';
import { CARRIED, unavailable, type Destination, type Forwarder } from './forward.ts';

/** Where a connection is now; undefined for one that is not known. */
export type Place =
  | { kind: 'here'; name: string; url: string }
  /** In the process of the deployment at this address. */
  | { kind: 'elsewhere'; name: string; url: string }
  /** It starts, has failed or moves. */
  | { kind: 'nowhere'; name: string };

export interface FrontDoorDeps {
  placeOf: (route: string) => Place | undefined;
  forwarder: Pick<Forwarder, 'forward'>;
  isDraining: () => boolean;
}

const OF_CONNECTION = /^\/c\/([a-z2-7]{26})(\/.*)$/;
/** What a bridge serves on its main port; probes and metrics are on that of the probes. */
const SERVED = /^\/(?:webhooks\/sellfire\/[^/]+|connect|oauth\/start|control\/[^/]+\/[^/]+)$/;
const CALLBACK = '/oauth/callback';

export function frontDoor({ placeOf, forwarder, isDraining }: FrontDoorDeps): RequestHandler {
  return async (request, response, next) => {
    const found = routeOf(request);
    const place = found && placeOf(found.route);
    if (!place) return next();
    if (isDraining()) throw unavailable('The bridge is stopping.');
    const to = destinationOf(place, found.path, request);
    await forwarder.forward(place.name, to, request, response);
  };
}

function routeOf(request: Request): { route: string; path: string } | undefined {
  const { originalUrl: address, path } = request;
  if (path === CALLBACK) {
    const { state } = request.query;
    const [route = ''] = typeof state === 'string' ? state.split('.') : [];
    return { route, path: address };
  }
  const [, route, inner] = OF_CONNECTION.exec(path) ?? [];
  if (route === undefined || inner === undefined || !SERVED.test(inner)) return undefined;
  return { route, path: address.slice(address.indexOf(route) + route.length) };
}

/** @throws HttpProblem unavailable */
function destinationOf(place: Place, path: string, request: Request): Destination {
  if (place.kind === 'here') return { origin: place.url, path, isElsewhere: false };
  // Two processes that take each other for its place would carry it to and fro.
  if (place.kind === 'elsewhere' && request.get(CARRIED) === undefined)
    return { origin: place.url, path: request.originalUrl, isElsewhere: true };
  throw unavailable('The process of this connection is starting.');
}

/** For the callback without a connection that is known. */
export const noSuchSignIn: RequestHandler = (request, _response, next) => {
  if (request.path === CALLBACK)
    throw new HttpProblem('invalid_request', 'This sign-in is no longer open. Follow a new link to connect.');
  next();
};
