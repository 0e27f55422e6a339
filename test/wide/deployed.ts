// A deployment of many connections as processes, each connection between a local org and a local Sellfire of its own.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../bridge/cli.ts';
import { Bridge, freePort, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

export interface Said {
  code: number;
  out: string;
  err: string;
}

export interface Deployed {
  readonly url: string;
  readonly env: Record<string, string>;
  /** A process of the deployment. */
  readonly process: Bridge;
  readonly logFile: string;
  /** Runs a command of the deployment, in this process. */
  command(...args: string[]): Promise<Said>;
  /** @returns the address of the connection */
  add(name: string, variables: Record<string, string>): Promise<string>;
  change(name: string, variables: Record<string, string>): Promise<void>;
  /** How `connections list` shows it. */
  listed(name: string): Promise<Record<string, string | null> | undefined>;
  /** The status of the probe of a connection; 0 without an answer. */
  ready(name: string): Promise<number>;
  /** The process of a connection, once it runs. */
  pid(name: string): Promise<number>;
  stop(): Promise<void>;
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'deployed-'));

/** Launched or not. @param env beside what a deployment needs; @param like a process that shares its connections */
export async function prepareDeployment(env: Record<string, string> = {}, like?: Deployed): Promise<Deployed> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const home = folder();
  const logFile = join(home, 'deployment.log');
  const own = {
    DATA_DIR: home,
    SECRET_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: url,
    SHUTDOWN_SECONDS: '10',
    ...like?.env,
    PORT: String(port),
    PROBE_PORT: String(port),
    ...env,
  };
  const bridge = new Bridge(url, logFile, own, ['connections', 'start']);
  async function command(...args: string[]): Promise<Said> {
    const said = { out: '', err: '' };
    const code = await run(args, { env: own, out: (text) => (said.out += text), err: (text) => (said.err += text) });
    return { code, ...said };
  }
  function envFile(variables: Record<string, string>): string {
    const file = join(home, `${randomBytes(4).toString('hex')}.env`);
    const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
    writeFileSync(file, lines.join(''), { mode: 0o600 });
    return file;
  }
  return {
    url,
    env: own,
    process: bridge,
    logFile,
    command,
    async add(name, variables) {
      const { code, out, err } = await command('connections', 'add', name, '--env-file', envFile(variables));
      if (code !== 0) throw new Error(err);
      return /(http\S+\/c\/\S+)/.exec(out)?.[1] ?? '';
    },
    async change(name, variables) {
      const { code, err } = await command('connections', 'change', name, '--env-file', envFile(variables));
      if (code !== 0) throw new Error(err);
    },
    async listed(name) {
      const { out } = await command('connections', 'list', '--json');
      const rows = out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, string>]));
      return rows.find((one) => one['name'] === name);
    },
    ready: (name) =>
      fetch(`${url}/health/connections/${name}`).then(
        ({ status }) => status,
        () => 0,
      ),
    pid: (name) =>
      until(
        `the process of ${name} is in the log`,
        () => {
          const lines = readFileSync(logFile, 'utf8').split('\n');
          const mine = lines.filter((line) => line.includes('"connection_process_runs"') && line.includes(`"${name}"`));
          const last = mine.at(-1);
          return last === undefined ? undefined : (JSON.parse(last) as { pid: number }).pid;
        },
        60_000,
      ),
    async stop() {
      await bridge.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a connection with the systems of this stack is given. */
export function variablesOf({ bridge }: Stack): Record<string, string> {
  const { PORT: _, PROBE_PORT: __, DATA_DIR: ___, SECRET_KEY: ____, ...own } = bridge.env;
  return own;
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
