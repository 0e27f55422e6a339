// Strangers who hold connections or send much: the webhook and the probe go on answering. Loopback only, and of a fixed size.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sign, SIGNATURE_HEADER } from '../../../bridge/sellfire/signature.ts';
import { webhookPath } from '../../../bridge/sellfire/subscription.ts';
import { readRanges } from '../../../bridge/http/clientAddress.ts';
import { freePort } from '../../helpers/stack.ts';
import { until } from '../../helpers/until.ts';
import { CONNECTION, SECRET, start, type Started } from './start.ts';

let bridge: Started;
const sockets: Socket[] = [];
beforeEach(async () => {
  bridge = await start({}, 'silent');
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await bridge.http.close();
});

/** Another bridge in place of the one that every test begins with. */
async function restart(deps: Parameters<typeof start>[0]): Promise<void> {
  await bridge.http.close();
  bridge = await start(deps, 'silent');
}

async function hold(count: number, first = ''): Promise<void> {
  const { hostname, port } = new URL(bridge.url);
  for (let made = 0; made < count; made += 1) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    if (first) socket.write(first);
  }
}
const deliver = (more: Record<string, string> = {}) => {
  const body = Buffer.from('{"events":[{"type":"lead.starred","sequence":1}]}');
  const headers = { [SIGNATURE_HEADER]: sign(SECRET, Math.floor(Date.now() / 1000), body), ...more };
  return fetch(`${bridge.url}${webhookPath(CONNECTION)}`, { method: 'POST', body, headers });
};

it.each([
  ['say nothing', ''],
  ['never end their headers', 'POST /webhooks/sellfire/x HTTP/1.1\r\nhost: x\r\nx-slow: '],
])('500 connections that %s keep neither the webhook nor the probe out', async (_, first) => {
  await hold(500, first);
  expect((await fetch(`${bridge.url}/health/live`)).status).toBe(200);
  expect((await deliver()).status).toBe(204);
});

it('a body without a signature of the right form and time is refused before it is sent', async () => {
  const old = sign(SECRET, Math.floor(Date.now() / 1000) - 301, Buffer.from(''));
  for (const header of ['', `${SIGNATURE_HEADER}: ${old}\r\n`]) {
    const { hostname, port } = new URL(bridge.url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.write(
      `POST ${webhookPath(CONNECTION)} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n${header}\r\nfirst bytes`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer.toString().toLowerCase()).toContain('connection: close');
  }
});

it('strangers who send as many bodies as they like leave room for the probe, and none is kept when they are gone', async () => {
  const stamp = `t=${Math.floor(Date.now() / 1000)},v1=00`;
  const head = `POST ${webhookPath(CONNECTION)} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n${SIGNATURE_HEADER}: ${stamp}\r\n\r\n`;
  await hold(100, head + 'x'.repeat(1_000));
  expect((await fetch(`${bridge.url}/health/live`)).status).toBe(200);
  for (const socket of sockets.splice(0)) socket.destroy();
  let status = 0;
  for (let tries = 0; tries < 200 && status !== 204; tries += 1) status = (await deliver()).status;
  expect(status).toBe(204);
});

it('no more than 32 bodies are taken in at once: the next delivery is put off in words, and goes through later', async () => {
  let stored = (): void => undefined;
  const busy = new Promise<void>((resolve) => (stored = resolve));
  await restart({ intake: () => busy });
  const waiting = Array.from({ length: 32 }, () => deliver());
  let put: Response | undefined;
  while (put?.status !== 503) put = await Promise.race([deliver(), ...waiting]);
  expect(put.headers.get('retry-after')).toBe('5');
  await expect(put.json()).resolves.toMatchObject({ detail: 'Too many deliveries at once.' });
  stored();
  expect((await Promise.all(waiting)).map(({ status }) => status)).not.toContain(401);
  expect((await deliver()).status).toBe(204);
});

/** The head of a body that looks signed; `x-forwarded-for` where a proxy names somebody. */
const headOf = (bytes: number, client = ''): string =>
  [
    `POST ${webhookPath(CONNECTION)} HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes}\r\n`,
    `${SIGNATURE_HEADER}: t=${Math.floor(Date.now() / 1000)},v1=00\r\n`,
    client === '' ? '' : `x-forwarded-for: ${client}\r\n`,
    '\r\n',
  ].join('');

it('bodies that never end give way, those of whoever holds most first: a delivery goes through beside them', async () => {
  await restart({ trustedProxies: readRanges(['127.0.0.1']) });
  const { hostname, port } = new URL(bridge.url);
  // As long as a place is held, its connection is open.
  const open = new Map<Socket, string>();
  for (const client of [...Array<string>(31).fill('198.51.100.7'), '203.0.113.9']) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    sockets.push(socket);
    open.set(socket, client);
    socket.once('close', () => open.delete(socket));
    socket.write(`${headOf(1_000_000, client)}slow`);
  }
  const answers = [];
  for (let sent = 0; sent < 20; sent += 1) answers.push((await deliver({ 'x-forwarded-for': '192.0.2.1' })).status);
  expect(new Set(answers)).toEqual(new Set([204]));
  expect([...open.values()]).toContain('203.0.113.9');
});

it('of a body that is not signed nothing is kept: its connection ends with the answer, however much is still to come', async () => {
  const { hostname, port } = new URL(bridge.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  sockets.push(socket);
  const gone = new Promise((resolve) => socket.once('close', resolve));
  socket.write(headOf(64_000_000).replace(/sellfire-signature: .*\r\n/i, ''));
  const chunk = Buffer.alloc(64_000);
  const pump = (): void => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', pump);
  pump();
  await gone;
  expect(socket.bytesWritten).toBeLessThan(32_000_000);
});

it('probes and metrics on a port of their own are on no other, and answer whoever crowds the first', async () => {
  await restart({ probePort: await freePort() });
  await hold(500);
  for (const path of ['/health/live', '/health/ready', '/metrics']) {
    expect((await fetch(`${bridge.probeUrl}${path}`)).status).toBe(200);
    expect((await fetch(`${bridge.url}${path}`)).status).toBe(404);
  }
  expect((await fetch(`${bridge.probeUrl}/connect`)).status).toBe(404);
  expect((await deliver()).status).toBe(204);
});

it('the same port for both serves both', async () => {
  const port = await freePort();
  await restart({ port, probePort: port });
  expect(bridge.probeUrl).toBe(bridge.url);
  expect((await fetch(`${bridge.url}/health/live`)).status).toBe(200);
  expect((await deliver()).status).toBe(204);
});

it('from one address come so many connections and no more; its own idle ones make room', async () => {
  let stored = (): void => undefined;
  const busy = new Promise<void>((resolve) => (stored = resolve));
  let taken = 0;
  await restart({ perAddress: 3, intake: () => ((taken += 1), busy) });
  const underWay = [deliver(), deliver(), deliver()];
  await until('all three are being stored', () => taken === 3);
  await expect(deliver()).rejects.toThrow('fetch failed');
  // What anybody may write into a header does not make another address of it.
  await expect(deliver({ 'x-forwarded-for': '198.51.100.7' })).rejects.toThrow('fetch failed');
  stored();
  expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([204, 204, 204]);
  await hold(10);
  expect((await deliver()).status).toBe(204);
});

it('behind a trusted proxy the requests of each address are counted, not the connections of the proxy', async () => {
  let stored = (): void => undefined;
  const busy = new Promise<void>((resolve) => (stored = resolve));
  let taken = 0;
  await restart({ perAddress: 3, trustedProxies: readRanges(['127.0.0.0/8']), intake: () => ((taken += 1), busy) });
  const from = (client: string) => deliver({ 'x-forwarded-for': client });
  // The proxy adds who called it at the end: what stands before it is the caller's own.
  const underWay = ['198.51.100.7', '203.0.113.1, 198.51.100.7', '203.0.113.2, 198.51.100.7', '203.0.113.9'].map(from);
  await until('all are being stored', () => taken === 4);
  const refused = await from('203.0.113.9, 198.51.100.7');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
  stored();
  expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  expect((await from('198.51.100.7')).status).toBe(204);
});

it('a crowd keeps no connection after its answer', async () => {
  await restart({ perAddress: 500 });
  expect((await fetch(`${bridge.url}/connect`)).headers.get('connection')).toBe('keep-alive');
  await hold(260);
  expect((await fetch(`${bridge.url}/connect`)).headers.get('connection')).toBe('close');
});
