// Signs a browser in and out: a form for people, `frontdoor.jsp` for programs that have a session already, and the cookie
// by which pages of this org call its APIs. A cookie alone is not enough, as a foreign page’s request carries it too:
// only requests of the org's own origin count, and only with a header that a foreign page cannot set.
// Source: Salesforce Help, "Frontdoor.jsp"; REST API Developer Guide, "Session ID Authorization".
import express, { Router, type Request, type Response } from 'express';
import type { Org } from '../org.ts';
import { personOf, ROLES } from '../people.ts';
import { sessionInfo } from './sessionInfo.ts';
import { escape, page } from './html.ts';

const COOKIE = 'sid';
/** Foreign pages cannot set a header of their own without asking first, and this org grants no such request. */
export const PAGE_HEADER = 'x-requested-with';
/** The client of sessions that a browser opens. */
const CLIENT = 'browser';

export function browserRouter(org: Org): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false });

  router.get('/login', (request, response) => sendForm(org, response, 200, returnOf(request.query['startURL'])));
  router.post('/login', form, (request, response) => {
    const sent = new URLSearchParams(request.body as Record<string, string>);
    const start = returnOf(sent.get('startURL'));
    const username = sent.get('username') ?? '';
    // Their names are on the form before they are users.
    const role = ROLES.find((one) => username.toLowerCase() === `${one}@local.example`);
    const user = role ? personOf(org, role) : org.users.find(username);
    if (!user || sent.get('password') !== user.password || org.get('User', user.id)?.['IsActive'] !== true) {
      const sorry = 'Please check your username and password. If you still can’t log in, contact your administrator.';
      sendForm(org, response, 401, start, sorry, username);
      return;
    }
    setCookie(response, org.sessions.open(user.id, CLIENT).token);
    response.redirect(302, start);
  });

  router.all('/secur/frontdoor.jsp', form, (request, response) => {
    const sent = new URLSearchParams({ ...(request.query as Record<string, string>), ...(request.body as object) });
    const start = returnOf(sent.get('retURL') ?? sent.get('startURL'));
    const token = sent.get('sid') ?? '';
    if (org.sessions.verify(token)) {
      setCookie(response, token);
      response.redirect(302, start);
    } else {
      response.redirect(302, `/login?${new URLSearchParams({ startURL: start }).toString()}`);
    }
  });

  router.all('/secur/logout.jsp', (request, response) => {
    org.sessions.close(cookieOf(request) ?? '');
    response.clearCookie(COOKIE, { path: '/' });
    response.redirect(302, '/login');
  });

  router.get('/_local/lightning/session', (request, response) => {
    response.set('Cache-Control', 'no-store');
    const session = org.sessions.verify(pageToken(request) ?? '');
    if (session) response.json(sessionInfo(org, session));
    else response.status(401).json([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });
  return router;
}

function setCookie(response: Response, token: string): void {
  response.cookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', encode: (text) => text });
}

/** The session cookie, whoever has sent it: enough to show a page, not to answer a request of one. */
export function cookieOf(request: Request): string | undefined {
  for (const part of (request.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value) return value;
  }
  return undefined;
}

/** The session of a request that a page of this org has made; undefined for any other. */
export function pageToken(request: Request): string | undefined {
  if (request.get(PAGE_HEADER) === undefined) return undefined;
  const origin = request.get('origin');
  if (origin !== undefined && origin !== `http://${request.get('host') ?? ''}`) return undefined;
  const site = request.get('sec-fetch-site');
  return site === undefined || site === 'same-origin' ? cookieOf(request) : undefined;
}

/** Only within this org: an address elsewhere would make the sign-in a way to anywhere. */
function returnOf(given: unknown): string {
  const path = typeof given === 'string' ? given : '';
  return /^\/(?![/\\])/.test(path) ? path : '/';
}

function sendForm(org: Org, response: Response, status: number, start: string, error = '', username = ''): void {
  const names = [org.users.admin.username, ...ROLES.map((role) => `${role}@local.example`)];
  const options = names.map((name) => `<option value="${escape(name)}">`).join('');
  const body = `<h1>Log in</h1>
${error ? `<p class="error" role="alert">${escape(error)}</p>` : ''}
<form method="post" action="/login"><input type="hidden" name="startURL" value="${escape(start)}">
<label>Username<input name="username" list="people" autocomplete="username" value="${escape(username)}" autofocus></label>
<datalist id="people">${options}</datalist>
<label>Password<input name="password" type="password" autocomplete="current-password"></label>
<button>Log in</button></form>`;
  response.status(status).type('html').send(page('Local org: log in', body));
}
