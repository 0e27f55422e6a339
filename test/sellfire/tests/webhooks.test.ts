// Webhooks: signed, in order, until they are taken; and whichever fault is switched on, the feed has every event.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { webhookBodySchema } from '../../../bridge/sellfire/payloads.ts';
import { SIGNATURE_HEADER, verify } from '../../../bridge/sellfire/signature.ts';
import { startSellfire, type RunningSellfire } from '../sellfire.ts';
import { until } from '../../helpers/until.ts';
import { freshPhone, ok } from './client.ts';

const SECRET = 'a secret that is long enough for the contract';

/** A receiver with settable answers that records what it was sent. */
class Receiver {
  readonly sequences: number[] = [];
  readonly verdicts: string[] = [];
  statuses: number[] = [];
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      void this.#take(request).then((status) => response.writeHead(status).end());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #take(request: IncomingMessage): Promise<number> {
    const body = Buffer.concat(await request.toArray());
    const header = request.headers[SIGNATURE_HEADER];
    this.verdicts.push(verify(SECRET, String(header), body, Date.now() / 1000));
    const status = this.statuses.shift() ?? 204;
    const { events } = webhookBodySchema.parse(JSON.parse(body.toString()));
    if (status < 300) this.sequences.push(...events.map((event) => event.sequence));
    return status;
  }
}

let sellfire: RunningSellfire;
let receiver: Receiver;
beforeEach(async () => {
  receiver = new Receiver();
  await receiver.listen();
  sellfire = await startSellfire({ retry: { minTimeout: 5, maxTimeout: 20 } });
  await subscribe();
});
afterEach(async () => {
  await sellfire.close();
  await receiver.close();
});

const subscribe = () =>
  ok(sellfire, 'subscribe', { params: { name: 'bridge' }, body: { url: receiver.url, secret: SECRET } });
const make = (count: number) => {
  for (let made = 0; made < count; made += 1) sellfire.desk.createLead({ primary_phone_number: freshPhone() });
};
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
const sorted = (numbers: number[]) => [...new Set(numbers)].sort((one, other) => one - other);

describe('a webhook', () => {
  it('brings every event once, in order, signed', async () => {
    make(250);
    await sellfire.webhooks.idle();
    expect(receiver.sequences).toEqual(upTo(250));
    expect(new Set(receiver.verdicts)).toEqual(new Set(['valid']));
    expect(sellfire.webhooks.state().deliveries.every((delivery) => delivery.sequences.length <= 100)).toBe(true);
  });

  it('is sent again until it is taken, before anything later', async () => {
    receiver.statuses = [500, 404, 301];
    make(3);
    await sellfire.webhooks.idle();
    make(2);
    await sellfire.webhooks.idle();
    expect(receiver.sequences).toEqual(upTo(5));
    const outcomes = sellfire.webhooks.state().deliveries.map((delivery) => delivery.status);
    expect(outcomes.slice(0, 4)).toEqual([500, 404, 301, 204]);
  });

  it('waits for a receiver that is away, and comes at once when it subscribes again', async () => {
    await receiver.close();
    make(3);
    await until('a delivery has failed', () => sellfire.webhooks.state().subscriptions[0]?.failures);
    await receiver.listen();
    await subscribe();
    await sellfire.webhooks.idle();
    expect(sorted(receiver.sequences)).toEqual(upTo(3));
  });

  it('goes to a new subscription from the next event on', async () => {
    make(3);
    await sellfire.webhooks.idle();
    const late = new Receiver();
    await late.listen();
    sellfire.webhooks.subscribe('late', late.url, SECRET);
    make(2);
    await sellfire.webhooks.idle();
    expect(late.sequences).toEqual([4, 5]);
    await late.close();
  });

  it('can be set to repeat', async () => {
    sellfire.webhooks.control({ repeat: 2 });
    make(5);
    await sellfire.webhooks.idle();
    expect(receiver.sequences).toHaveLength(15);
    expect(sorted(receiver.sequences)).toEqual(upTo(5));
  });

  it('can be set to come out of order, and still comes whole', async () => {
    sellfire.webhooks.control({ reorder: true });
    make(20);
    await sellfire.webhooks.idle();
    expect(receiver.sequences).not.toEqual(upTo(20));
    expect(sorted(receiver.sequences)).toEqual(upTo(20));
  });

  it('can be set to be late', async () => {
    sellfire.webhooks.control({ delay_ms: 40 });
    const begun = Date.now();
    make(1);
    await sellfire.webhooks.idle();
    expect(Date.now() - begun).toBeGreaterThanOrEqual(39);
  });

  it('can be set to get lost, and the feed has what was lost', async () => {
    sellfire.webhooks.control({ lose: 1 });
    make(3);
    await sellfire.webhooks.idle();
    make(1);
    await sellfire.webhooks.idle();
    expect(receiver.sequences).toEqual([4]);
    expect((await ok(sellfire, 'readFeed', { query: { after: '0' } })).events).toHaveLength(4);
  });

  it('can be paused over HTTP, from this machine and no other page', async () => {
    const control = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${sellfire.url}/_local/webhooks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    expect(await (await control({ paused: true })).json()).toMatchObject({ controls: { paused: true } });
    make(3);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sellfire.webhooks.state().subscriptions).toMatchObject([{ cursor: 0, pending: 3 }]);
    expect((await control({ paused: false }, { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect((await control({ poused: false })).status).toBe(400);
    expect((await control({ paused: false })).status).toBe(200);
    await sellfire.webhooks.idle();
    expect(receiver.sequences).toEqual(upTo(3));
  });
});
