// An HTTP server on loopback in front of a local system: it answers some calls by itself, with as little work as can be, and passes all others
// on, so that a bridge may start against it as against the system itself.
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';

export interface FrontCall {
  /** `PATCH /services/data/v67.0/composite/sobjects`, without the query. */
  route: string;
  query: URLSearchParams;
  body: string;
}

export interface Front {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** What it is in front of. */
  target: string;
}

const agent = new Agent();

/** @param answer what is answered as JSON; undefined for a call that is passed on */
export async function startFront(answer: (call: FrontCall) => unknown): Promise<Front> {
  const front: Front = { url: '', target: '' };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      const url = new URL(request.url ?? '', 'http://front.invalid');
      const own = answer({ route: `${request.method} ${url.pathname}`, query: url.searchParams, body });
      if (own !== undefined) {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(own));
        return;
      }
      const passed = await agent.request({
        origin: front.target,
        path: request.url ?? '',
        method: (request.method ?? 'GET') as 'GET',
        headers: ownHeaders(request.headers),
        ...(body === '' ? {} : { body }),
      });
      const { connection: _, 'transfer-encoding': __, ...headers } = passed.headers;
      response.writeHead(passed.statusCode, headers).end(Buffer.from(await passed.body.arrayBuffer()));
    })().catch((error: unknown) => {
      process.stderr.write(`${request.method} ${request.url}: ${String(error)}\n`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  front.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return front;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** What concerns the connection is not passed on. */
function ownHeaders({
  host: _,
  connection: __,
  'transfer-encoding': ___,
  'content-length': ____,
  ...rest
}: IncomingHttpHeaders) {
  return rest;
}

/** What has arrived at a light peer, and when: ms since the epoch, in the order of arrival. */
export function createArrivals() {
  let times: number[] = [];
  let ids = new Set<string>();
  return {
    note(id: string): void {
      times.push(performance.timeOrigin + performance.now());
      ids.add(id);
    },
    clear(): void {
      times = [];
      ids = new Set();
    },
    count: () => times.length,
    /** Of how many records, and when. */
    state: () => ({ count: times.length, records: ids.size, times }),
  };
}
