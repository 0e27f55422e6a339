// The light org and the light Sellfire as a benchmark sees them: starts both, gives them what they answer with, has them send changes and asks
// what has arrived.
import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';
import type { Lead } from '../../bridge/model/lead.ts';
import { until } from '../../test/helpers/until.ts';
import type { Direction } from './changes.ts';
import type { Burst } from './lightIds.ts';
import type { Sample } from './subscriber.ts';
import { firstLine, type OrgAddress, type SellfireAddress } from './system.ts';

/** Between two looks at what has arrived, which the peers themselves time. */
const LOOK_MS = 50;

const orgSchema = z.object({ url: z.string(), pubsubUrl: z.string(), caFile: z.string() });
const sellfireSchema = z.object({ url: z.string() });
const arrivedSchema = z.object({ count: z.number(), records: z.number(), times: z.array(z.number()) });

export interface LightPeers {
  org: z.infer<typeof orgSchema>;
  sellfire: SellfireAddress;
  /** Tells both what is behind them: what Sellfire's feed has is what is behind it has. */
  connect(org: OrgAddress, sellfire: SellfireAddress & { lastSequence: number }): Promise<void>;
  /** After what they make their events and answers. */
  learn(event: Sample, lead: Lead): Promise<void>;
  /** @returns how it went, once all have arrived. @throws when they do not in time, or one arrived twice or not at all */
  burst(direction: Direction, burst: Burst, patienceMs: number): Promise<BurstResult>;
}

export interface BurstResult {
  /** ms from the commit of all changes to each arrival. */
  delays: number[];
  perSecond: number;
}

/** The light org, whose address has to be known before the local org behind it starts. */
export async function startLightPeers(start: (args: string[]) => ChildProcess): Promise<LightPeers> {
  const [org, { url }] = await Promise.all([
    firstLine(start(['scripts/bench/lightOrg.ts']), orgSchema),
    firstLine(start(['scripts/bench/lightSellfire.ts']), sellfireSchema),
  ]);
  const sellfire = { url, apiKey: '' };
  return {
    org,
    sellfire,
    async connect(address, { lastSequence, ...behind }) {
      sellfire.apiKey = behind.apiKey;
      await Promise.all([send(org.url, 'target', address), send(url, 'target', { url: behind.url, lastSequence })]);
    },
    async learn(event, lead) {
      await Promise.all([send(org.url, 'sample', event), send(url, 'sample', lead)]);
    },
    async burst(direction, burst, patienceMs) {
      const [from, to] = direction === 'toSellfire' ? [org.url, url] : [url, org.url];
      await send(to, 'clear', {});
      const { at } = z.object({ at: z.number() }).parse(await send(from, 'release', burst));
      const count = async (): Promise<number> =>
        z.object({ count: z.number() }).parse(await (await fetch(`${to}/_light/count`)).json()).count;
      await until(
        `${burst.count} changes have arrived`,
        async () => (await count()) >= burst.count,
        patienceMs,
        LOOK_MS,
      );
      const arrived = arrivedSchema.parse(await (await fetch(`${to}/_light/arrived`)).json());
      if (arrived.records !== burst.count)
        throw new Error(`${arrived.count} changes of ${arrived.records} records arrived of ${burst.count}.`);
      const delays = arrived.times.map((time) => time - at);
      return { delays, perSecond: (burst.count / (delays.at(-1) ?? 0)) * 1000 };
    },
  };
}

async function send(url: string, what: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/_light/${what}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
