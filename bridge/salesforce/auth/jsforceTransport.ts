// The way out of jsforce: each of its requests goes through a function of the bridge. Its own HTTP client is never used, and
// with it neither its retries (five, without asking the budget), nor its redirects (with the token, to any host), nor its
// timeout of half an hour. Why: docs/adr/0007-jsforce-off-the-hot-path.md.
import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/core.js';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';

export type { HttpRequest, HttpResponse };
/** What it throws passes through jsforce as it is; jsforce reads the answer as a good one whatever its status. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

class OwnTransport extends Transport {
  readonly #send: Send;

  constructor(send: Send) {
    super();
    this.#send = send;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    // Nothing reads the stream: what streams (the results of a job) is read without jsforce.
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }
}

/** Makes `client` send by `send` only. @returns the client */
export function sendingBy<C extends { _transport: Transport }>(client: C, send: Send): C {
  client._transport = new OwnTransport(send);
  return client;
}
