// The local Sellfire: the contract's reference server with the dialer's own rules, in memory, on loopback.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Clock } from './clock.ts';
import { consoleRouter } from './console.ts';
import type { Desk } from './desk.ts';
import { createDialer, type Dialer } from './dialer.ts';
import { Faults } from './faults.ts';
import { localRouter } from './local.ts';
import { seedAccount } from './seed.ts';
import { answerProblem, apiRouter, noSuchPath } from './server.ts';
import { Webhooks, type Retry } from './webhooks.ts';

export interface SellfireOptions {
  /** 0 or nothing: any free port. */
  port?: number;
  /** A random one unless given. */
  apiKey?: string;
  /** How many leads are there from the start; none unless given. */
  leads?: number;
  seed?: number;
  /** ms since the epoch. */
  clock?: Clock;
  /** How soon and how late a webhook is sent again. */
  retry?: Retry;
}

export interface RunningSellfire {
  url: string;
  apiKey: string;
  console: string;
  /** The account: leads, reps, schedule, feed, catalogue … as they are now. */
  dialer: Dialer;
  /** What a rep does. */
  desk: Desk;
  webhooks: Webhooks;
  faults: Faults;
  close(): Promise<void>;
}

/** How often time is looked at for demos that were not held and rests that have ended. */
const TICK_MS = 5_000;
const DEFAULT_SEED = 1;

/** Listens on 127.0.0.1 only. */
export async function startSellfire(options: SellfireOptions = {}): Promise<RunningSellfire> {
  const apiKey = options.apiKey ?? randomBytes(24).toString('base64url');
  const dialer = createDialer(options.clock ?? Date.now);
  seedAccount(dialer, options.leads ?? 0, options.seed ?? DEFAULT_SEED);
  const webhooks = new Webhooks(dialer.feed, options.retry);
  const faults = new Faults();

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(apiRouter(dialer, webhooks, faults, apiKey));
  app.use(localRouter(webhooks, faults));
  app.use(consoleRouter(dialer, webhooks));
  app.use(noSuchPath);
  app.use(answerProblem);
  const server = createServer(app);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const tick = setInterval(() => dialer.desk.passTime(), TICK_MS).unref();

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    apiKey,
    console: `${url}/console/`,
    dialer,
    desk: dialer.desk,
    webhooks,
    faults,
    async close() {
      clearInterval(tick);
      await webhooks.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
