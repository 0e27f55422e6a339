// A PostgreSQL for tests: that of TEST_DATABASE_URL, or a server of its own.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { findPrograms, type Owner } from './postgresPrograms.ts';
import { until } from './until.ts';

export interface Postgres {
  /** The address of an empty schema. */
  schema(): Promise<string>;
  /** Ends every connection, as a restart of the database does. */
  cutConnections(): Promise<void>;
  /** Stops the server, and starts it again where it was. @throws where the server is not this one's own */
  restart(): Promise<void>;
  /** Stops the server until the work is done. @throws where the server is not this one's own */
  away(work: () => Promise<void>): Promise<void>;
  /** Removes the schemas, and the server where it is this one's own. */
  stop(): Promise<void>;
}

const START_MS = 30_000;

/** @throws Error where there is neither an address nor the programs */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? undefined : await startServer();
  const url = given ?? server?.url ?? '';
  const schemas: string[] = [];
  async function away(work: () => Promise<void>): Promise<void> {
    if (!server) throw new Error('The server of TEST_DATABASE_URL is not restarted.');
    await server.stop();
    try {
      await work();
    } finally {
      await server.start();
    }
  }
  return {
    async schema() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await ask(url, `CREATE SCHEMA ${name}`);
      schemas.push(name);
      const own = new URL(url);
      own.searchParams.set('options', `-c search_path=${name}`);
      return own.href;
    },
    cutConnections: () =>
      ask(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name LIKE 'sellfire-bridge %' AND pid <> pg_backend_pid()`,
      ),
    restart: () => away(async () => undefined),
    away,
    async stop() {
      if (server) await server.remove();
      else for (const name of schemas) await ask(url, `DROP SCHEMA ${name} CASCADE`);
    },
  };
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

interface Server {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
}

async function startServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  const programs = findPrograms(folder, user);
  const data = join(folder, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'test', '--auth=trust', '--encoding=UTF8', '--no-locale'], {
    stdio: 'pipe',
    cwd: folder,
    ...user,
  });
  const port = await freePort();
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;
  const server: Server = {
    url,
    async start() {
      const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
      const started = spawn(join(programs, 'postgres'), args, { stdio: 'ignore', cwd: folder, ...user });
      child = started;
      await until(
        'PostgreSQL answers',
        async () => {
          if (started.exitCode !== null) throw new Error(`PostgreSQL has ended with code ${started.exitCode}.`);
          return ask(url, 'SELECT 1').then(
            () => true,
            () => false,
          );
        },
        START_MS,
      );
    },
    async stop() {
      if (!child || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      // Fast shutdown: connections are ended, transactions rolled back.
      child.kill('SIGINT');
      await ended;
    },
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** PostgreSQL does not run as root. */
function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entry = /^(?:postgres|nobody):[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!entry) throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
