// A receiver of webhooks on this machine: keeps what it is sent, and answers as a test sets it to, or not at all.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether it was answered with a status of success. */
  taken: boolean;
}

export interface Receiver {
  readonly url: string;
  /** In the order they came. */
  readonly received: readonly Received[];
  /** From now on; `never` keeps whoever calls waiting. */
  answer(status: number | 'never'): void;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let status: number | 'never' = 200;
  const server = createServer((request, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const taken = typeof status === 'number' && status < 300;
      received.push({ headers: request.headers, body: Buffer.concat(chunks), taken });
      if (typeof status === 'number') response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    received,
    answer: (next) => void (status = next),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
