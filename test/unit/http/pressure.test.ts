// Strangers who hold connections or send much: the webhook and the probe go on answering. Loopback only, and of a fixed size.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sign, SIGNATURE_HEADER } from '../../../bridge/sellfire/signature.ts';
import { webhookPath } from '../../../bridge/sellfire/subscription.ts';
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

async function hold(count: number, first = ''): Promise<void> {
  const { hostname, port } = new URL(bridge.url);
  for (let made = 0; made < count; made += 1) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    if (first) socket.write(first);
  }
}
const deliver = () => {
  const body = Buffer.from('{"events":[{"type":"lead.starred","sequence":1}]}');
  const headers = { [SIGNATURE_HEADER]: sign(SECRET, Math.floor(Date.now() / 1000), body) };
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
  await bridge.http.close();
  bridge = await start({ intake: () => busy }, 'silent');
  const waiting = Array.from({ length: 32 }, deliver);
  let put: Response | undefined;
  while (put?.status !== 503) put = await Promise.race([deliver(), ...waiting]);
  expect(put.headers.get('retry-after')).toBe('5');
  await expect(put.json()).resolves.toMatchObject({ detail: 'Too many deliveries at once.' });
  stored();
  expect((await Promise.all(waiting)).map(({ status }) => status)).not.toContain(401);
  expect((await deliver()).status).toBe(204);
});
