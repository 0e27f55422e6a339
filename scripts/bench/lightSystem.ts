// A bridge between the light peers, with as many links in its store as are asked for. A link, an event and a lead are made once as they really
// are, by the bridge between a local org and a local Sellfire; all others are made after them.
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, cpSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../bridge/store/open.ts';
import type { Link } from '../../bridge/model/link.ts';
import { bridgeEnvironment } from '../../test/helpers/environment.ts';
import { mapFields } from '../../test/helpers/mappings.ts';
import { freePort } from '../../test/helpers/stack.ts';
import { startCommand } from '../../test/helpers/startCommand.ts';
import { createDialerClient } from './dialer.ts';
import { leadIdAt, recordIdAt } from './lightIds.ts';
import { startLightPeers, type LightPeers } from './lightPeers.ts';
import { createLinkedLeads, quiet } from './leads.ts';
import { createOrgClient } from './org.ts';
import { lastUpdate } from './subscriber.ts';
import {
  createBridge,
  end,
  firstLine,
  orgSchema,
  sellfireSchema,
  startProgram,
  type BridgeProcess,
  type OrgAddress,
} from './system.ts';

/** Links that are saved at once: the store gathers them into one transaction. */
const TOGETHER = 2_000;

export interface LightSystem {
  peers: LightPeers;
  /** The local org behind the light one, and the certificate of the light stream. */
  org: OrgAddress;
  /** Starts a program that ends with the benchmark. */
  run(args: string[], env?: Record<string, string>): ChildProcess;
  /** Makes a store with so many links. @returns a bridge on it that is not started */
  bridge(links: number): Promise<FilledBridge>;
  stop(): Promise<void>;
}

export interface FilledBridge extends BridgeProcess {
  /** Bytes of its files. */
  size(): number;
  fillMs: number;
}

export async function startLightSystem({ profile, log }: { profile?: string; log?: string }): Promise<LightSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-light-'));
  const children: ChildProcess[] = [];
  const run: LightSystem['run'] = (args, env = {}) => {
    const child = startProgram(args, env, folder);
    children.push(child);
    return child;
  };
  async function stop(): Promise<void> {
    await Promise.all(children.map((child) => end(child, 'SIGKILL')));
    rmSync(folder, { recursive: true, force: true });
  }
  const bridgeOf = (env: Record<string, string>): BridgeProcess =>
    createBridge(() => {
      const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
      const child = run([...flags, ...startCommand()], env);
      if (log !== undefined) child.stdout?.pipe(createWriteStream(log, { flags: 'a' }));
      return child;
    });

  try {
    const peers = await startLightPeers(run);
    const [org, sellfire] = await Promise.all([
      firstLine(run(['test/salesforce/main.ts', '--instance-url', peers.org.url]), orgSchema),
      firstLine(run(['test/sellfire/main.ts', '--leads', '0']), sellfireSchema),
    ]);
    await peers.connect(org, { ...sellfire, lastSequence: 0 });
    const port = String(await freePort());
    const env = {
      ...bridgeEnvironment(org, org.users.integration, sellfire),
      ...{ PORT: port, PROBE_PORT: port, DATA_DIR: join(folder, 'first'), START_SYNC: 'true' },
    };
    const client = createOrgClient(org);
    const dialer = createDialerClient(sellfire);
    await mapFields(await client.connection(), '');
    const first = bridgeOf(env);
    await first.start();
    await quiet(first);
    const { leads } = await createLinkedLeads(client, dialer, 1);
    await quiet(first);
    await client.update(leads.map(({ recordId }) => ({ Id: recordId, Title: 'the sample' })));
    await quiet(first);
    const { orgId } = await client.session.token();
    const [last] = (await dialer.events(0)).toReversed();
    if (!last?.lead) throw new Error('The sample did not travel.');
    await first.stop();
    const behind = { ...sellfire, lastSequence: last.sequence };
    await peers.learn(await lastUpdate(org, client), last.lead);
    await Promise.all([client.close(), dialer.close()]);

    return {
      peers,
      org: { ...org, pubsubUrl: peers.org.pubsubUrl, caFile: peers.org.caFile },
      run,
      stop,
      async bridge(links) {
        const place = join(folder, `links-${links}`);
        // The feed goes on where the store has read it up to.
        await peers.connect(org, behind);
        mkdirSync(place);
        cpSync(join(folder, 'first'), place, { recursive: true });
        const began = performance.now();
        await fill(join(place, 'bridge.sqlite'), orgId, links);
        const fillMs = performance.now() - began;
        const bridge = bridgeOf({
          ...env,
          DATA_DIR: place,
          SALESFORCE_PUBSUB_ADDRESS: peers.org.pubsubUrl,
          SALESFORCE_PUBSUB_CA_FILE: peers.org.caFile,
          SELLFIRE_URL: peers.sellfire.url,
        });
        const size = (): number => readdirSync(place).reduce((sum, name) => sum + statSync(join(place, name)).size, 0);
        return { ...bridge, size, fillMs };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Saves the links through the store, each as the bridge itself made the first one. */
async function fill(databaseFile: string, connection: string, count: number): Promise<void> {
  const store = await openStore({ databaseFile, databaseUrl: undefined });
  try {
    const [sample] = await store.links(connection, '', 1);
    if (!sample?.record) throw new Error('There is no link after which others could be made.');
    for (let from = 0; from < count; from += TOGETHER) {
      const some = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, index) => from + index);
      await Promise.all(
        some.map((number) => {
          const link = linkAt(sample, number);
          return store.settle(connection, { key: link.leadId, done: [], parked: [], link, reports: [] });
        }),
      );
    }
  } finally {
    await store.close();
  }
}

function linkAt(sample: Link, number: number): Link {
  const [leadId, id] = [leadIdAt(number), recordIdAt(number)];
  const written = Object.values(sample.stateWritten ?? {});
  return {
    ...sample,
    ...{ leadId, revision: 0, record: { object: 'Lead', id } },
    ...(written.length > 0 ? { stateWritten: { [id]: written.at(-1) ?? '' } } : {}),
  };
}
