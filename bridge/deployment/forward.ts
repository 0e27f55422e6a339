// Carries a request on to the process that answers it, and its response back, without reading either. What one connection has under
// way is bounded, so that none keeps the others out.
import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream';
import type { Request, Response } from 'express';
import { HttpProblem } from '../http/problem.ts';

/** Requests of one connection at once. Sellfire sends one delivery at a time; a browser opens six. */
const MOST_AT_ONCE = 50;
/** ms without a byte of the response. */
const PATIENCE_MS = 60_000;
/** Set on what another process of the deployment has carried here: it is carried no further. */
export const CARRIED = 'x-bridge-carried';

/** Of one connection on the way, and not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** @param origin of the process; @param path with its query */
export interface Destination {
  origin: string;
  path: string;
  /** Whether it is another process of the deployment. */
  isElsewhere: boolean;
}

export interface Forwarder {
  /** @param key what is counted together. @throws HttpProblem unavailable */
  forward(key: string, to: Destination, request: Request, response: Response): Promise<void>;
  close(): void;
}

export function createForwarder(): Forwarder {
  const agent = new Agent({ keepAlive: true });
  const underWay = new Map<string, number>();

  return {
    async forward(key, { origin, path, isElsewhere }, request, response) {
      const count = underWay.get(key) ?? 0;
      if (count >= MOST_AT_ONCE) throw unavailable('Too many requests of this connection at once.');
      underWay.set(key, count + 1);
      try {
        await new Promise<void>((resolve, reject) => {
          const there = send(`${origin}${path}`, {
            method: request.method,
            headers: {
              ...withoutHops(request.headers),
              'x-forwarded-for': [request.get('x-forwarded-for') ?? [], request.socket.remoteAddress ?? []]
                .flat()
                .join(', '),
              ...(isElsewhere ? { [CARRIED]: '1' } : {}),
            },
            agent,
            timeout: PATIENCE_MS,
          });
          there.once('response', (answer) => {
            response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
            pipeline(answer, response, () => resolve());
          });
          there.once('timeout', () => there.destroy(new Error('No answer.')));
          there.once('error', (cause) => {
            if (response.headersSent) response.destroy();
            reject(unavailable('The process of this connection does not answer.', cause));
          });
          // Whoever asked has gone: nobody waits for the answer.
          response.once('close', () => there.destroy());
          request.pipe(there);
        });
      } catch (error) {
        if (!response.headersSent && !response.destroyed) throw error;
      } finally {
        const left = (underWay.get(key) ?? 1) - 1;
        if (left === 0) underWay.delete(key);
        else underWay.set(key, left);
      }
    },
    close: () => agent.destroy(),
  };
}

export const unavailable = (detail: string, cause?: unknown): HttpProblem =>
  new HttpProblem('unavailable', detail, { 'retry-after': '5' }, { cause });

function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => ![...HOP_BY_HOP, ...named, CARRIED].includes(name)),
  );
}
