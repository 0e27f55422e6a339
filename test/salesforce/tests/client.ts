// A plain HTTP client for the org's own tests: signs in by JWT and sends what it is given, byte for byte.
import { readFile } from 'node:fs/promises';
import { importPKCS8, SignJWT } from 'jose';
import type { RunningOrg } from '../server.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, else the text. */
  body: unknown;
}

export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export const DATA = '/services/data/v67.0';

export async function assertion(running: RunningOrg, claims: Record<string, unknown> = {}): Promise<string> {
  const key = await importPKCS8(await readFile(running.keyFile, 'utf8'), 'RS256');
  const now = Math.floor(Date.now() / 1000);
  const own = { iss: running.clientId, sub: running.users.admin.username, aud: running.restUrl, exp: now + 120 };
  return new SignJWT({ ...own, ...claims }).setProtectedHeader({ alg: 'RS256' }).sign(key);
}

export async function post(running: RunningOrg, path: string, form: Record<string, string>): Promise<Answer> {
  return read(
    await fetch(running.restUrl + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
  );
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
}

/** Signs in and returns a sender that carries the token. */
export async function signIn(running: RunningOrg, username?: string): Promise<Send> {
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const claims = username === undefined ? {} : { sub: username };
  const { body } = await post(running, '/services/oauth2/token', {
    grant_type,
    assertion: await assertion(running, claims),
  });
  const { access_token: token } = body as { access_token: string };
  return async (method, path, sent, headers = {}) =>
    read(
      await fetch(running.restUrl + path, {
        method,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${token}`,
          ...(sent !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent !== undefined && { body: typeof sent === 'string' ? sent : JSON.stringify(sent) }),
      }),
    );
}
