// The page where a person signs in and lets an app in, and the way back to the app. One form: name, password, Allow or
// Deny. Nothing is remembered between two visits, so there is no cookie to steal and nothing to forge.
import type { Request, Response } from 'express';
import type { Org } from '../org.ts';
import { isPermitted, type OAuthApp } from './apps.ts';
import { escape, page } from './html.ts';

interface AuthorizeRequest {
  app: OAuthApp;
  redirectUri: string;
  state: string | undefined;
  challenge: string;
  scope: string;
  loginHint: string;
  /** What the form must carry to the next request. */
  carried: [string, string][];
}

const CARRIED = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
  'scope',
];

export function showAuthorize(org: Org, request: Request, response: Response): void {
  const parsed = parse(org, new URL(request.originalUrl, org.url).searchParams, response);
  if (parsed) sendForm(response, 200, parsed, '');
}

export function decideAuthorize(org: Org, request: Request, response: Response): void {
  const form = new URLSearchParams(request.body as Record<string, string>);
  const parsed = parse(org, form, response);
  if (!parsed) return;
  if (form.get('decision') !== 'allow') {
    back(response, parsed, { error: 'access_denied', error_description: 'end-user denied authorization' });
    return;
  }
  const user = org.users.find(form.get('username') ?? '');
  if (!user || form.get('password') !== user.password || org.get('User', user.id)?.['IsActive'] !== true) {
    const sorry = 'Please check your username and password. If you still can’t log in, contact your administrator.';
    sendForm(response, 401, parsed, sorry);
    return;
  }
  const { app, redirectUri, challenge, scope } = parsed;
  if (!isPermitted(app, user.username)) {
    const error_description = 'user is not admin approved to access this app';
    back(response, parsed, { error: 'OAUTH_APP_ACCESS_DENIED', error_description });
    return;
  }
  const code = org.grants.code({ clientId: app.clientId, userId: user.id, redirectUri, challenge, scope });
  back(response, parsed, { code });
}

/** Where app or return address are not known, the browser stays here; other mistakes are returned to the app. */
function parse(org: Org, query: URLSearchParams, response: Response): AuthorizeRequest | undefined {
  const app = org.apps.find((known) => known.clientId === query.get('client_id'));
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app || !app.callbackUrls.includes(redirectUri)) {
    const code = app ? 'redirect_uri_mismatch' : 'invalid_client_id';
    const text = app ? 'redirect_uri must match configuration' : 'client identifier invalid';
    response
      .status(400)
      .type('html')
      .send(page('OAuth Error', `<p>error=${code}&amp;error_description=${text}</p>`));
    return undefined;
  }
  const request: AuthorizeRequest = {
    app,
    redirectUri,
    state: query.get('state') ?? undefined,
    challenge: query.get('code_challenge') ?? '',
    scope: query.get('scope') ?? 'api refresh_token',
    loginHint: query.get('login_hint') ?? '',
    carried: CARRIED.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])),
  };
  if (query.get('response_type') !== 'code') {
    back(response, request, { error: 'unsupported_response_type', error_description: 'response type not supported' });
  } else if (!request.challenge && app.pkce !== false) {
    back(response, request, { error: 'invalid_request', error_description: 'missing required code challenge' });
  } else if ((query.get('code_challenge_method') ?? 'S256') !== 'S256') {
    back(response, request, { error: 'invalid_request', error_description: 'code challenge method not supported' });
  } else {
    return request;
  }
  return undefined;
}

function back(response: Response, { redirectUri, state }: AuthorizeRequest, answer: Record<string, string>): void {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (state !== undefined) target.searchParams.set('state', state);
  response.redirect(302, target.href);
}

function sendForm(response: Response, status: number, request: AuthorizeRequest, error: string): void {
  const hidden = request.carried
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const body = `<h1>Log in and allow access?</h1>
<p><strong>${escape(request.app.label)}</strong> asks to: ${escape(request.scope)}</p>
${error ? `<p class="error" role="alert">${escape(error)}</p>` : ''}
<form method="post" action="/services/oauth2/authorize">${hidden}
<label>Username<input name="username" autocomplete="username" value="${escape(request.loginHint)}" autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password"></label>
<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>`;
  response.status(status).type('html').send(page('Local org: log in', body));
}
