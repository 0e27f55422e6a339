// The webhook of the alerts (B24), against a real receiver on this machine: signed, shaped as the receiver expects it, and classified
// by its answer.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { guardedLookup } from '../../../bridge/alerts/address.ts';
import { createAlertWebhook, type AlertWebhook, type WebhookOptions } from '../../../bridge/alerts/webhook.ts';
import type { AlertMessage } from '../../../bridge/model/alert.ts';
import { PeerError } from '../../../bridge/model/fault.ts';
import { verify } from '../../../bridge/sellfire/signature.ts';

const SECRET = 'an-alert-secret-of-32-characters';
const NOW = Date.UTC(2026, 10, 29, 8);
const ORG = { id: '00D000000000001EAA', name: 'Acme <Ltd>' };
const MESSAGE: AlertMessage = {
  id: 'connection:1',
  kind: 'raised',
  state: 'connection',
  title: 'Down\nBcc: x',
  text: 'See <!channel> *now* [here](https://evil.example.com) & there',
  at: NOW,
};

let server: Server;
let url: string;
let answer: { status: number; location?: string } = { status: 200 };
let got: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
const webhooks: AlertWebhook[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
});
afterAll(async () => {
  await Promise.all(webhooks.map((one) => one.close()));
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  got = [];
  answer = { status: 200 };
});

function webhook(options: Partial<WebhookOptions> = {}): AlertWebhook {
  const one = createAlertWebhook({
    url,
    format: 'json',
    secret: SECRET,
    reach: { loopback: true },
    now: () => NOW,
    ...options,
  });
  webhooks.push(one);
  return one;
}
async function faultOf(options: Partial<WebhookOptions> = {}): Promise<PeerError['fault']> {
  const error: unknown = await webhook(options)
    .send(MESSAGE, ORG)
    .then(
      () => undefined,
      (one: unknown) => one,
    );
  if (error instanceof PeerError) return error.fault;
  throw new Error(`It did not fail by a PeerError: ${String(error)}`);
}

describe('an alert by webhook', () => {
  it('is JSON, signed over its bytes with the time, and names itself', async () => {
    await webhook().send(MESSAGE, ORG);
    const [one] = got;
    expect(JSON.parse(String(one?.body))).toEqual({
      id: 'connection:1',
      kind: 'raised',
      state: 'connection',
      title: 'Down Bcc: x',
      text: MESSAGE.text,
      at: '2026-11-29T08:00:00.000Z',
      org: ORG,
    });
    expect(one?.headers).toMatchObject({ 'content-type': 'application/json', 'sellfire-alert-id': 'connection:1' });
    const signature = String(one?.headers['sellfire-signature']);
    const body = one?.body ?? Buffer.alloc(0);
    expect(verify(SECRET, signature, body, NOW / 1000)).toBe('valid');
    expect(verify(SECRET, signature, Buffer.concat([body, Buffer.from(' ')]), NOW / 1000)).toBe('wrong');
    expect(verify(SECRET, signature, body, NOW / 1000 + 301)).toBe('too_old');
  });

  it('is a message of Slack in which nothing is a link, a mention or markup', async () => {
    await webhook({ format: 'slack', secret: undefined }).send(MESSAGE, ORG);
    const { text } = JSON.parse(String(got[0]?.body)) as { text: string };
    expect(text.split('\n')[0]).toBe('*Down Bcc: x*');
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toMatch(/[<>]|\*now\*/);
    expect(got[0]?.headers['sellfire-signature']).toBeUndefined();
  });

  it('is a card of Teams in which nothing is a link or markup', async () => {
    await webhook({ format: 'teams' }).send(MESSAGE, ORG);
    const body = JSON.parse(String(got[0]?.body)) as {
      type: string;
      attachments: [{ contentType: string; content: { type: string; body: { text: string }[] } }];
    };
    const [{ contentType, content }] = body.attachments;
    expect({ type: body.type, contentType, card: content.type }).toEqual({
      type: 'message',
      contentType: 'application/vnd.microsoft.card.adaptive',
      card: 'AdaptiveCard',
    });
    expect(content.body[0]?.text).toBe('Down Bcc: x');
    expect(content.body[1]?.text).not.toContain('](');
    expect(content.body[1]?.text).not.toMatch(/(?<!\\)\*now/);
  });
});

describe('a receiver', () => {
  it.each([
    [500, 'WEBHOOK_BUSY', 'retry'],
    [503, 'WEBHOOK_BUSY', 'retry'],
    [429, 'WEBHOOK_BUSY', 'retry'],
    [408, 'WEBHOOK_BUSY', 'retry'],
    [400, 'WEBHOOK_REFUSED', 'record'],
    [404, 'WEBHOOK_REFUSED', 'record'],
    [410, 'WEBHOOK_REFUSED', 'record'],
  ])('that answers %i is %s, to be tried again or not: %s', async (status, code, kind) => {
    answer = { status };
    expect(await faultOf()).toMatchObject({ code, class: kind });
    expect(got).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])('that answers %i is not followed', async (status) => {
    answer = { status, location: url.replace('/in', '/elsewhere') };
    expect(await faultOf()).toMatchObject({ code: 'WEBHOOK_REDIRECTED', class: 'record' });
    expect(got.map(({ path }) => path)).toEqual(['/in']);
  });

  it('that is away is tried again', async () => {
    expect(await faultOf({ url: 'http://127.0.0.1:9/in' })).toMatchObject({
      code: 'WEBHOOK_AWAY',
      class: 'retry',
      unknownOutcome: false,
    });
  });

  it('on this machine is not called where that is not allowed, by its figures or by its name', async () => {
    expect(await faultOf({ reach: { loopback: false } })).toMatchObject({ code: 'WEBHOOK_ADDRESS', class: 'record' });
    const { port } = new URL(url);
    const lookup = guardedLookup({ loopback: false }, (_name, done) =>
      done(null, [{ address: '127.0.0.1', family: 4 }]),
    );
    const named = { url: `https://receiver.example.com:${port}/in`, reach: { loopback: false }, lookup };
    expect(await faultOf(named)).toMatchObject({ code: 'WEBHOOK_ADDRESS', class: 'record' });
    expect(got).toEqual([]);
  });

  it('is never named by what is said of it: the address is a secret', async () => {
    const secret = 'https://receiver.invalid/services/team/hook/secret';
    const { message } = await faultOf({ url: secret });
    expect(message).not.toContain('secret');
    expect(message).not.toContain('receiver.invalid');
  });
});
