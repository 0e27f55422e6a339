// Signing in: the OAuth calls that give tokens (web-server flow with PKCE, refresh, JWT bearer) and take them back. jsforce
// knows the calls; client secret, code and tokens go only to a Salesforce login host, or to this machine. Source: "OAuth 2.0
// Web Server Flow", "OAuth 2.0 JWT Bearer Flow" and "OAuth 2.0 Refresh Token Flow" in Salesforce Help.
import { SignJWT } from 'jose';
import { OAuth2 } from 'jsforce/lib/oauth2.js';
import { createPrivateKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import pRetry from 'p-retry';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import { BridgeError, PeerError, type Fault } from '../../model/fault.ts';
import { faultOfNetwork, faultOfResponse } from '../faults.ts';
import { sendingBy, type HttpRequest, type HttpResponse } from './jsforceTransport.ts';

/** One sign-in answers within seconds; a minute is a hang. */
const TIMEOUT_MS = 30_000;
/** Salesforce takes assertions that end within three minutes. */
const ASSERTION_SECONDS = 180;

const agent = new Agent({ connect: { timeout: 10_000 }, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** login and test, and My Domain hosts: of production, sandboxes, developer orgs, and of the government's cloud. */
const LOGIN_HOST = /^(login|test)\.salesforce\.com$|^([a-z0-9-]+\.)+my\.salesforce\.(com|mil)$/;

/**
 * @returns the origin to sign in at. Only Salesforce's own hosts over https, or this machine, are taken.
 * @throws BridgeError LOGIN_URL
 */
export function checkLoginUrl(loginUrl: string): string {
  const url = URL.parse(loginUrl);
  const local = url !== null && LOOPBACK.has(url.hostname) && (url.protocol === 'http:' || url.protocol === 'https:');
  const salesforce = url !== null && url.protocol === 'https:' && LOGIN_HOST.test(url.hostname) && url.port === '';
  if (url === null || !(local || salesforce) || url.username !== '' || url.password !== '')
    throw new BridgeError(explain('LOGIN_URL', { address: url?.origin ?? 'The login address' }));
  return url.origin;
}

/** A code verifier (RFC 7636): 64 characters. That of jsforce has 171, and the RFC allows 128. */
export const createVerifier = (): string => randomBytes(48).toString('base64url');

export interface AuthorizationRequest {
  loginUrl: string;
  clientId: string;
  redirectUri: string;
  /** Unguessable, and compared when the browser comes back. */
  state: string;
  /** Kept here; the browser is sent with its challenge (S256). */
  verifier: string;
}

/** Where the admin's browser is sent. `api` and `refresh_token` are the least that the bridge works with. */
export function authorizationUrl({ state, verifier, ...client }: AuthorizationRequest): string {
  return clientOf(client, verifier).getAuthorizationUrl({
    scope: 'api refresh_token',
    state,
    code_challenge_method: 'S256',
    prompt: 'login consent',
  });
}

const answerSchema = z.object({
  access_token: z.string().min(1),
  instance_url: z.url(),
  /** The identity URL: …/id/<org id>/<user id>. */
  id: z.string().regex(/\/id\/00D\w{12,15}\/005\w{12,15}$/),
  refresh_token: z.string().optional(),
});

export interface TokenAnswer {
  accessToken: string;
  /** Origin, without a slash at the end. */
  instanceUrl: string;
  orgId: string;
  userId: string;
  refreshToken?: string;
}

export interface Client {
  loginUrl: string;
  clientId: string;
  clientSecret?: string;
}

/** The last step of the web-server flow. @throws PeerError */
export function exchangeCode({
  code,
  verifier,
  ...client
}: Client & { code: string; redirectUri: string; verifier: string }): Promise<TokenAnswer> {
  return tokenOf(client, clientOf(client, verifier).requestToken(code));
}

/** With rotation on, the answer carries a new refresh token, and the one that was sent is dead. @throws PeerError */
export function refreshAccess(client: Client, refreshToken: string): Promise<TokenAnswer> {
  return tokenOf(client, clientOf(client).refreshToken(refreshToken));
}

/** @param pem an RSA key, PKCS#8 or PKCS#1. @throws BridgeError PRIVATE_KEY */
export function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new BridgeError(explain('PRIVATE_KEY'), { cause: error });
  }
}

/** @throws PeerError */
export async function signInByJwt(client: Client, username: string, privateKey: KeyObject): Promise<TokenAnswer> {
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(client.clientId)
    .setSubject(username)
    .setAudience(audienceOf(client.loginUrl))
    .setExpirationTime(`${ASSERTION_SECONDS} seconds`)
    .sign(privateKey);
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  return tokenOf(client, clientOf(client).requestToken({ grant_type, assertion }));
}

/** The audience is the login service, not the org: production or sandbox; a local org is its own. */
function audienceOf(loginUrl: string): string {
  const origin = checkLoginUrl(loginUrl);
  const { hostname } = new URL(origin);
  if (LOOPBACK.has(hostname)) return origin;
  const sandbox = hostname === 'test.salesforce.com' || /\.(sandbox|scratch)\.my\.|--/.test(hostname);
  return sandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

/** Takes back an access or a refresh token, and with a refresh token all that came from it. @throws PeerError */
export async function revokeToken(loginUrl: string, token: string): Promise<void> {
  try {
    await clientOf({ loginUrl }).revokeToken(token);
  } catch (error) {
    // Salesforce knows the token no more: that is what was wanted.
    if (error instanceof PeerError && error.fault.code === 'INVALID_TOKEN') return;
    throw error;
  }
}

function clientOf(
  { loginUrl, ...client }: Partial<Client> & Pick<Client, 'loginUrl'> & { redirectUri?: string },
  verifier?: string,
): OAuth2 {
  const oauth = sendingBy(new OAuth2({ ...client, loginUrl: checkLoginUrl(loginUrl) }), post);
  oauth.codeVerifier = verifier;
  return oauth;
}

/** Where Salesforce's own hosts are; an org's instance is one of them. */
const ORG_HOST = /^([a-z0-9-]+\.)+(salesforce\.(com|mil)|force\.com|cloudforce\.com)$/;

/**
 * The address that a token answer gives: the token is sent there, so it is believed only where it is Salesforce's, or the
 * login host itself. @throws PeerError INSTANCE_URL
 */
export function instanceOf(address: string, loginUrl: string): string {
  const [url, login] = [new URL(address), new URL(checkLoginUrl(loginUrl))];
  // On this machine sign-in and org may be two servers; elsewhere another port is another service.
  const isLogin =
    url.hostname === login.hostname &&
    url.protocol === login.protocol &&
    (LOOPBACK.has(url.hostname) || url.port === '');
  const isOrg = url.protocol === 'https:' && url.port === '' && ORG_HOST.test(url.hostname);
  if ((isLogin || isOrg) && url.username === '' && url.password === '') return url.origin;
  const message = `The sign-in at ${login.hostname} names ${url.protocol}//${url.host} as the org's address, which is none of Salesforce.`;
  throw new PeerError('salesforce', {
    ...{ class: 'stop', code: 'INSTANCE_URL', message, fields: [], unknownOutcome: false },
  });
}

async function tokenOf({ loginUrl }: Pick<Client, 'loginUrl'>, answering: Promise<unknown>): Promise<TokenAnswer> {
  const answer = answerSchema.safeParse(await answering);
  if (!answer.success) {
    // The answer may hold tokens: only where it is wrong is said.
    const message = z.prettifyError(answer.error);
    const code = 'SIGN_IN_ANSWER';
    throw new PeerError('salesforce', { class: 'retry', code, message, fields: [], unknownOutcome: false });
  }
  const { id, access_token: accessToken, instance_url, refresh_token: refreshToken } = answer.data;
  const [userId = '', orgId = ''] = id.split('/').reverse();
  return {
    accessToken,
    instanceUrl: instanceOf(instance_url, loginUrl),
    orgId,
    userId,
    ...(refreshToken ? { refreshToken } : {}),
  };
}

/** A network fault or a broken gateway is tried again; what OAuth itself refuses is not. */
function post(request: HttpRequest): Promise<HttpResponse> {
  return pRetry(() => postOnce(request), {
    retries: 3,
    minTimeout: 300,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof PeerError && error.fault.class === 'retry',
  });
}

async function postOnce({ url, body }: HttpRequest): Promise<HttpResponse> {
  let response;
  let text;
  try {
    response = await request(url, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: String(body),
    });
    text = await response.body.text();
  } catch (error) {
    throw new PeerError('salesforce', faultOfNetwork(error, false), { cause: error });
  }
  if (response.statusCode === 200) return { statusCode: 200, headers: {}, body: text };
  const fault = namedRefusal(faultOfResponse(response.statusCode, text, false));
  // What OAuth refuses, with whatever code, no later try of the same grant will be given.
  throw new PeerError(
    'salesforce',
    fault.class === 'retry' || fault.class === 'limit' ? fault : { ...fault, class: 'stop' },
  );
}

/** Salesforce answers `invalid_grant` to many causes, distinguished by their description: those with a remedy of their own. */
const REFUSALS: readonly [RegExp, (answer: string) => Explanation][] = [
  [/expired access\/refresh token|token validity expired/i, (answer) => explain('SIGN_IN_EXPIRED', { answer })],
  [/\bip\b.*(restricted|not allowed)/i, (answer) => explain('SIGN_IN_ADDRESS', { answer })],
];

function namedRefusal(fault: Fault): Fault {
  if (fault.code !== 'INVALID_GRANT') return fault;
  const [, inOurWords] = REFUSALS.find(([words]) => words.test(fault.message)) ?? [];
  const named = inOurWords?.(fault.message);
  if (!named) return fault;
  const { code, sentence: message, wording } = named;
  return { ...fault, code, message, ...(wording && { wording }) };
}
