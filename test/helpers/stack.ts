// The whole system on this machine: a local org with the package deployed, a local Sellfire, and the real bridge in a process of
// its own, which can be stopped, killed with -9 and started again. The demo, the end-to-end tests and the benchmark stand on it.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT, importPKCS8 } from 'jose';
import jsforce, { type Connection } from 'jsforce';
import { startOrg, type RunningOrg } from '../salesforce/server.ts';
import { startSellfire, type RunningSellfire } from '../sellfire/sellfire.ts';
import { bridgeEnvironment } from './environment.ts';
import { startCommand } from './startCommand.ts';
import { until } from './until.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface StackOptions {
  /** Seeded Sellfire leads. */
  leads?: number;
  namespace?: string;
  /** Where the bridge's log goes. Default: a file that the stack removes at its end. */
  logFile?: string;
  env?: Record<string, string>;
  /** The org's, ms since the epoch. */
  clock?: () => number;
}

export interface Stack {
  readonly org: RunningOrg;
  readonly sellfire: RunningSellfire;
  readonly bridge: Bridge;
  /** Signed in as the org's administrator, by jsforce. */
  readonly admin: Connection;
  /** '' or `ns__`. */
  readonly prefix: string;
  /** The log of the bridge, over its restarts. */
  readonly logFile: string;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { namespace } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [org, sellfire] = await Promise.all([
    startOrg({
      deploy: join(ROOT, 'force-app'),
      callbackUrls: [`${url}/oauth/callback`],
      ...(namespace ? { namespace } : {}),
      ...(options.clock ? { clock: options.clock } : {}),
    }),
    startSellfire({ leads: options.leads ?? 0 }),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const { logFile = join(folder, 'bridge.log') } = options;
  const bridge = new Bridge(url, logFile, {
    PORT: String(port),
    PROBE_PORT: String(port),
    DATA_DIR: dataDir,
    ...bridgeEnvironment(org, org.users.integration.username, sellfire),
    START_SYNC: 'true',
    ...options.env,
  });
  return {
    org,
    sellfire,
    bridge,
    admin: await signIn(org, org.users.admin.username),
    prefix: namespace ? `${namespace}__` : '',
    logFile,
    async stop() {
      await bridge.kill();
      await Promise.all([org.close(), sellfire.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const START_MS = 60_000;
const END_WITH_PARENT = new URL('./endWithParent.js', import.meta.url).href;
const START_LOOK_MS = 50;

/** The bridge as a process, as `npm start` runs it. */
export class Bridge {
  readonly url: string;
  readonly env: Record<string, string>;
  private readonly logFile: string;
  private readonly command: readonly string[] | undefined;
  private readonly root: string;
  private child: ChildProcess | undefined;

  /** @param command what is run in place of `start` @param root the folder of the repository, or of another version of it */
  constructor(url: string, logFile: string, env: Record<string, string>, command?: readonly string[], root = ROOT) {
    this.url = url;
    this.env = env;
    this.logFile = logFile;
    this.command = command;
    this.root = root;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it without waiting until it works. */
  launch(): void {
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...startCommand(this.command)], {
      cwd: this.root,
      env: { PATH: process.env['PATH'] ?? '', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(this.logFile, { flags: 'a' });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log.write(chunk));
    child.once('close', () => log.end());
    this.child = child;
  }

  /** What `/health/ready` answers; status 0 while it does not answer. */
  async readiness(): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
    return { status: answer?.status ?? 0, text: (await answer?.text()) ?? '' };
  }

  /** @throws when it ends, or is not ready within a minute; the message has what its checks say. */
  async start(): Promise<void> {
    this.launch();
    const { child } = this;
    let last = 'it does not answer';
    const isReady = async (): Promise<boolean> => {
      if (!child || child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The bridge ended with ${child?.exitCode ?? child?.signalCode ?? 'an error'}.`);
      const { status, text } = await this.readiness();
      if (status !== 0 && status !== 200) last = text;
      return status === 200;
    };
    await until(() => `the bridge is ready: ${last}`, isReady, START_MS, START_LOOK_MS);
  }

  /** SIGKILL, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** SIGTERM. @returns its exit code */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Whether it is not running. */
  get hasEnded(): boolean {
    const { child } = this;
    return !child || child.exitCode !== null || child.signalCode !== null;
  }

  /** The signal that ended it. */
  get endedBy(): NodeJS.Signals | null {
    return this.child?.signalCode ?? null;
  }

  /** Resolves with its exit code once it has ended by itself. */
  async ended(): Promise<number | null> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const closed = once(child, 'exit');
    child.kill(signal);
    await closed;
    return child.exitCode;
  }
}

/** Below the ports that systems give to whoever asks for any, so that none takes it before the bridge does. */
const PORTS = { first: 20_000, count: 12_000 };

/** A port that was free a moment ago: the bridge keeps its address over restarts. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(PORTS.first + randomInt(PORTS.count), '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Signs in by the JWT bearer flow, as any client of the org would. */
export async function signIn(
  org: Pick<RunningOrg, 'restUrl' | 'clientId' | 'keyFile'>,
  username: string,
): Promise<Connection> {
  const key = await importPKCS8(readFileSync(org.keyFile, 'utf8'), 'RS256');
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(org.clientId)
    .setSubject(username)
    .setAudience(org.restUrl)
    .setExpirationTime('3m')
    .sign(key);
  const connection = new jsforce.Connection({ loginUrl: org.restUrl, version: '67.0' });
  await connection.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  return connection;
}
