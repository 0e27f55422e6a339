// Signing in and staying signed in, against an authorization server that is scripted to misbehave.
import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { PeerError } from '../../../../bridge/model/fault.ts';
import {
  authorizationUrl,
  checkLoginUrl,
  createVerifier,
  instanceOf,
} from '../../../../bridge/salesforce/auth/oauth.ts';
import { createSession } from '../../../../bridge/salesforce/auth/session.ts';
import type { SessionOptions } from '../../../../bridge/salesforce/auth/session.ts';
import { settled } from '../../../helpers/clock.ts';
import { startFakeApi } from '../fakeApi.ts';
import type { FakeAnswer, FakeApi } from '../fakeApi.ts';

const ORG = '00D000000000001EAA';
const USER = '005000000000001AAA';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let api: FakeApi;
afterEach(() => api.close());

/** A server that answers with tokens t1, t2 … and, from the second form on, whatever `script` says first. */
async function authorizationServer(
  script: (form: URLSearchParams, n: number) => FakeAnswer | undefined = () => undefined,
) {
  let n = 0;
  api = await startFakeApi(({ body }) => {
    n += 1;
    const form = new URLSearchParams(body);
    return script(form, n) ?? { json: tokens(`t${n}`) };
  });
  return api;
}
const tokens = (access_token: string, more: Record<string, unknown> = {}) => ({
  access_token,
  instance_url: api.url,
  id: `https://login.salesforce.com/id/${ORG}/${USER}`,
  token_type: 'Bearer',
  ...more,
});
const session = (more: Partial<SessionOptions> = {}) =>
  createSession({
    loginUrl: api.url,
    clientId: 'client',
    grant: { kind: 'refresh', refreshToken: 'r0' },
    ...more,
  });
const faultOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PeerError);
  return (error as PeerError).fault;
};

describe('a session', () => {
  it('however many find the token stale, one sign-in is made', async () => {
    await authorizationServer();
    const signed = session();
    const first = await Promise.all([signed.token(), signed.token(), signed.token()]);
    expect(new Set(first.map(({ accessToken }) => accessToken))).toEqual(new Set(['t1']));
    const again = await Promise.all([1, 2, 3, 4].map(() => signed.refresh('t1')));
    expect(new Set(again.map(({ accessToken }) => accessToken))).toEqual(new Set(['t2']));
    expect((await signed.refresh('t1')).accessToken).toBe('t2');
    expect(api.requests).toHaveLength(2);
  });

  it.each([
    ['http://169.254.169.254'],
    ['http://acme.my.salesforce.com'],
    ['https://acme.my.salesforce.com.example.com'],
    ['https://acme.my.salesforce.com:8443'],
    ['https://me:secret@acme.my.salesforce.com'],
    ['https://salesforce.com@example.com'],
    ['https://10.0.0.7'],
    ['https://[::1]'],
    ['http://localhost:6379'],
    ['https://notsalesforce.com'],
  ])('sends no token to %s, which a token answer names as the address of the org', async (instance_url) => {
    await authorizationServer(() => ({ json: { ...tokens('t1'), instance_url } }));
    const fault = await faultOf(session().token());
    expect(fault).toMatchObject({ class: 'stop', code: 'INSTANCE_URL' });
    expect(fault.message).toContain('which is none of Salesforce');
    expect(fault.message).not.toContain('secret');
  });

  it.each([
    ['https://acme.my.salesforce.com:8443'],
    ['http://acme.my.salesforce.com'],
    ['https://me@acme.my.salesforce.com'],
    ['https://acme.my.salesforce.com.'],
  ])('sends no token to %s where the sign-in is at that host itself', (address) => {
    const signIn = 'https://acme.my.salesforce.com';
    expect(() => instanceOf(address, signIn)).toThrow('which is none of Salesforce');
    expect(instanceOf(`${signIn}:443/services`, signIn)).toBe(signIn);
  });

  it.each([
    ['https://acme.my.salesforce.com'],
    ['https://acme--dev.sandbox.my.salesforce.com'],
    ['https://na1.salesforce.com'],
  ])('takes %s for the address of an org', async (instance_url) => {
    await authorizationServer(() => ({ json: { ...tokens('t1'), instance_url } }));
    expect((await session().token()).instanceUrl).toBe(instance_url);
  });

  it('names the user of its token', async () => {
    await authorizationServer();
    expect(await session().token()).toEqual({ accessToken: 't1', instanceUrl: api.url, orgId: ORG, userId: USER });
  });

  it('a rotated refresh token is stored before its access token is used, and sent the next time', async () => {
    await authorizationServer((_, n) => ({ json: tokens(`t${n}`, { refresh_token: `r${n}` }) }));
    const order: string[] = [];
    const signed = session({
      onRefreshToken: async (token) => {
        await settled();
        order.push(`stored ${token}`);
      },
    });
    await signed.token().then(({ accessToken }) => order.push(`used ${accessToken}`));
    await signed.refresh('t1').then(({ accessToken }) => order.push(`used ${accessToken}`));
    expect(order).toEqual(['stored r1', 'used t1', 'stored r2', 'used t2']);
    expect(api.requests.map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual(['r0', 'r1']);
  });

  it('a rotated refresh token that could not be stored is not lost: storing is tried again first', async () => {
    await authorizationServer((_, n) => ({ json: tokens(`t${n}`, { refresh_token: `r${n}` }) }));
    const stored: string[] = [];
    let full = true;
    const signed = session({
      onRefreshToken: async (token) => {
        if (full) throw new Error('disk full');
        stored.push(token);
      },
    });
    await expect(signed.token()).rejects.toThrow('disk full');
    full = false;
    expect((await signed.token()).accessToken).toBe('t1');
    expect(stored).toEqual(['r1']);
    expect(api.requests).toHaveLength(1);
  });

  it('another org behind the same sign-in stops the connection for good', async () => {
    await authorizationServer();
    const signed = session({ orgId: '00D000000000002EAA' });
    expect(await faultOf(signed.token())).toMatchObject({ class: 'stop', code: 'ORG_CHANGED' });
    expect(await faultOf(signed.refresh('t1'))).toMatchObject({ code: 'ORG_CHANGED' });
    expect(api.requests).toHaveLength(1);
  });

  it('a revoked refresh token stops the connection; a broken gateway does not', async () => {
    await authorizationServer((_, n) => {
      if (n === 1) return { status: 503 };
      if (n === 2) return 'cut';
      return { status: 400, json: { error: 'invalid_grant', error_description: 'expired access/refresh token' } };
    });
    expect(await faultOf(session().token())).toMatchObject({ class: 'stop', code: 'SIGN_IN_EXPIRED' });
    expect(api.requests).toHaveLength(3);
  });

  it('revoking takes the refresh token back and ends the session', async () => {
    await authorizationServer();
    const signed = session();
    await signed.token();
    await signed.revoke();
    expect(api.requests[1]).toMatchObject({ path: '/services/oauth2/revoke', body: 'token=r0' });
    expect(await faultOf(signed.token())).toMatchObject({ class: 'stop', code: 'DISCONNECTED' });
  });
});

describe('the JWT grant', () => {
  it('signs what the platform asks for', async () => {
    await authorizationServer();
    await session({ grant: { kind: 'jwt', username: 'bridge@example.com', privateKey: PEM } }).token();
    const form = new URLSearchParams(api.requests[0]?.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const assertion = form.get('assertion') ?? '';
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: 'RS256' });
    expect(decodeJwt(assertion)).toMatchObject({ iss: 'client', sub: 'bridge@example.com', aud: api.url });
  });

  it('an invalid_grant is tried once more, and only once', async () => {
    const refusal = { status: 400, json: { error: 'invalid_grant', error_description: 'invalid assertion' } };
    await authorizationServer((_, n) => (n === 1 || n > 2 ? refusal : undefined));
    const signed = session({ grant: { kind: 'jwt', username: 'bridge@example.com', privateKey: PEM } });
    expect((await signed.token()).accessToken).toBe('t2');
    expect(await faultOf(signed.refresh('t2'))).toMatchObject({ class: 'stop', code: 'INVALID_GRANT' });
    expect(api.requests).toHaveLength(4);
  });

  it('a key that is no key is refused at once', async () => {
    await authorizationServer();
    expect(() => session({ grant: { kind: 'jwt', username: 'u', privateKey: 'nonsense' } })).toThrow(
      expect.objectContaining({ code: 'PRIVATE_KEY' }),
    );
  });
});

describe('secrets go to Salesforce or nowhere', () => {
  it.each([
    'https://login.salesforce.com',
    'https://test.salesforce.com/',
    'https://acme.my.salesforce.com',
    'https://acme--uat.sandbox.my.salesforce.com',
    'http://127.0.0.1:8080',
    'http://localhost:8080/any',
  ])('%s is a login address', async (url) => {
    await authorizationServer();
    expect(checkLoginUrl(url)).toBe(new URL(url).origin);
  });

  it.each([
    'http://login.salesforce.com',
    'https://login.salesforce.com.evil.example',
    'https://evil.example/login.salesforce.com',
    'https://evilmy.salesforce.com',
    'https://login.salesforce.com:8443',
    'https://me:secret@login.salesforce.com',
    'http://10.0.0.1',
    'javascript:alert(1)',
    'not a url',
  ])('%s is not', async (url) => {
    await authorizationServer();
    expect(() => checkLoginUrl(url)).toThrow(expect.objectContaining({ code: 'LOGIN_URL' }));
  });

  it('the browser is sent with a challenge, a state and the least scope', async () => {
    await authorizationServer();
    const verifier = createVerifier();
    expect(verifier).toMatch(/^[\w-]{43,128}$/);
    const request = { loginUrl: api.url, clientId: 'c', redirectUri: 'https://b.example/cb', state: 's&=', verifier };
    const url = new URL(authorizationUrl(request));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'api refresh_token',
      state: 's&=',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
  });
});
