// The parts of the benchmark, each a process of its own so that none shares an event loop: the local org, the local Sellfire,
// the bridge, and a PostgreSQL where that keeps its store. Whatever happens, all of them end with the benchmark.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bridgeEnvironment } from '../../test/helpers/environment.ts';
import { startPostgres, type Postgres } from '../../test/helpers/postgres.ts';
import { freePort } from '../../test/helpers/stack.ts';
import { startCommand } from '../../test/helpers/startCommand.ts';
import { startWays, type Network } from './ways.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The org deploys the whole package before it says where it is; this is many times what that takes. */
const START_MS = 60_000;
/** Without an end: with a day's 25,000 used up after ten bursts, the bridge asks each minute what has changed. */
const EVENTS = 100_000_000;
/** How often it is asked whether it is ready: what the start can be off by. */
const ASK_MS = 10;

/** What the org says of itself when it is ready. */
export const orgSchema = z.object({
  restUrl: z.string(),
  pubsubUrl: z.string(),
  caFile: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  keyFile: z.string(),
  users: z.object({ admin: z.string(), integration: z.string() }),
});
export type OrgAddress = z.infer<typeof orgSchema>;
export const sellfireSchema = z.object({ url: z.string(), apiKey: z.string() });
export type SellfireAddress = z.infer<typeof sellfireSchema>;

export interface System {
  org: OrgAddress;
  sellfire: SellfireAddress;
  bridge: BridgeProcess;
  /** Lets a side stand still, as one does whose machine hangs: calls are taken in and not answered. @returns what lets it go on */
  pause(side: 'salesforce' | 'sellfire'): () => void;
  /** How long the way is between the bridge and both systems from now on. @throws where it goes over no proxies */
  lengthen(network: Network): Promise<void>;
  /** Ends every process and removes what they kept. */
  stop(): Promise<void>;
}

export interface SystemOptions {
  /** Folder for a CPU profile of each run of the bridge. */
  profile?: string;
  /** File for the bridge's log; it is thrown away otherwise. */
  log?: string;
  /** What keeps the store. Default: a file. */
  store?: Store;
  /** How many events the org delivers within a day. */
  deliveredEvents?: number;
  /** Whether all that the bridge and the systems say to each other goes over proxies that can be slow. */
  isFar?: boolean;
}

export const STORES = ['sqlite', 'postgres'] as const;
export type Store = (typeof STORES)[number];

/**
 * Starts a program of the repository; the caller ends it.
 * @param folder what it keeps for a while it keeps there, since one that is killed removes nothing
 */
export const startProgram = (args: string[], env: Record<string, string>, folder: string): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

export async function startSystem({
  profile,
  log,
  store = 'sqlite',
  deliveredEvents = EVENTS,
  isFar = false,
}: SystemOptions): Promise<System> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const children: ChildProcess[] = [];
  let postgres: Postgres | undefined;
  const run = (args: string[], env: Record<string, string> = {}): ChildProcess => {
    const child = startProgram(args, env, folder);
    children.push(child);
    return child;
  };
  async function stop(): Promise<void> {
    await Promise.all(children.map((child) => end(child, 'SIGKILL')));
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    const ways = isFar ? await startWays(run) : undefined;
    const sides = {
      salesforce: run([
        ...['test/salesforce/main.ts', '--deploy', 'force-app', '--delivered-events', String(deliveredEvents)],
        ...(ways ? ['--instance-url', ways.url('rest')] : []),
      ]),
      sellfire: run(['test/sellfire/main.ts', '--leads', '0']),
    };
    const [org, sellfire] = await Promise.all([
      firstLine(sides.salesforce, orgSchema),
      firstLine(sides.sellfire, sellfireSchema),
    ]);
    if (store === 'postgres') postgres = await startPostgres();
    const port = ways ? await freePort() : 0;
    const env = {
      PORT: String(port),
      PROBE_PORT: String(port),
      ...(postgres ? { DATABASE_URL: await postgres.schema() } : { DATA_DIR: folder }),
      ...bridgeEnvironment(org, org.users.integration, sellfire),
      START_SYNC: 'true',
      ...(ways && (await ways.lead(org, sellfire, port))),
    };
    const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const bridge = createBridge(() => {
      const child = run([...flags, ...startCommand()], env);
      if (log !== undefined) child.stdout?.pipe(createWriteStream(log, { flags: 'a' }));
      return child;
    });
    const pause: System['pause'] = (side) => {
      sides[side].kill('SIGSTOP');
      return () => void sides[side].kill('SIGCONT');
    };
    const lengthen: System['lengthen'] = async (network) => {
      if (!ways) throw new Error('The way between them cannot be lengthened.');
      await ways.lengthen(network);
    };
    return { org, sellfire, bridge, pause, lengthen, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface BridgeProcess {
  /** @returns ms from the start of the process until `/health/ready` answered 200. @throws when it ends or never is ready */
  start(): Promise<number>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** Its resident memory, now and at its peak so far, in bytes; nothing where the system does not report it. */
  memory(): { memory?: number; peak?: number };
  /** The sum of a metric over all its labels. */
  metric(name: string): Promise<number>;
  /** Where it answers. */
  url(): string;
}

const runningSchema = z.object({ event: z.literal('bridge_started'), url: z.string() });

/** A bridge that `run` starts anew each time. */
export function createBridge(run: () => ChildProcess): BridgeProcess {
  let child: ChildProcess | undefined;
  let url = '';
  return {
    async start() {
      const began = performance.now();
      child = run();
      ({ url } = await firstLine(child, runningSchema));
      while (performance.now() - began < START_MS) {
        const { ok } = await fetch(`${url}/health/ready`);
        if (ok) return performance.now() - began;
        await sleep(ASK_MS);
      }
      throw new Error(`The bridge is not ready: ${await (await fetch(`${url}/health/ready`)).text()}`);
    },
    async stop() {
      if (child) await end(child, 'SIGTERM');
    },
    url: () => url,
    memory() {
      if (process.platform !== 'linux' || child?.pid === undefined) return {};
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const bytes = (name: string): number =>
        Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
      return { memory: bytes('VmRSS'), peak: bytes('VmHWM') };
    },
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      if (lines.length === 0) throw new Error(`The bridge has no metric ${name}.`);
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
    },
  };
}

/** The first line of its output that is JSON of this shape. @throws when it ends, or does not say it in time */
export async function firstLine<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  if (!child.stdout) throw new Error('Its output is not connected.');
  const lines = createInterface({ input: child.stdout });
  const timeout = setTimeout(() => lines.close(), START_MS);
  try {
    for await (const line of lines) {
      const parsed = schema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
    }
  } finally {
    clearTimeout(timeout);
    // What it says from here on is not read, and must not fill the pipe.
    child.stdout.resume();
  }
  throw new Error(`A part did not start: ${child.spawnargs.slice(1).join(' ')} (exit code ${child.exitCode}).`);
}

/** Sends the signal and waits for the end; nothing where it has ended already. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'exit');
  child.kill(signal);
  await closed;
}
