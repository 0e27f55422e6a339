// A process of a deployment: it runs the connections that fall to it, each in a process of its own, carries requests to them, and takes
// over those of a process that is gone. It looks every second which connections and which processes there are.
import { hostname } from 'node:os';
import PQueue from 'p-queue';
import { readRanges } from '../http/clientAddress.ts';
import { createListener } from '../http/listener.ts';
import { variables } from '../config/variables.ts';
import { createLog, type Logger } from '../log.ts';
import { every } from '../lib/every.ts';
import { coalesced } from '../lib/singleFlight.ts';
import { BridgeError } from '../model/fault.ts';
import { startConnectionProcess, type ConnectionProcess } from './connectionProcess.ts';
import type { Deployment } from './deployment.ts';
import type { Entry } from './entry.ts';
import { createForwarder, unavailable } from './forward.ts';
import { frontDoor, noSuchSignIn, type Place } from './frontDoor.ts';
import { environmentOf, openOwn, sealOwn } from './ownEnvironment.ts';
import { createPlacement } from './placement.ts';
import { deploymentProbes } from './probes.ts';
import { openRegistry, type Member, type Registry } from './registry.ts';

const LOOK_MS = 1_000;
/** Processes of connections that start at the same time: a start is a second of CPU. */
const STARTS_AT_ONCE = 4;

export interface DeploymentService {
  url: string;
  probeUrl: string;
  /** Ends the processes of its connections in order, which others may take at once. */
  stop(): Promise<void>;
}

interface Held {
  entry: Entry;
  process: ConnectionProcess;
  /** Resolves when it has ended; absent while it is not to end. */
  ending?: Promise<void>;
  /** Notes its state in the registry, where that has changed; one note after the other. */
  show(): Promise<void>;
}

/** @throws BridgeError where it cannot start */
export async function startDeployment(deployment: Deployment): Promise<DeploymentService> {
  const parts = new AsyncDisposableStack();
  try {
    return await start(deployment, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function start(deployment: Deployment, parts: AsyncDisposableStack): Promise<DeploymentService> {
  const { leaseMs } = deployment;
  const log = createLog({ level: deployment.logLevel, secrets: secretsOf(deployment) });
  const registry = await openRegistry(deployment);
  parts.defer(() => registry.close());
  await resealAll(deployment, registry, log);

  const held = new Map<string, Held>();
  let entries: Entry[] = [];
  let byRoute = new Map<string, Entry>();
  const placement = createPlacement();
  let problem: string | undefined;
  let isDraining = false;
  let hasLooked = false;
  const starts = new PQueue({ concurrency: STARTS_AT_ONCE });

  const trustedProxies = readRanges(deployment.trustedProxies);
  const common = {
    perAddress: deployment.connectionsPerAddress,
    trustedProxies,
    isDraining: () => isDraining,
    logger: log,
  };
  const forwarder = createForwarder();
  parts.defer(() => forwarder.close());
  const doors = frontDoor({ placeOf, forwarder, isDraining: () => isDraining });
  const probes = deploymentProbes({
    connections: () =>
      [...held.values()].map(({ entry: { name }, process: one }) => ({
        ...{ name, ...one.state(), restarts: one.restarts(), probeUrl: one.addresses()?.probeUrl },
      })),
    problem: () => problem,
    isDraining: () => isDraining,
  });
  const isOnePort = deployment.port === deployment.probePort;
  const main = createListener(common, ...(isOnePort ? [probes] : []), doors, noSuchSignIn);
  const probing = isOnePort ? undefined : createListener(common, probes);
  parts.defer(() => probing?.close());
  parts.defer(() => main.close());
  const url = await main.listen(deployment.host, deployment.port);
  const probeUrl = probing ? await probing.listen(deployment.host, deployment.probePort) : url;
  const publicUrl = deployment.publicUrl ?? url;
  const self: Member = memberOf(deployment.host, url);

  function placeOf(route: string): Place | undefined {
    // Which there are is not known yet.
    if (!hasLooked) throw unavailable('The bridge is starting.');
    const entry = byRoute.get(route);
    if (!entry) return undefined;
    const { name } = entry;
    const here = held.get(name)?.process.addresses();
    if (here) return { kind: 'here', name, url: here.url };
    const holder = placement.holderOf(name);
    if (!holder || holder.id === self.id) return { kind: 'nowhere', name };
    return { kind: 'elsewhere', name, url: holder.address };
  }

  /** Read when it is started: what was added, changed or removed a moment ago counts. */
  async function environment(name: string): Promise<NodeJS.ProcessEnv> {
    const found = await registry.find(name);
    if (!found || found.isRemoving) throw new Error('The connection was removed.');
    const { own } = openOwn(deployment, found, found.sealed);
    return { ...inherited(), ...environmentOf(deployment, publicUrl, found, own) };
  }

  function hold(entry: Entry): void {
    const { name } = entry;
    let shown: ReturnType<ConnectionProcess['state']> | undefined;
    const one: Held = {
      entry,
      show: coalesced(async () => {
        const now = one.process.state();
        if (now === shown) return;
        // Where the registry is away, the next look does it.
        await registry.show(name, self.id, now.state, now.detail).then(
          () => void (shown = now),
          () => undefined,
        );
      }),
      process: startConnectionProcess({
        name,
        environment: () => environment(name),
        memory: deployment.connectionMemory,
        shutdownSeconds: deployment.shutdownSeconds,
        claimOrg: (org) => registry.claimOrg(name, org),
        inTurn: (work) => starts.add(work),
        // Once this function has ended.
        onState: () => queueMicrotask(() => void one.show()),
        logger: log,
      }),
    };
    held.set(name, one);
  }

  async function letGo(one: Held): Promise<void> {
    one.ending ??= one.process.stop().then(() => void held.delete(one.entry.name));
    await one.ending;
  }

  async function look(): Promise<void> {
    placement.among(await registry.beat(self, leaseMs));
    entries = await registry.entries();
    byRoute = new Map(entries.map((entry) => [entry.route, entry]));
    hasLooked = true;
    problem = undefined;
    const wanted = new Map(
      entries.flatMap((entry) =>
        !entry.isRemoving && placement.holderOf(entry.name)?.id === self.id ? [[entry.name, entry]] : [],
      ),
    );
    for (const one of held.values()) {
      const entry = wanted.get(one.entry.name);
      // One of the same name that was added anew is another one.
      if (entry?.route !== one.entry.route || entry.revision !== one.entry.revision) void letGo(one);
    }
    for (const entry of wanted.values()) if (!held.has(entry.name)) hold(entry);
    await Promise.all([...held.values()].map((one) => one.show()));
  }

  const looking = every({
    ms: LOOK_MS,
    work: look,
    onFailure(error) {
      // The processes of the connections know by themselves when they may not go on.
      if (problem === undefined)
        log.error({ event: 'registry_unreachable', err: error }, 'The connections of the deployment cannot be read');
      problem = error instanceof BridgeError ? `${error.code}: ${error.message} ${error.action}` : String(error);
    },
  });
  parts.defer(async () => {
    await looking.stop();
    // The others take its connections from now on, and wait for each until it has ended here.
    await registry.leave(self.id).catch(() => undefined);
    await Promise.all([...held.values()].map(letGo));
  });
  parts.defer(() => void (isDraining = true));
  await looking.run();
  log.info(
    { event: 'deployment_started', url, probeUrl, publicUrl, process: self.id, connections: entries.length },
    'The deployment runs',
  );
  return {
    url,
    probeUrl,
    async stop() {
      await parts.disposeAsync();
      log.info({ event: 'deployment_stopped' }, 'The deployment has stopped');
    },
  };
}

/** Seals with the present key what the former one has sealed. One that cannot be opened keeps no other one from its start. */
async function resealAll(deployment: Deployment, registry: Registry, log: Logger): Promise<void> {
  if (deployment.oldSecretKey === undefined) return;
  let connections = 0;
  for (const { name } of await registry.entries()) {
    const found = await registry.find(name);
    if (!found) continue;
    try {
      const { own, isOld } = openOwn(deployment, found, found.sealed);
      if (!isOld) continue;
      await registry.reseal(name, found.sealed, sealOwn(deployment, found, own));
      connections += 1;
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== 'CONNECTION_SEALED') throw error;
    }
  }
  log.info(
    { event: 'deployment_key_replaced', connections },
    'What the former key had sealed is sealed with SECRET_KEY; SECRET_KEY_OLD is needed no more',
  );
}

/** A process that is started again on the same machine and port is the same one, so that its connections stay with it. */
function memberOf(host: string, url: string): Member {
  const { port } = new URL(url);
  const isEvery = host === '0.0.0.0' || host === '::';
  return { id: `${hostname()}:${port}`, address: isEvery ? `http://${hostname()}:${port}` : url };
}

/** What the machine gives to every program, without what is the deployment's. */
function inherited(): NodeJS.ProcessEnv {
  const isOurs = (name: string): boolean => name.replace(/_FILE$/, '') in variables.shape || name in variables.shape;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

function secretsOf({ secretKey, oldSecretKey, databaseUrl }: Deployment): string[] {
  return [secretKey, oldSecretKey]
    .flatMap((key) => (key ? [key.export().toString('base64'), key.export().toString('hex')] : []))
    .concat(databaseUrl ?? []);
}
