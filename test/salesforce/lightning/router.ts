// Serves the Lightning pages of an org: the shell for whoever is signed in, the built modules, and Salesforce's design
// system. What pages read and write goes over the org's documented APIs; only what the platform keeps to itself (which
// tabs an app has, what stands on a page) comes from here.
// Source: Salesforce Help, "Lightning Experience"; LWC guide, "PageReference Types" (addresses).
import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, type Request, type Response } from 'express';
import { cookieOf } from '../oauth/browser.ts';
import { sessionInfo } from '../oauth/sessionInfo.ts';
import type { Org } from '../org.ts';
import { NEWEST_VERSION } from '../org.ts';
import { personOf, ROLES, type Role } from '../people.ts';
import { notFound } from '../rest/request.ts';
import { buildPackage } from './build/package.ts';
import { buildPlatform, type Platform } from './build/platform.ts';
import type { Built } from './build/cache.ts';
import { readMetadata } from './metadata/app.ts';
import { pageOf } from './page.ts';
import { themeSheet } from './themes.ts';

const DESIGN_SYSTEM = fileURLToPath(
  new URL('../../../node_modules/@salesforce-ux/design-system/assets', import.meta.url),
);
const STYLES = fileURLToPath(new URL('./styles', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
/** Of files whose address has the digest of what they were made from. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Opens the pages as somebody who is signed in by it. */
export function entrance(restUrl: string, role: Role = 'administrator'): string {
  return `${restUrl}/_local/lightning/enter/${role}`;
}

export function lightningRouter(org: Org): Router {
  const router = Router();
  let platform: Promise<Platform> | undefined;
  const built = new Map<string, Built>();
  const builds = async (): Promise<Built[]> => {
    platform ??= buildPlatform();
    const ready = await platform;
    const all = [ready.base, ready.host, await buildPackage(org, ready)];
    for (const one of all) built.set(one.digest, one);
    return all;
  };

  router.get('/', (_request, response) => response.redirect(302, '/lightning/page/home'));
  router.get('/_lightning/styles/hooks.css', (_request, response) => {
    response.set({ 'Cache-Control': 'no-cache', 'Content-Type': 'text/css; charset=utf-8' });
    response.send(themeSheet());
  });
  router.get('/_lightning/styles/:file', (request, response) =>
    sendFile(response, STYLES, String(request.params['file']), 'no-cache'),
  );
  router.get('/_lightning/slds/*path', (request, response) =>
    sendFile(response, DESIGN_SYSTEM, pathOf(request), FOREVER),
  );
  router.get('/_lightning/:digest/*path', (request, response) => {
    const found = built.get(String(request.params['digest']));
    if (found) sendFile(response, found.directory, pathOf(request), FOREVER);
    else response.status(404).end();
  });
  // The sign-in for people at this machine: signs them in as one of those who sit in front of the pages.
  router.get('/_local/lightning/enter/:role', (request, response) => {
    const role = ROLES.find((one) => one === request.params['role']);
    if (!role) throw notFound(`No role ${String(request.params['role'])}: ${ROLES.join(', ')}`);
    const { token } = org.sessions.open(personOf(org, role).id, 'browser');
    const retURL = String(request.query['retURL'] ?? '/lightning/page/home');
    response.redirect(302, `/secur/frontdoor.jsp?${new URLSearchParams({ sid: token, retURL }).toString()}`);
  });
  router.get('/_local/lightning/metadata', (request, response) => {
    const session = org.sessions.verify(cookieOf(request) ?? '');
    if (!session) {
      response.status(401).json([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
      return;
    }
    response.set('Cache-Control', 'no-store');
    response.json(readMetadata(org, sessionInfo(org, session).language));
  });
  router.get(['/lightning', '/lightning/*path'], async (request, response) => {
    const session = org.sessions.verify(cookieOf(request) ?? '');
    if (!session) {
      response.redirect(302, `/login?${new URLSearchParams({ startURL: request.originalUrl }).toString()}`);
      return;
    }
    response.set('Cache-Control', 'no-store');
    try {
      const modules = (await builds()).flatMap(({ digest, modules: files }) =>
        Object.entries(files).map(([name, file]) => [name, `/_lightning/${digest}/${file}`] as const),
      );
      response.type('html').send(pageOf(sessionInfo(org, session), NEWEST_VERSION, Object.fromEntries(modules)));
    } catch (error) {
      // Somebody who writes a component reads here what is wrong with it.
      response
        .status(500)
        .type('text')
        .send(`The pages cannot be built.\n\n${(error as Error).message}`);
    }
  });
  return router;
}

function pathOf(request: Request): string {
  return [request.params['path'] ?? []].flat().join('/');
}

function sendFile(response: Response, folder: string, path: string, cache: string): void {
  const file = join(folder, normalize(`/${path}`));
  const type = TYPES[extname(file)];
  if (type === undefined || !existsSync(file) || !statSync(file).isFile()) {
    response.status(404).end();
    return;
  }
  response.set({ 'Cache-Control': cache, 'Content-Type': type });
  createReadStream(file).pipe(response);
}
