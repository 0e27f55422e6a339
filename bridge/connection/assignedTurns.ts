// Turns of the leader that this process runs for it: with the leader's configuration, on the store of a worker and with a sign-in of its own.
// What only the leader decides, counts and remembers goes back to it with the answer.
import type { Config } from '../config.ts';
import { mustLead } from '../store/leads.ts';
import type { Assignment, WorkerStore } from '../store/handover.ts';
import { singleFlight } from '../lib/singleFlight.ts';
import type { SyncConfig } from '../model/config.ts';
import { createWorker } from '../jobs/worker.ts';
import { finishedTurn, HandBackError } from '../jobs/turn.ts';
import { readSettings } from '../jobs/sharedCalls.ts';
import { answerText, endOf, type CallCounts, type TurnAnswer } from '../jobs/turnAnswer.ts';
import type { Peers } from '../jobs/execute.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { Traces } from '../tracing/traces.ts';
import { isDriftCode } from './driftSigns.ts';
import { openOrg, salesforcePort, type Org } from './org.ts';
import { createRotation } from './rotation.ts';
import { readSaved } from './savedConnection.ts';

export interface AssignedTurnsOptions {
  config: Config;
  store: WorkerStore;
  sellfire: Sellfire;
  traces?: Pick<Traces, 'turn'> | undefined;
  /** Counts the calls that are made; those of Sellfire are counted by whoever made `sellfire`. */
  calls: CallCounts;
}

export interface AssignedTurns {
  /** Runs the turn. Never rejects. @returns the text of its answer */
  run(assignment: Assignment): Promise<string>;
  /** Resolves when the calls under way have ended. */
  close(): Promise<void>;
}

/** One connection of the leader, as this process works for it. */
interface OpenConnection {
  session: string;
  revision: number;
  config: SyncConfig;
  calls: number;
  org: Org;
  peers: Peers;
}

export function createAssignedTurns(options: AssignedTurnsOptions): AssignedTurns {
  const { config, store, sellfire, traces, calls } = options;
  const open = new Map<string, OpenConnection>();
  const reads = new Map<string, () => Promise<OpenConnection>>();
  const closing = new Set<Promise<void>>();

  function close({ org }: OpenConnection): void {
    const ended = org.close().finally(() => closing.delete(ended));
    closing.add(ended);
  }

  /** Reads what the leader runs the turns of the connection with now. */
  async function read(connection: string): Promise<OpenConnection> {
    const before = open.get(connection);
    const handed = await store.config(connection);
    if (!handed) throw new Error(`The configuration of ${connection} is not there.`);
    const { session, revision } = handed;
    const { config: syncConfig, calls: atOnce } = readSettings(handed.settings);
    if (before?.session === session && before.calls === atOnce)
      return Object.assign(before, { revision, config: syncConfig });
    const { org, peers } = await openOrgOf(connection, atOnce, () => opened.config);
    const opened: OpenConnection = { session, revision, config: syncConfig, calls: atOnce, org, peers };
    open.set(connection, opened);
    // It signs in as somebody else, was connected anew, or has another share of the calls.
    if (before) close(before);
    return opened;
  }

  async function openOrgOf(
    connection: string,
    atOnce: number,
    current: () => SyncConfig,
  ): Promise<Pick<OpenConnection, 'org' | 'peers'>> {
    const stored = (await store.connections()).find(({ id }) => id === connection);
    if (!stored) throw new Error(`The connection ${connection} is not saved.`);
    const org = openOrg(config, readSaved(stored, config), createRotation(store, config, connection), {
      async acquire() {
        mustLead(store);
        calls.salesforce += 1;
      },
      mayCall: () => mustLead(store),
      connections: atOnce,
    });
    return { org, peers: { salesforce: salesforcePort(org.rest, current), sellfire } };
  }

  async function connectionFor({ connection, revision }: Assignment): Promise<OpenConnection> {
    for (;;) {
      const found = open.get(connection);
      if (found && found.revision >= revision) return found;
      let reading = reads.get(connection);
      if (!reading) reads.set(connection, (reading = singleFlight(() => read(connection))));
      await reading();
    }
  }

  return {
    async run(assignment) {
      const { connection, key, defers } = assignment;
      const answer: Omit<TurnAnswer, 'ended' | 'calls'> = { woken: [], broken: [], turns: [] };
      const turn = async () => {
        const { peers, ...opened } = await connectionFor(assignment);
        return createWorker({
          ...peers,
          store,
          connection,
          config: () => opened.config,
          defers: () => defers,
          wake: (keys) => void answer.woken.push(...keys),
          onBroken: (broken) => void answer.broken.push(broken),
          async reread({ code }) {
            if (isDriftCode(code)) throw new HandBackError();
            return false;
          },
          onTurn(done) {
            traces?.turn(connection, done);
            answer.turns.push(finishedTurn(done));
          },
        })(key);
      };
      const ended = await endOf(turn());
      const { salesforce, sellfire: toSellfire } = calls;
      Object.assign(calls, { salesforce: 0, sellfire: 0 } satisfies CallCounts);
      return answerText({ ...answer, ended, calls: { salesforce, sellfire: toSellfire } });
    },
    async close() {
      for (const one of open.values()) close(one);
      open.clear();
      await Promise.all(closing);
    },
  };
}
