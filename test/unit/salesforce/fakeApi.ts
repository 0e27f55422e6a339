// An HTTP server on loopback that answers as a test scripts it: for faults that no well-behaved org will produce on demand.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  method: string;
  /** Decoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** `cut`: the connection is reset after the request was read. */
export type FakeAnswer = { status?: number; json?: unknown; text?: string; headers?: Record<string, string> } | 'cut';

/** One page that is all of a query's answer. */
export function rowsAnswer(rows: readonly object[]): FakeAnswer {
  const records = rows.map((row) => ({ attributes: {}, ...row }));
  return { json: { totalSize: records.length, done: true, records } };
}

export interface FakeApi {
  url: string;
  requests: FakeRequest[];
  close(): Promise<void>;
}

export async function startFakeApi(
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeApi> {
  const requests: FakeRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const { method = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      const received = { method, path: decodeURIComponent(url.pathname), query: url.searchParams, headers, body };
      requests.push(received);
      const given = await answer(received);
      if (given === 'cut') return void request.socket.destroy();
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
      response.end(given.text ?? (given.json === undefined ? '' : JSON.stringify(given.json)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
