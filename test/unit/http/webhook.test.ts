// The webhook takes in what Sellfire signed, once, and refuses the rest before it is read.
import { describe, it, expect, beforeAll, afterAll, beforeEach } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createLog } from '../../../bridge/log.ts';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import { createSellfire } from '../../../bridge/sellfire/client.ts';
import { sign, SIGNATURE_HEADER } from '../../../bridge/sellfire/signature.ts';
import { subscribe, webhookPath } from '../../../bridge/sellfire/subscription.ts';
import { startSellfire } from '../../sellfire/sellfire.ts';
import { CONNECTION, SECRET, start, type Started } from './start.ts';

const SECRET_NAME = 'Blue Door Bakery';
const now = (): number => Math.floor(Date.now() / 1000);

/** An event as Sellfire sends it. */
async function makeEvents(): Promise<SellfireEvent[]> {
  const sellfire = await startSellfire();
  sellfire.desk.createLead({ primary_phone_number: '+15552000001', business_name: SECRET_NAME });
  await sellfire.close();
  return sellfire.dialer.feed.after(0);
}

let bridge: Started;
let events: SellfireEvent[];
let broken: boolean;
beforeAll(async () => {
  events = await makeEvents();
  const taken: Started['taken'] = [];
  bridge = await start({
    intake: async (connection, given) => {
      if (broken) throw new Error(`disk full while storing ${given[0]?.lead?.id}`);
      taken.push({ connection, events: given });
    },
  });
  bridge = { ...bridge, taken };
});
afterAll(async () => bridge.http.close());
beforeEach(() => {
  broken = false;
  bridge.taken.length = 0;
});

interface Sending {
  connection?: string;
  headers?: Record<string, string>;
  signature?: string | null;
  method?: string;
}
async function send(
  body: string | Buffer,
  { connection = CONNECTION, headers, signature, method = 'POST' }: Sending = {},
) {
  const bytes = Buffer.from(body);
  const header = signature === undefined ? sign(SECRET, now(), bytes) : signature;
  const answer = await fetch(`${bridge.url}${webhookPath(connection)}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(header === null ? {} : { [SIGNATURE_HEADER]: header }),
      ...headers,
    },
    ...(method === 'POST' ? { body: bytes } : {}),
  });
  const text = await answer.text();
  return { answer, status: answer.status, problem: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
const good = (): string => JSON.stringify({ events });

describe('the webhook', () => {
  it('hands over the events of a delivery and answers 204', async () => {
    const { status } = await send(good());
    expect(status).toBe(204);
    expect(bridge.taken).toEqual([{ connection: CONNECTION, events }]);
  });

  const refusals: [string, number, string, () => ReturnType<typeof send>][] = [
    ['no signature', 401, 'signature_malformed', () => send(good(), { signature: null })],
    ['a malformed signature', 401, 'signature_malformed', () => send(good(), { signature: 'v1=abc' })],
    [
      'a signature with another secret',
      401,
      'signature_wrong',
      () => send(good(), { signature: sign('x'.repeat(40), now(), Buffer.from(good())) }),
    ],
    [
      'a signature of another body',
      401,
      'signature_wrong',
      () => send(good(), { signature: sign(SECRET, now(), Buffer.from('{}')) }),
    ],
    [
      'an old timestamp',
      401,
      'signature_too_old',
      () => send(good(), { signature: sign(SECRET, now() - 301, Buffer.from(good())) }),
    ],
    [
      'a timestamp from the future',
      401,
      'signature_too_old',
      () => send(good(), { signature: sign(SECRET, now() + 301, Buffer.from(good())) }),
    ],
    ['an unknown connection', 404, 'not_found', () => send(good(), { connection: '00D000000000002AAA' })],
    ['a connection that cannot be', 404, 'not_found', () => send(good(), { connection: '../../metrics' })],
    [
      'a body of more than 1 MB',
      413,
      'too_large',
      () => send(JSON.stringify({ events, filler: 'x'.repeat(1_100_000) })),
    ],
    ['a compressed body', 415, 'unsupported_encoding', () => send(good(), { headers: { 'content-encoding': 'gzip' } })],
    ['a body that is not JSON', 400, 'invalid_request', () => send('{"events": [')],
    ['an empty body', 400, 'invalid_request', () => send('')],
    ['no events', 400, 'invalid_request', () => send('{"events":[]}')],
    ['events that are no list', 400, 'invalid_request', () => send('{"events":{}}')],
    ['another method', 405, 'method_not_allowed', () => send('', { method: 'GET' })],
  ];
  it.each(refusals)(
    'refuses %s with %i %s: nothing stored, nothing of it logged or answered',
    async (_, status, code, act) => {
      const { answer, problem } = await act();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(problem).toMatchObject({ type: `urn:sellfire-bridge:problem:${code}`, status, code });
      expect(bridge.taken).toEqual([]);
      for (const place of [bridge.log(), JSON.stringify(problem)])
        for (const secret of [SECRET_NAME, '+15552000001', 'lead.exploded', SECRET])
          expect(place).not.toContain(secret);
    },
  );

  it('refuses a body without a stated length once it has grown too large', async () => {
    const { hostname, port } = new URL(bridge.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${webhookPath(CONNECTION)} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n${SIGNATURE_HEADER}: t=${now()},v1=00\r\n\r\n`,
    );
    const chunk = 'x'.repeat(300_000);
    for (let sent = 0; sent < 4; sent += 1) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    socket.write('0\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /);
    expect(bridge.taken).toEqual([]);
  });

  it('takes one good signature among several, while a secret is rotated', async () => {
    const body = Buffer.from(good());
    const old = sign('y'.repeat(40), now(), body).split(',')[1];
    const { status } = await send(good(), { signature: `${sign(SECRET, now(), body)},${old}` });
    expect(status).toBe(204);
  });

  it('answers 503 and when to come back while the store is broken', async () => {
    broken = true;
    const { answer, status } = await send(good());
    expect(status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(bridge.log()).toContain('disk full');
    expect(bridge.log()).not.toContain(SECRET_NAME);
    broken = false;
    expect((await send(good())).status).toBe(204);
  });

  it('gets what the local Sellfire sends to a registered subscription', async () => {
    const sellfire = await startSellfire();
    const client = createSellfire({ ...sellfire, logger: createLog({ level: 'silent' }) });
    const options = { connection: CONNECTION, publicUrl: bridge.url, secret: SECRET };
    expect(await subscribe(client, options)).toBe(`${bridge.url}${webhookPath(CONNECTION)}`);
    await subscribe(client, options);
    expect(sellfire.webhooks.state().subscriptions.map(({ name }) => name)).toEqual([`bridge-${CONNECTION}`]);
    sellfire.desk.createLead({ primary_phone_number: '+15552000001', business_name: SECRET_NAME });
    await sellfire.webhooks.idle();
    expect(bridge.taken.flatMap((taken) => taken.events)).toEqual(sellfire.dialer.feed.after(0));
    await client.close();
    await sellfire.close();
  });
});
