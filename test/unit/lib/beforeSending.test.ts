// A request that waited for a connection is sent only where it still may be.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Agent } from 'undici';
import { beforeSending } from '../../../bridge/lib/beforeSending.ts';
import { until } from '../../helpers/until.ts';

let origin: string;
let held: ServerResponse[];
let close: () => void;
beforeEach(async () => {
  held = [];
  const server = createServer((_request, response) => void held.push(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => close());

it('a request that waited for a connection is not sent where it may not be any more, and those before it are answered', async () => {
  let isAllowed = true;
  const agent = new Agent({ connections: 1 });
  const refusal = new Error('not any more');
  const dispatcher = agent.compose(
    beforeSending(() => {
      if (!isAllowed) throw refusal;
    }),
  );
  const ask = () => dispatcher.request({ origin, path: '/', method: 'POST', body: 'x' });
  const first = ask();
  await until('the first one is under way', () => held.length === 1);
  const second = ask();
  const refused = expect(second).rejects.toBe(refusal);
  isAllowed = false;
  held[0]?.end('done');
  expect((await first).statusCode).toBe(200);
  await refused;
  isAllowed = true;
  const third = ask();
  await until('the third one is there', () => held.length === 2);
  held[1]?.end();
  expect((await third).statusCode).toBe(200);
  await agent.destroy();
});
