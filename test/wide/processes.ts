// Several processes of the bridge on one PostgreSQL, between a local org and a local Sellfire, behind a load balancer.
import pg from 'pg';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { Bridge, freePort, startStack, type Stack, type StackOptions } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { startBalancer, type Balancer } from './balancer.ts';

/** Short, so that a test waits little for it; longer than a busy machine holds up a process. */
export const LEASE_SECONDS = 5;

export interface Processes {
  stack: Stack;
  postgres: Postgres;
  /** Sellfire reaches the bridge through it. */
  balancer: Balancer;
  /** Launched or not. */
  all: Bridge[];
  /** The process that leads. @param meanwhile called before each look */
  leader(ms?: number, meanwhile?: () => void): Promise<Bridge>;
  /** Any other one that is ready. */
  standBy(): Promise<Bridge>;
  /** Rows of one statement on the store of the bridge. */
  ask(sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export const portOf = ({ url }: Bridge): number => Number(new URL(url).port);

/** None is launched. */
export async function startProcesses(count: number, options: StackOptions = {}): Promise<Processes> {
  const postgres = await startPostgres();
  const stack = await startStack(options);
  const database = await postgres.schema();
  const balancer = await startBalancer(portOf(stack.bridge));
  const all: Bridge[] = [];
  for (let index = 0; index < count; index += 1) {
    const port = await freePort();
    all.push(
      new Bridge(`http://127.0.0.1:${port}`, stack.logFile, {
        ...stack.bridge.env,
        PORT: String(port),
        PROBE_PORT: String(port),
        PUBLIC_URL: stack.bridge.url,
        DATABASE_URL: database,
        LEASE_SECONDS: String(LEASE_SECONDS),
      }),
    );
  }
  balancer.carryTo(all.map(portOf));
  return {
    stack,
    postgres,
    balancer,
    all,
    leader: (ms, meanwhile) =>
      until(
        'a process leads',
        async () => {
          meanwhile?.();
          for (const one of all) if (await isLeader(one)) return one;
          return undefined;
        },
        ms,
      ),
    standBy: () =>
      until('a process stands by', async () => {
        for (const one of all) if (!(await isLeader(one)) && (await one.readiness()).status === 200) return one;
        return undefined;
      }),
    async ask(sql) {
      const client = new pg.Client({ connectionString: database });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    },
    async stop() {
      await Promise.all(all.map((one) => one.kill()));
      await balancer.close();
      await stack.stop();
      await postgres.stop();
    },
  };
}

/** One that is stopped does not answer, and so does not lead. */
export const isLeader = ({ url }: Bridge): Promise<boolean> =>
  fetch(`${url}/health/leader`, { signal: AbortSignal.timeout(500) }).then(
    ({ ok }) => ok,
    () => false,
  );
