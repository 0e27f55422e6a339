// An org is connected in the browser (M1), by whoever has the link and nobody else.
import { describe, it, expect, beforeEach, afterEach } from '@jest/globals';
import { createHash } from 'node:crypto';
import { connectLink, type Connected } from '../../../bridge/http/signIn.ts';
import { BridgeError, PeerError } from '../../../bridge/model/fault.ts';
import { CONNECTION, SECRET, start, type Started } from './start.ts';

let bridge: Started;
let clock: number;
let codes: { code: string; verifier: string }[];
let outcome: () => Connected;

const CONNECTED: Connected = {
  orgId: CONNECTION,
  orgName: 'Acme & <Sons>',
  user: 'integration@acme.example',
  permissions: [
    { name: 'Create and update Lead', ok: true },
    { name: 'Create and update Opportunity', ok: false, detail: 'Edit is missing on "Opportunity".' },
  ],
};

beforeEach(async () => {
  clock = Date.now();
  codes = [];
  outcome = () => CONNECTED;
  bridge = await start({
    now: () => clock,
    oauth: {
      linkSecret: SECRET,
      authorizeUrl: ({ state, verifier }) => `https://login.example/authorize?state=${state}&of=${verifier}`,
      connect: async (code, verifier) => {
        codes.push({ code, verifier });
        return outcome();
      },
    },
  });
});
afterEach(async () => bridge.http.close());

/** The browser's cookies of the bridge. */
let jar = '';
const get = async (address: string, cookie = jar): Promise<{ status: number; text: string; headers: Headers }> => {
  const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
const link = (): string => connectLink(bridge.url, SECRET, clock);
async function begin(): Promise<{ state: string; verifier: string }> {
  const { status, headers } = await get(link());
  expect(status).toBe(302);
  jar = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { searchParams } = new URL(headers.get('location') ?? '');
  return { state: searchParams.get('state') ?? '', verifier: searchParams.get('of') ?? '' };
}
const callback = (query: Record<string, string>) => get(`${bridge.url}/oauth/callback?${new URLSearchParams(query)}`);

describe('connecting an org in the browser (M1)', () => {
  it('sends the browser to Salesforce, and ends the sign-in with the verifier that it was sent for', async () => {
    const { state, verifier } = await begin();
    const { status } = await callback({ state, code: 'code-1' });
    expect(status).toBe(200);
    expect(verifier).not.toBe('');
    expect(codes).toEqual([{ code: 'code-1', verifier }]);
  });

  it('says who is connected and what the user may and may not do, with everything escaped', async () => {
    const { state } = await begin();
    const { text, headers } = await callback({ state, code: 'code-1' });
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('<h1>Connected, with permissions missing</h1>');
    expect(text).toContain('Acme &amp; &lt;Sons&gt;');
    expect(text).toContain('integration@acme.example');
    expect(text).toMatch(/✓.*Create and update Lead.*Granted/s);
    expect(text).toMatch(/✗.*Create and update Opportunity.*Missing.*Edit is missing on &quot;Opportunity&quot;/s);
    outcome = () => ({ ...CONNECTED, permissions: [{ name: 'Read Lead', ok: true }] });
    const again = await callback({ ...(await begin()), code: 'code-2' });
    expect(again.text).toContain('<h1>Connected</h1>');
  });

  it('lets the page load nothing but its own style', async () => {
    const { text, headers } = await callback({ ...(await begin()), code: 'code-1' });
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '';
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(text).not.toMatch(/<script|\son\w+=|style=/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('begins only with a fresh signed link', async () => {
    const good = link();
    for (const address of [
      `${bridge.url}/oauth/start`,
      `${bridge.url}/oauth/start?ticket=abc`,
      `${bridge.url}/oauth/start?ticket=a&ticket=b`,
      connectLink(bridge.url, 'another secret', clock),
      connectLink(bridge.url, SECRET, clock - 301_000),
    ]) {
      const { status, text, headers } = await get(address);
      expect(status).toBe(403);
      expect(headers.get('location')).toBeNull();
      expect(text).toContain('no longer good');
    }
    expect((await get(good)).status).toBe(302);
  });

  it('says of a wrong or used code where another one can be entered, and uses up no good one by looking', async () => {
    const entered = (ticket: string) => get(`${bridge.url}/connect?${new URLSearchParams({ ticket }).toString()}`);
    const used = link();
    await get(used);
    for (const [ticket, words] of [
      ['<b>mistyped</b>', 'good for five minutes'],
      [connectLink(bridge.url, SECRET, clock - 301_000), 'good for five minutes'],
      [used, 'good once'],
    ] as const) {
      const { status, text } = await entered(ticket);
      expect(status).toBe(200);
      expect(text).toContain('This code is not good.');
      expect(text).toContain(words);
      expect(text).toContain('<input id="ticket"');
      expect(text).not.toContain('mistyped');
    }
    const good = link();
    const { text } = await entered(good);
    expect(text).toContain('Sign in to Salesforce</a>');
    expect(text).not.toContain('This code is not good.');
    expect((await get(good)).status).toBe(302);
  });

  it('believes a state once, within ten minutes, and no other', async () => {
    const { state } = await begin();
    expect((await callback({ state, code: 'code-1' })).status).toBe(200);
    const repeated = await callback({ state, code: 'code-1' });
    expect(repeated.status).toBe(400);
    expect(repeated.text).toContain('no longer open');
    expect((await callback({ state: 'made-up', code: 'code-1' })).status).toBe(400);
    expect((await callback({ code: 'code-1' })).status).toBe(400);
    const late = await begin();
    clock += 600_001;
    expect((await callback({ ...late, code: 'code-1' })).status).toBe(400);
    expect(codes).toHaveLength(1);
  });

  it('takes a link once', async () => {
    const address = link();
    expect((await get(address)).status).toBe(302);
    const again = await get(address);
    expect(again.status).toBe(403);
    expect(again.headers.get('location')).toBeNull();
    expect(again.text).toContain('used already');
    const [unsigned] = address.split('%2Cn%3D');
    expect((await get(`${unsigned}%2Cn%3Danother`)).status).toBe(403);
    expect((await get(link())).status).toBe(302);
  });

  it('believes the browser that began, and leaves the sign-in to it when another one comes', async () => {
    const { state } = await begin();
    const own = jar;
    for (const other of ['', 'sign-in=', `${own}x`, 'sign-in=made-up']) {
      jar = other;
      expect((await callback({ state, code: 'code-1' })).status).toBe(400);
    }
    jar = `theme=dark; ${own}`;
    expect((await callback({ state, code: 'code-1' })).status).toBe(200);
    expect(codes).toHaveLength(1);
  });

  it.each([
    [false, /^sign-in=[\w-]{43}; Max-Age=600; Path=\/oauth; Expires=[^;]+; HttpOnly; SameSite=Lax$/],
    [true, /^__Host-sign-in=[\w-]{43}; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/],
  ])('keeps the cookie from scripts and other sites, and to TLS where that is there (%s)', async (secure, form) => {
    const oauth = { linkSecret: SECRET, authorizeUrl: () => 'https://login.example/', connect: async () => CONNECTED };
    const other = await start({ oauth: { ...oauth, secure } });
    const { headers } = await get(connectLink(other.url, SECRET));
    await other.http.close();
    expect(headers.get('set-cookie')).toMatch(form);
  });

  it('is not used up by a look ahead', async () => {
    const { state } = await begin();
    const ahead = await fetch(`${bridge.url}/oauth/callback?state=${state}&code=code-1`, { method: 'HEAD' });
    expect(ahead.status).toBe(405);
    expect((await callback({ state, code: 'code-1' })).status).toBe(200);
  });

  it('keeps a bounded number of sign-ins, the latest', async () => {
    const first = await begin();
    for (let made = 0; made < 100; made += 50) await Promise.all(Array.from({ length: 50 }, begin));
    const latest = await begin();
    expect((await callback({ ...first, code: 'code-1' })).status).toBe(400);
    expect((await callback({ ...latest, code: 'code-1' })).status).toBe(200);
  });

  it('shows nothing that a stranger put into the address', async () => {
    const { text } = await callback({
      error: '<b>call 555</b>',
      error_description: '<script>call 555</script>',
      state: 'x',
    });
    expect(text).not.toContain('call 555');
  });

  it('explains a refusal by Salesforce, escaped', async () => {
    const denied = await callback({ ...(await begin()), error: 'access_denied', error_description: 'end-user denied' });
    expect(denied.status).toBe(400);
    expect(denied.text).toContain('Access was not allowed');
    const blocked = await callback({ ...(await begin()), error: 'OAUTH_APP_BLOCKED' });
    expect(blocked.text).toContain('External Client Apps');
    const odd = await callback({ ...(await begin()), error: '<img src=x>' });
    expect(odd.text).toContain('&lt;img src=x&gt;');
    expect(odd.text).not.toContain('<img');
  });

  it('says what failed and what to do, and keeps its own failures to the log', async () => {
    const fail = async (error: Error) => {
      outcome = () => {
        throw error;
      };
      return callback({ ...(await begin()), code: 'secret-code' });
    };
    const answer = await fail(
      new BridgeError({ code: 'PACKAGE_MISSING', sentence: 'The package is not installed.', action: 'Install <it>.' }),
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('The package is not installed.');
    expect(answer.text).toContain('Install &lt;it&gt;.');
    const fault = {
      class: 'stop',
      code: 'INVALID_GRANT',
      message: 'expired authorization code',
      fields: [],
      unknownOutcome: false,
    } as const;
    const peer = await fail(new PeerError('salesforce', { ...fault, fields: [] }));
    expect(peer.status).toBe(502);
    expect(peer.text).toContain('INVALID_GRANT: expired authorization code');
    const own = await fail(new Error('a detail of ours'));
    expect(own.status).toBe(500);
    expect(own.text).not.toContain('a detail of ours');
    expect(bridge.log()).toContain('a detail of ours');
    expect(bridge.log()).not.toContain('secret-code');
  });
});
