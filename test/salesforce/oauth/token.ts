// The token endpoint: JWT bearer, authorization code with PKCE, refresh with rotation. Every refusal has the
// platform's shape: `{ error, error_description }`, status 400.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decodeJwt, importSPKI, importX509, jwtVerify } from 'jose';
import type { Org } from '../org.ts';
import type { OrgUser } from '../users.ts';
import { isAllowedFrom, isPermitted, type OAuthApp } from './apps.ts';

export class OAuthError extends Error {
  readonly code: string;
  constructor(code: string, description: string) {
    super(description);
    this.name = 'OAuthError';
    this.code = code;
  }
}

export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  signature?: string;
  scope: string;
  instance_url: string;
  api_instance_url: string;
  id: string;
  token_type: 'Bearer';
  issued_at: string;
}

/** Who an assertion may be meant for: Salesforce's own login hosts, and this org. */
const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Where a token request comes from. */
export interface Asker {
  /** The Authorization header. */
  basic: string | undefined;
  /** The address on the other end of the connection. */
  address: string;
}

/** @throws OAuthError */
export async function answerToken(org: Org, form: URLSearchParams, { basic, address }: Asker): Promise<TokenAnswer> {
  const field = (name: string): string => form.get(name) ?? '';
  switch (form.get('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return bearer(org, field('assertion'), address);
    case 'authorization_code':
      return fromCode(org, from(clientOf(org, form, basic), address), form);
    case 'refresh_token':
      return refresh(org, from(clientOf(org, form, basic), address), field('refresh_token'));
    default:
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
}

/** What is known of a token, to the app that it was given to. @throws OAuthError for an app that does not prove itself */
export function introspect(org: Org, form: URLSearchParams, basic: string | undefined): Record<string, unknown> {
  const app = clientOf(org, form, basic);
  const token = form.get('token') ?? '';
  const session = org.sessions.verify(token);
  const grant = org.grants.all().find((one) => one.token === token);
  const user = org.users.get(session?.userId ?? grant?.userId ?? '');
  // A token of another app is unknown to this one.
  if (!user || (session ?? grant)?.clientId !== app.clientId) return { active: false };
  return {
    active: true,
    scope: grant?.scope ?? org.grants.all().find(({ id }) => id === session?.grant)?.scope ?? 'api web',
    client_id: app.clientId,
    username: user.username,
    sub: `${org.url}/id/${org.id}/${user.id}`,
    token_type: session ? 'access_token' : 'refresh_token',
    ...(session ? { exp: Math.floor(session.expiresAt / 1000) } : {}),
  };
}

/** The app that the request names; a confidential one must also prove that it is that app. */
function clientOf(org: Org, form: URLSearchParams, basic: string | undefined): OAuthApp {
  const decoded = basic?.startsWith('Basic ') ? Buffer.from(basic.slice(6), 'base64').toString() : undefined;
  const [basicId, basicSecret] = decoded?.split(':').map(decodeURIComponent) ?? [];
  const app = org.apps.find((known) => known.clientId === (form.get('client_id') ?? basicId));
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const secret = form.get('client_secret') ?? basicSecret ?? '';
  if (app.clientSecret !== undefined && !same(secret, app.clientSecret)) {
    throw new OAuthError('invalid_client', 'invalid client credentials');
  }
  return app;
}

/** @throws OAuthError where the app's policy gives nothing to this address */
function from(app: OAuthApp, address: string): OAuthApp {
  if (isAllowedFrom(app, address)) return app;
  throw new OAuthError('invalid_grant', 'ip restricted');
}

/** @throws OAuthError */
function active(org: Org, user: OrgUser | undefined): OrgUser {
  if (user && org.get('User', user.id)?.['IsActive'] === true) return user;
  throw new OAuthError('inactive_user', 'user is inactive');
}

function same(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

async function bearer(org: Org, assertion: string, address: string): Promise<TokenAnswer> {
  const invalid = new OAuthError('invalid_grant', 'invalid assertion');
  let claimed;
  try {
    claimed = decodeJwt(assertion);
  } catch {
    throw invalid;
  }
  const app = org.apps.find((known) => known.clientId === claimed.iss);
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (app.certificate === undefined) throw invalid;
  try {
    const importKey = app.certificate.includes('BEGIN CERTIFICATE') ? importX509 : importSPKI;
    // The CLI sends its expiry in milliseconds, which reads as a date far away: the platform lets it pass as well.
    await jwtVerify(assertion, await importKey(app.certificate, 'RS256'), {
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'aud', 'sub'],
      currentDate: new Date(org.clock()),
    });
  } catch {
    throw invalid;
  }
  const audience = [claimed.aud ?? []].flat().map((url) => url.replace(/\/+$/, ''));
  if (!audience.some((url) => [...LOGIN_HOSTS, org.url].includes(url))) {
    throw new OAuthError('invalid_grant', 'audience is invalid');
  }
  from(app, address);
  const user = org.users.find(claimed.sub ?? '');
  const approved = user && (app.permittedUsers !== 'self-authorised' || org.grants.approved(app.clientId, user.id));
  if (!approved || !isPermitted(app, user.username)) {
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  }
  active(org, user);
  return answer(org, app, user, 'api web refresh_token');
}

function fromCode(org: Org, app: OAuthApp, form: URLSearchParams): TokenAnswer {
  const given = org.grants.useCode(form.get('code') ?? '');
  if (!given || given.clientId !== app.clientId) throw new OAuthError('invalid_grant', 'expired authorization code');
  if (form.get('redirect_uri') !== given.redirectUri) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  // An app that may do without a challenge must still answer the one that it set.
  if (given.challenge !== '') {
    const verifier = form.get('code_verifier');
    if (verifier === null) throw new OAuthError('invalid_grant', 'missing required code verifier');
    if (createHash('sha256').update(verifier).digest('base64url') !== given.challenge) {
      throw new OAuthError('invalid_grant', 'invalid code verifier');
    }
  }
  const user = active(org, org.users.get(given.userId));
  const grant = org.grants.grant(app.clientId, given.userId, given.scope);
  return { ...answer(org, app, user, given.scope, grant.id), refresh_token: grant.token };
}

function refresh(org: Org, app: OAuthApp, token: string): TokenAnswer {
  const grant = org.grants.find(token);
  if (!grant || grant.clientId !== app.clientId) throw new OAuthError('invalid_grant', EXPIRED);
  if (app.idleDays !== undefined && grant.usedAt + app.idleDays * DAY_MS <= org.clock()) {
    org.grants.revoke(token);
    throw new OAuthError('invalid_grant', EXPIRED);
  }
  const user = active(org, org.users.get(grant.userId));
  if (app.rotation === false) {
    org.grants.touch(grant);
    return answer(org, app, user, grant.scope, grant.id);
  }
  const next = org.grants.rotate(grant);
  return { ...answer(org, app, user, grant.scope, grant.id), refresh_token: next.token };
}

const EXPIRED = 'expired access/refresh token';

function answer(org: Org, app: OAuthApp, user: OrgUser, scope: string, grant?: string): TokenAnswer {
  const id = `${org.url}/id/${org.id}/${user.id}`;
  const issued = String(org.clock());
  const session = org.sessions.open(user.id, app.clientId, grant);
  return {
    access_token: session.token,
    ...(app.clientSecret !== undefined && {
      signature: createHmac('sha256', app.clientSecret)
        .update(id + issued)
        .digest('base64'),
    }),
    scope,
    instance_url: org.instanceUrl ?? org.url,
    api_instance_url: org.instanceUrl ?? org.url,
    id,
    token_type: 'Bearer',
    issued_at: issued,
  };
}
