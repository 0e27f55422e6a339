// OAuth 2.0 of the local org: the flows, the policies of an app, and when a session ends.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { startOrg, type RunningOrg } from '../server.ts';
import { assertion, DATA, post, read, signIn, type Answer } from './client.ts';

const CALLBACK = 'http://127.0.0.1:8080/oauth/callback';
const JWT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
let running: RunningOrg;
let now = Date.now();

beforeAll(async () => {
  running = await startOrg({ clock: () => now });
});
afterAll(() => running.close());

const token = (form: Record<string, string>): Promise<Answer> => post(running, '/services/oauth2/token', form);
const limits = async (accessToken: unknown): Promise<Answer> =>
  read(
    await fetch(`${running.restUrl}${DATA}/limits`, { headers: { authorization: `Bearer ${String(accessToken)}` } }),
  );

interface Pkce {
  verifier: string;
  query: Record<string, string>;
}

function pkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return {
    verifier,
    query: {
      response_type: 'code',
      client_id: running.clientId,
      redirect_uri: CALLBACK,
      state: 'a&b "c"',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    },
  };
}

/** Presses Allow (or Deny) as a person would; returns where the browser is sent. */
async function decide(query: Record<string, string>, decision: Record<string, string> = {}): Promise<URL> {
  const { admin } = running.users;
  const form = { ...query, username: admin.username, password: admin.password, decision: 'allow', ...decision };
  const { status, headers } = await post(running, '/services/oauth2/authorize', form);
  expect(status).toBe(302);
  return new URL(headers.get('location') ?? '');
}

async function codeGrant(): Promise<Record<string, string>> {
  const { query, verifier } = pkce();
  const code = (await decide(query)).searchParams.get('code') ?? '';
  const { status, body } = await token(exchange(code, verifier));
  expect(status).toBe(200);
  return body as Record<string, string>;
}

function exchange(code: string, code_verifier: string): Record<string, string> {
  const { clientId: client_id, clientSecret: client_secret } = running;
  return { grant_type: 'authorization_code', code, code_verifier, redirect_uri: CALLBACK, client_id, client_secret };
}

function refresh(refresh_token: string | undefined, over: Record<string, string> = {}): Promise<Answer> {
  const { clientId: client_id, clientSecret: client_secret } = running;
  return token({ grant_type: 'refresh_token', refresh_token: refresh_token ?? '', client_id, client_secret, ...over });
}

describe('JWT bearer', () => {
  it('signs a user in, and the token opens REST as that user', async () => {
    const { status, body } = await token({ grant_type: JWT, assertion: await assertion(running) });
    expect(status).toBe(200);
    const { access_token, id } = body as Record<string, string>;
    expect(body).toMatchObject({ token_type: 'Bearer', instance_url: running.restUrl });
    expect(body).not.toHaveProperty('refresh_token');
    expect(id).toBe(`${running.restUrl}/id/${running.org.id}/${running.users.admin.id}`);
    // What @salesforce/core accepts as an access token.
    expect(access_token).toMatch(/^00D\w{12,15}![.\w]*$/);
    expect((await limits(access_token)).status).toBe(200);
  });

  it('names the server in front of the org as its instance, where there is one', async () => {
    running.org.instanceUrl = 'http://127.0.0.1:9';
    const { body } = await token({ grant_type: JWT, assertion: await assertion(running) });
    running.org.instanceUrl = undefined;
    expect(body).toMatchObject({ instance_url: 'http://127.0.0.1:9', api_instance_url: 'http://127.0.0.1:9' });
  });

  it('takes an expiry in milliseconds, as the CLI sends it, and Salesforce’s login hosts as audience', async () => {
    const claims = { exp: Date.now() + 120_000, aud: 'https://login.salesforce.com' };
    expect((await token({ grant_type: JWT, assertion: await assertion(running, claims) })).status).toBe(200);
  });

  it.each([
    ['another app', { iss: 'nobody' }, 'invalid_client_id', 'client identifier invalid'],
    ['an unknown user', { sub: 'nobody@local.example' }, 'invalid_grant', "user hasn't approved this consumer"],
    ['another audience', { aud: 'https://example.com' }, 'invalid_grant', 'audience is invalid'],
    ['the past', { exp: 1_600_000_000 }, 'invalid_grant', 'invalid assertion'],
  ])('refuses an assertion from %s', async (_what, claims, error, error_description) => {
    const answer = await token({ grant_type: JWT, assertion: await assertion(running, claims) });
    expect(answer).toMatchObject({ status: 400, body: { error, error_description } });
  });

  it('refuses what another key signed, and what is no assertion', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const claims = { iss: running.clientId, sub: running.users.admin.username, aud: running.restUrl };
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256' })
      .setExpirationTime('2m')
      .sign(privateKey);
    for (const bad of [forged, 'nonsense']) {
      expect(await token({ grant_type: JWT, assertion: bad })).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
    }
    expect((await token({ grant_type: 'password' })).body).toMatchObject({ error: 'unsupported_grant_type' });
  });
});

describe('the web-server flow', () => {
  it('shows a page, and sends the browser back with code and state as they came', async () => {
    const { query } = pkce();
    const page = await read(
      await fetch(
        `${running.restUrl}/services/oauth2/authorize?${new URLSearchParams({ ...query, login_hint: '"><script>' })}`,
      ),
    );
    expect(page.status).toBe(200);
    expect(page.body).toContain('<form method="post"');
    expect(page.body).not.toContain('<script>');
    const back = await decide(query);
    expect(back.origin + back.pathname).toBe(CALLBACK);
    expect(back.searchParams.get('state')).toBe('a&b "c"');
    const denied = await decide(query, { decision: 'deny' });
    expect(denied.searchParams.get('error')).toBe('access_denied');
  });

  it('lets nobody in with a wrong password, and never returns to an address that is not registered', async () => {
    const { query } = pkce();
    const form = { ...query, username: running.users.admin.username, password: 'wrong', decision: 'allow' };
    expect((await post(running, '/services/oauth2/authorize', form)).status).toBe(401);
    const elsewhere = { ...query, redirect_uri: 'http://127.0.0.1:8080/oauth/callback/../x' };
    expect((await post(running, '/services/oauth2/authorize', { ...form, ...elsewhere })).status).toBe(400);
    const { code_challenge: _left, ...without } = query;
    expect((await decide(without)).searchParams.get('error')).toBe('invalid_request');
  });

  it('gives tokens for a code once, and only to the app that can show verifier and secret', async () => {
    const { query, verifier } = pkce();
    const attempt = async (over: Record<string, string>): Promise<unknown> => {
      const code = (await decide(query)).searchParams.get('code') ?? '';
      return (await token({ ...exchange(code, verifier), ...over })).body;
    };
    expect(await attempt({ code_verifier: 'guess' })).toMatchObject({
      error: 'invalid_grant',
      error_description: 'invalid code verifier',
    });
    expect(await attempt({ client_secret: 'guess' })).toMatchObject({ error: 'invalid_client' });
    expect(await attempt({ redirect_uri: 'http://localhost:8080/oauth/callback' })).toMatchObject({
      error: 'redirect_uri_mismatch',
    });
    const code = (await decide(query)).searchParams.get('code') ?? '';
    expect((await token(exchange(code, verifier))).status).toBe(200);
    expect((await token(exchange(code, verifier))).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('rotates the refresh token at every use', async () => {
    const first = await codeGrant();
    const second = await refresh(first['refresh_token']);
    expect(second.status).toBe(200);
    const { refresh_token, access_token } = second.body as Record<string, string>;
    expect(refresh_token).not.toBe(first['refresh_token']);
    expect((await limits(access_token)).status).toBe(200);
    expect((await refresh(refresh_token, { client_secret: 'guess' })).body).toMatchObject({ error: 'invalid_client' });
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('ends a grant with all its sessions when a token is used that was rotated away', async () => {
    const first = await codeGrant();
    const { refresh_token, access_token } = (await refresh(first['refresh_token'])).body as Record<string, string>;
    const expired = { error: 'invalid_grant', error_description: 'expired access/refresh token' };
    expect(await refresh(first['refresh_token'])).toMatchObject({ status: 400, body: expired });
    expect(await refresh(refresh_token)).toMatchObject({ status: 400, body: expired });
    expect((await limits(access_token)).status).toBe(401);
  });

  it('keeps five approvals of a user and an app: the sixth ends the oldest', async () => {
    const oldest = await codeGrant();
    for (let more = 0; more < 5; more += 1) await codeGrant();
    expect((await refresh(oldest['refresh_token'])).status).toBe(400);
    expect((await limits(oldest['access_token'])).status).toBe(401);
  });

  it('revokes a grant with all that came from it', async () => {
    const grant = await codeGrant();
    expect((await post(running, '/services/oauth2/revoke', { token: grant['refresh_token'] ?? '' })).status).toBe(200);
    expect((await limits(grant['access_token'])).status).toBe(401);
    expect((await refresh(grant['refresh_token'])).status).toBe(400);
    expect((await post(running, '/services/oauth2/revoke', { token: 'unknown' })).status).toBe(400);
  });

  it('tells an app that proves itself what became of its tokens, and nobody else', async () => {
    const grant = await codeGrant();
    const { clientId: client_id, clientSecret: client_secret } = running;
    const asked = (token: string | undefined, secret = client_secret): Promise<Answer> =>
      post(running, '/services/oauth2/introspect', { token: token ?? '', client_id, client_secret: secret });
    const { id: sub } = grant;
    const { username } = running.users.admin;
    expect((await asked(grant['access_token'])).body).toMatchObject({ active: true, client_id, username, sub });
    expect((await asked(grant['refresh_token'])).body).toMatchObject({ active: true, token_type: 'refresh_token' });
    expect(await asked(grant['access_token'], 'guess')).toMatchObject({ status: 401 });
    await post(running, '/services/oauth2/revoke', { token: grant['refresh_token'] ?? '' });
    for (const token of [grant['access_token'], grant['refresh_token'], 'unknown'])
      expect((await asked(token)).body).toEqual({ active: false });
  });
});

describe('the policies of an app', () => {
  const app = () => {
    const found = running.org.apps[0];
    if (!found) throw new Error('There is no app.');
    return found;
  };
  afterEach(() => {
    const { label, clientId, clientSecret, certificate, callbackUrls } = app();
    running.org.apps[0] = {
      label,
      clientId,
      callbackUrls,
      clientSecret: String(clientSecret),
      certificate: String(certificate),
    };
    now = Date.now();
  });
  const jwt = async (claims = {}) => token({ grant_type: JWT, assertion: await assertion(running, claims) });
  const unapproved = { error: 'invalid_grant', error_description: "user hasn't approved this consumer" };

  it('admin approved users are pre-authorised: nobody else gets a token by JWT, or by the page', async () => {
    app().preauthorised = [running.users.integration.username];
    expect(await jwt()).toMatchObject({ status: 400, body: unapproved });
    expect((await jwt({ sub: running.users.integration.username })).status).toBe(200);
    const back = await decide(pkce().query);
    expect(back.searchParams.get('error')).toBe('OAUTH_APP_ACCESS_DENIED');
    expect(back.searchParams.get('state')).toBe('a&b "c"');
  });

  it('users may authorise themselves: JWT works once the user let the app in, until that is revoked', async () => {
    app().permittedUsers = 'self-authorised';
    const sub = running.users.integration.username;
    expect(await jwt({ sub })).toMatchObject({ body: unapproved });
    const { query, verifier } = pkce();
    const code = (await decide(query, { username: sub })).searchParams.get('code') ?? '';
    const grant = (await token(exchange(code, verifier))).body as Record<string, string>;
    expect((await jwt({ sub })).status).toBe(200);
    await post(running, '/services/oauth2/revoke', { token: grant['refresh_token'] ?? '' });
    expect(await jwt({ sub })).toMatchObject({ body: unapproved });
  });

  it('a refresh token ends after so many idle days, and every use begins them anew', async () => {
    app().idleDays = 30;
    const grant = await codeGrant();
    const day = 24 * 60 * 60 * 1000;
    now += 29 * day;
    const used = (await refresh(grant['refresh_token'])).body as Record<string, string>;
    now += 29 * day;
    const again = (await refresh(used['refresh_token'])).body as Record<string, string>;
    now += 30 * day;
    expect(await refresh(again['refresh_token'])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('without rotation a refresh token stays', async () => {
    app().rotation = false;
    const { refresh_token } = await codeGrant();
    expect((await refresh(refresh_token)).body).not.toHaveProperty('refresh_token');
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('without a required challenge a code may go without, but not around the one that was set', async () => {
    app().pkce = false;
    const { query } = pkce();
    const { code_challenge: _set, code_challenge_method: _how, ...bare } = query;
    const { code_verifier: _none, ...form } = exchange((await decide(bare)).searchParams.get('code') ?? '', '');
    expect((await token(form)).status).toBe(200);
    const code = (await decide(query)).searchParams.get('code') ?? '';
    expect((await token({ ...form, code })).body).toMatchObject({
      error_description: 'missing required code verifier',
    });
  });

  it('an address that is not among the allowed ones gets nothing', async () => {
    app().addresses = ['10.0.0.1'];
    const restricted = { error: 'invalid_grant', error_description: 'ip restricted' };
    expect(await jwt()).toMatchObject({ status: 400, body: restricted });
    for (const allowed of ['127.0.0.1', '127.0.0.0-127.0.0.255']) {
      app().addresses = ['10.0.0.0-10.0.0.255', allowed];
      expect((await jwt()).status).toBe(200);
    }
  });
});

describe('a user who is made inactive', () => {
  it('is signed out, and gets no token by JWT, refresh or the page', async () => {
    const { org, users } = running;
    const setActive = (IsActive: boolean): void =>
      org.transact({ user: users.admin.id, origin: '' }, (tx) => tx.update('User', users.integration.id, { IsActive }));
    const { query, verifier } = pkce();
    const username = users.integration.username;
    const code = (await decide(query, { username })).searchParams.get('code') ?? '';
    const grant = (await token(exchange(code, verifier))).body as Record<string, string>;
    setActive(false);
    const inactive = { error: 'inactive_user', error_description: 'user is inactive' };
    expect((await limits(grant['access_token'])).status).toBe(401);
    expect(await refresh(grant['refresh_token'])).toMatchObject({ status: 400, body: inactive });
    const byJwt = await token({ grant_type: JWT, assertion: await assertion(running, { sub: username }) });
    expect(byJwt).toMatchObject({ status: 400, body: inactive });
    const form = { ...query, username, password: users.integration.password, decision: 'allow' };
    expect((await post(running, '/services/oauth2/authorize', form)).status).toBe(401);
    setActive(true);
    expect((await refresh(grant['refresh_token'])).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends with its time, and REST says so', async () => {
    const send = await signIn(running);
    expect((await send('GET', `${DATA}/limits`)).status).toBe(200);
    now += running.org.sessions.lifetimeMs + 1;
    expect(await send('GET', `${DATA}/limits`)).toMatchObject({
      status: 401,
      body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    });
    now = Date.now();
  });

  it('must be sent in a known form', async () => {
    const bare = await read(await fetch(`${running.restUrl}${DATA}/limits`));
    expect(bare).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    const basic = await read(
      await fetch(`${running.restUrl}${DATA}/limits`, { headers: { authorization: 'Basic eDp5' } }),
    );
    expect(basic).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_AUTH_HEADER' }] });
  });

  it('names its user', async () => {
    const send = await signIn(running, running.users.integration.username);
    const { id } = running.users.integration;
    expect((await send('GET', '/services/oauth2/userinfo')).body).toMatchObject({
      user_id: id,
      organization_id: running.org.id,
    });
    expect((await send('GET', `/id/${running.org.id}/${id}`)).body).toMatchObject({
      user_id: id,
      username: 'integration@local.example',
    });
    const { identity } = (await send('GET', DATA)).body as { identity: string };
    expect(identity).toBe(`${running.restUrl}/id/${running.org.id}/${id}`);
    expect((await post(running, '/services/oauth2/userinfo', {})).status).toBe(403);
  });
});
