// Signing in to the local org with a browser, and what a page of the org needs of the session.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, read, type Answer } from './client.ts';

/** The package’s components are built the first time. */
const STARTING_MS = 120_000;
const PACKAGE = fileURLToPath(new URL('../../../force-app', import.meta.url));
const PAGE = { 'x-requested-with': 'XMLHttpRequest' };
const SESSION = '/_local/lightning/session';

let running: RunningOrg;

beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE });
}, STARTING_MS);
afterAll(() => running.close());

async function open(path: string, init: RequestInit = {}): Promise<Answer> {
  return read(await fetch(running.restUrl + path, { redirect: 'manual', ...init }));
}

/** @returns the cookie that the answer sets, as a browser sends it back */
function cookieOf({ headers }: Answer): string {
  const [cookie = ''] = headers.getSetCookie();
  expect(cookie).toMatch(/^sid=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  return cookie.split(';')[0] ?? '';
}

async function logIn(username: string, password = 'local-org', startURL = '/'): Promise<Answer> {
  return open('/login', { method: 'POST', body: new URLSearchParams({ username, password, startURL }) });
}

async function sessionOf(username: string): Promise<{ cookie: string; info: Record<string, unknown> }> {
  const cookie = cookieOf(await logIn(username));
  const { body } = await open(SESSION, { headers: { cookie, ...PAGE } });
  return { cookie, info: body as Record<string, unknown> };
}

describe('signing in with a browser', () => {
  it('is a form that sets the cookie and goes on to where the person came for', async () => {
    const { status, body } = await open('/login?startURL=%2Flightning%2Fn%2FHome%22%3E');
    expect(status).toBe(200);
    expect(body).toContain('value="/lightning/n/Home&#34;&#62;"');
    const answer = await logIn('administrator@local.example', 'local-org', '/lightning/n/Home');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/lightning/n/Home']);
    cookieOf(answer);
  });

  it('with a wrong password, or as nobody, is refused and sets no cookie', async () => {
    for (const [username, password] of [
      ['administrator@local.example', 'wrong'],
      ['nobody@local.example', 'local-org'],
    ] as const) {
      const { status, headers, body } = await logIn(username, password);
      expect([status, headers.getSetCookie()]).toEqual([401, []]);
      expect(body).toContain('role="alert"');
    }
  });

  it('through frontdoor.jsp takes a session that a program has', async () => {
    const send = await signIn(running);
    expect((await send('GET', `${DATA}/limits`)).status).toBe(200);
    const { token } = running.org.sessions.open(running.users.admin.id, running.clientId);
    const answer = await open(`/secur/frontdoor.jsp?${new URLSearchParams({ sid: token, retURL: '/lightning/n/x' })}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/lightning/n/x']);
    expect(cookieOf(answer)).toBe(`sid=${token}`);
    const gone = await open('/secur/frontdoor.jsp?sid=00Dnope&retURL=/lightning/n/x');
    expect(gone.headers.get('location')).toBe('/login?startURL=%2Flightning%2Fn%2Fx');
    expect(gone.headers.getSetCookie()).toEqual([]);
  });

  it('never goes on to another site', async () => {
    for (const start of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
      const { headers } = await logIn('user@local.example', 'local-org', start);
      expect([start, headers.get('location')]).toEqual([start, '/']);
    }
  });
});

describe('a page of the org', () => {
  it('calls the APIs by its cookie, as its user', async () => {
    const { cookie } = await sessionOf('user@local.example');
    const headers = { cookie, ...PAGE, 'content-type': 'application/json' };
    const ask = async (query: string): Promise<unknown> =>
      (await open(`${DATA}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).body;
    expect(await ask('{ uiapi { query { Lead { totalCount } } } }')).toMatchObject({ errors: [] });
    expect(await open(`${DATA}/ui-api/object-info/Lead`, { headers })).toMatchObject({
      status: 200,
      body: { apiName: 'Lead', updateable: true },
    });
    const created = await open(`${DATA}/ui-api/records`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ apiName: 'Lead', fields: { LastName: 'By cookie', Company: 'c' } }),
    });
    expect(created).toMatchObject({ status: 201, body: { lastModifiedById: running.users.user.id } });
  });

  it('is distinguished from a foreign one, whose request has the cookie too', async () => {
    const { cookie } = await sessionOf('user@local.example');
    for (const headers of [
      { cookie },
      { cookie, ...PAGE, origin: 'https://evil.example' },
      { cookie, ...PAGE, 'sec-fetch-site': 'cross-site' },
      { cookie, ...PAGE, authorization: 'Basic x' },
      { ...PAGE },
    ]) {
      expect((await open(`${DATA}/limits`, { headers })).status).toBe(401);
    }
    const own = { cookie, ...PAGE, origin: running.restUrl, 'sec-fetch-site': 'same-origin' };
    expect((await open(`${DATA}/limits`, { headers: own })).status).toBe(200);
  });

  it('gets its user, how this person reads, and what this person may do', async () => {
    const { info } = await sessionOf('administrator@local.example');
    expect(info).toMatchObject({
      userId: running.users.administrator.id,
      username: 'administrator@local.example',
      profile: 'Standard User',
      orgId: running.org.id,
      namespace: null,
      language: 'en_US',
      locale: 'en-US',
      timeZone: 'GMT',
      currency: 'USD',
      permissionSets: expect.arrayContaining(['Sellfire_Administrator']),
      customPermissions: ['Configure_Sellfire'],
    });
    const { id } = running.users.user;
    running.org.transact({ user: running.users.admin.id, origin: '' }, (transaction) =>
      transaction.update('User', id, {
        LanguageLocaleKey: 'es',
        LocaleSidKey: 'es_ES',
        TimeZoneSidKey: 'America/Chicago',
      }),
    );
    const { info: other } = await sessionOf('user@local.example');
    expect(other).toMatchObject({ language: 'es', locale: 'es-ES', timeZone: 'America/Chicago' });
    expect((await sessionOf('outsider@local.example')).info).toMatchObject({ permissionSets: ['Local_Sales'] });
  });

  it('gets the custom permissions that its user’s sets give', async () => {
    const { outsider, admin } = running.users;
    running.org.installPermissionSet({
      name: 'Gate',
      label: 'Gate',
      objects: new Map(),
      fields: new Map(),
      user: new Set(),
      custom: new Set(['Open_Gate']),
    });
    const [set] = running.org.find('PermissionSet', { Name: 'Gate' });
    running.org.transact({ user: admin.id, origin: '' }, (transaction) =>
      transaction.create('PermissionSetAssignment', {
        AssigneeId: outsider.id,
        PermissionSetId: set?.['Id'] ?? null,
      }),
    );
    expect((await sessionOf(outsider.username)).info).toMatchObject({ customPermissions: ['Open_Gate'] });
    expect((await sessionOf(admin.username)).info).toMatchObject({ customPermissions: [] });
  });

  it('meets a 401 when its session is ended under it', async () => {
    const { cookie } = await sessionOf('user@local.example');
    const other = await sessionOf('administrator@local.example');
    const ask = (of: string) => open(`${DATA}/limits`, { headers: { cookie: of, ...PAGE } });
    expect((await ask(cookie)).status).toBe(200);
    const ended = await open('/_local/sessions/end', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'user@local.example' }),
    });
    expect(ended.status).toBe(204);
    expect(await ask(cookie)).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    expect(await open(SESSION, { headers: { cookie, ...PAGE } })).toMatchObject({ status: 401 });
    expect((await ask(other.cookie)).status).toBe(200);
  });

  it('has no session any more once its user has logged out', async () => {
    const { cookie } = await sessionOf('user@local.example');
    const out = await open('/secur/logout.jsp', { headers: { cookie } });
    expect([out.status, out.headers.get('location')]).toEqual([302, '/login']);
    expect(out.headers.getSetCookie()[0]).toMatch(/^sid=;/);
    expect((await open(`${DATA}/limits`, { headers: { cookie, ...PAGE } })).status).toBe(401);
  });
});
