// The ways between the bridge and both systems, each over a proxy that can be slow: who calls whom, and at which address instead.
import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { firstLine, type OrgAddress, type SellfireAddress } from './system.ts';

/** By what it leads to, its target as `host:port`: the org's REST and Pub/Sub API, Sellfire's API, the bridge. */
export const waysSchema = z.object({ rest: z.string(), pubsub: z.string(), sellfire: z.string(), bridge: z.string() });
export type Way = keyof z.infer<typeof waysSchema>;

export const networkSchema = z.object({
  /** Each way; a round trip is twice that. */
  delayMs: z.number(),
  /** The part of all segments that is lost on the way and sent again. */
  loss: z.number(),
});
export type Network = z.infer<typeof networkSchema>;

const startedSchema = z.object({
  url: z.string(),
  ports: z.object({ rest: z.number(), pubsub: z.number(), sellfire: z.number(), bridge: z.number() }),
});

export interface Ways {
  url(way: Way): string;
  /** @returns the environment of a bridge at `port` that reaches both over the proxies, and is reached so */
  lead(org: OrgAddress, sellfire: SellfireAddress, port: number): Promise<Record<string, string>>;
  lengthen(network: Network): Promise<void>;
}

export async function startWays(run: (args: string[]) => ChildProcess): Promise<Ways> {
  const { url, ports } = await firstLine(run(['scripts/bench/slowNetwork.ts']), startedSchema);
  async function send(what: 'targets' | 'network', body: z.infer<typeof waysSchema> | Network): Promise<void> {
    const answer = await fetch(`${url}/${what}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
  }
  const urlOf = (way: Way): string => `http://127.0.0.1:${ports[way]}`;
  return {
    url: urlOf,
    async lead(org, sellfire, port) {
      await send('targets', {
        rest: new URL(org.restUrl).host,
        pubsub: org.pubsubUrl,
        sellfire: new URL(sellfire.url).host,
        bridge: `127.0.0.1:${port}`,
      });
      return {
        PUBLIC_URL: urlOf('bridge'),
        SALESFORCE_PUBSUB_ADDRESS: `127.0.0.1:${ports.pubsub}`,
        SELLFIRE_URL: urlOf('sellfire'),
      };
    },
    lengthen: (network) => send('network', network),
  };
}
