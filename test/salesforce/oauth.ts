// OAuth of the org: authorize, token, revoke, userinfo and the identity service, as Salesforce's login hosts answer them.
import express, { Router, type Request, type Response } from 'express';
import { normaliseId } from './ids.ts';
import { decideAuthorize, showAuthorize } from './oauth/authorize.ts';
import { answerToken, introspect, OAuthError } from './oauth/token.ts';
import type { Session } from './oauth/sessions.ts';
import type { Org } from './org.ts';
import type { OrgUser } from './users.ts';

export function oauthRouter(org: Org): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false });

  router.get('/services/oauth2/authorize', (request, response) => showAuthorize(org, request, response));
  router.post('/services/oauth2/authorize', form, (request, response) => decideAuthorize(org, request, response));

  router.post('/services/oauth2/token', form, async (request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const asker = { basic: request.get('authorization'), address: request.socket.remoteAddress ?? '' };
      response.json(await answerToken(org, parameters(request), asker));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      response.status(400).json({ error: error.code, error_description: error.message });
    }
  });

  router.post('/services/oauth2/introspect', form, (request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      response.json(introspect(org, parameters(request), request.get('authorization')));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      response.status(401).json({ error: error.code, error_description: error.message });
    }
  });

  router.all('/services/oauth2/revoke', form, (request, response) => {
    const token = parameters(request).get('token') ?? '';
    const grant = org.grants.revoke(token);
    if (grant) org.sessions.closeGrant(grant.id);
    if (grant || org.sessions.close(token)) response.status(200).end();
    else response.status(400).json({ error: 'invalid_token', error_description: 'invalid token' });
  });

  router.all('/services/oauth2/userinfo', (request, response) => {
    const signedIn = whoAsks(org, request);
    if (!signedIn) badToken(response);
    else response.json({ ...userInfo(org, signedIn.user), sub: identityUrl(org, signedIn.user) });
  });

  router.get('/id/:org/:user', (request, response) => {
    const signedIn = whoAsks(org, request);
    const user = org.users.get(normaliseId(request.params.user) ?? '');
    if (!signedIn) badToken(response);
    else if (!user || normaliseId(request.params.org) !== org.id) response.status(404).type('text').send('Not Found');
    else response.json(identity(org, user));
  });
  return router;
}

/** The body's fields, else the query's: the platform takes either. */
function parameters(request: Request): URLSearchParams {
  const body = request.body as Record<string, string> | undefined;
  if (body && Object.keys(body).length > 0) return new URLSearchParams(body);
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

function whoAsks(org: Org, request: Request): { session: Session; user: OrgUser } | undefined {
  const header = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const session = org.sessions.verify(header ?? parameters(request).get('oauth_token') ?? '');
  const user = session && org.users.get(session.userId);
  return user && { session, user };
}

function badToken(response: Response): void {
  response.status(403).type('html').send('Bad_OAuth_Token');
}

function identityUrl(org: Org, user: OrgUser): string {
  return `${org.url}/id/${org.id}/${user.id}`;
}

/** Templates: the client puts its version where `{version}` stands. */
function urls(org: Org, user: OrgUser): Record<string, string> {
  const org15 = org.id.slice(0, 15);
  const rest = `${org.url}/services/data/v{version}/`;
  return {
    enterprise: `${org.url}/services/Soap/c/{version}/${org15}`,
    metadata: `${org.url}/services/Soap/m/{version}/${org15}`,
    partner: `${org.url}/services/Soap/u/{version}/${org15}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    profile: `${org.url}/${user.id}`,
    tooling_rest: `${rest}tooling/`,
    tooling_soap: `${org.url}/services/Soap/T/{version}/${org15}`,
    custom_domain: org.url,
  };
}

function userInfo(org: Org, user: OrgUser): Record<string, unknown> {
  const row = org.get('User', user.id) ?? {};
  return {
    user_id: user.id,
    organization_id: org.id,
    preferred_username: user.username,
    nickname: row['CommunityNickname'] ?? row['Alias'],
    name: user.name,
    email: user.email,
    email_verified: true,
    given_name: row['FirstName'],
    family_name: row['LastName'],
    zoneinfo: row['TimeZoneSidKey'],
    active: row['IsActive'],
    user_type: 'STANDARD',
    language: row['LanguageLocaleKey'],
    locale: row['LocaleSidKey'],
    utcOffset: 0,
    updated_at: row['LastModifiedDate'],
    urls: urls(org, user),
  };
}

function identity(org: Org, user: OrgUser): Record<string, unknown> {
  const row = org.get('User', user.id) ?? {};
  return {
    id: identityUrl(org, user),
    asserted_user: true,
    user_id: user.id,
    organization_id: org.id,
    username: user.username,
    nick_name: row['CommunityNickname'] ?? row['Alias'],
    display_name: user.name,
    email: user.email,
    email_verified: true,
    first_name: row['FirstName'],
    last_name: row['LastName'],
    timezone: row['TimeZoneSidKey'],
    active: row['IsActive'],
    user_type: 'STANDARD',
    language: row['LanguageLocaleKey'],
    locale: row['LocaleSidKey'],
    utcOffset: 0,
    last_modified_date: row['LastModifiedDate'],
    is_app_installed: true,
    urls: urls(org, user),
  };
}
