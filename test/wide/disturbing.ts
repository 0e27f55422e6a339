// Disturbs the processes of the bridge and their database again and again while people work in both systems, and compares what both
// systems hold afterwards.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { disagreements } from '../faults/agreement.ts';
import { Ledger } from '../faults/ledger.ts';
import { Load } from '../faults/load.ts';
import { atRest } from '../faults/rest.ts';
import { mapFields } from '../helpers/mappings.ts';
import type { Bridge } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Random } from '../sellfire/random.ts';
import { isLeader, LEASE_SECONDS, startProcesses, type Processes } from './processes.ts';
import { lostBehindCursors } from './receivedRows.ts';

export interface DisturbOptions {
  processes: number;
  disturbances: number;
  seed: number;
  /** Called with a line for each of them. */
  progress?: (line: string) => void;
}

export interface DisturbResult {
  seed: number;
  /** How often each was done. */
  done: Record<string, number>;
  /** Of them, those with changes in the inbox that were not done. */
  busy: number;
  /** Of them, those with turns that were with a worker. */
  shared: number;
  /** The fencing token in the end: how often the lead has changed hands. */
  token: number;
  /** From the end of a leader to the next one, ms: the longest, of those that had a lease to wait for. */
  longestTakeover: number;
  businesses: number;
  edits: number;
  seconds: number;
  /** What does not hold, in words. */
  wrong: string[];
  /** The log of all processes; removed when all holds. */
  log: string;
}

const EVERY_MS = 30;
const ACTIONS_PER_ROUND = 40;
/** A round trip to either system, so that at every moment something is under way. */
const ROUND_TRIP_MS = 25;
/** Keys that a process works on at once: few, so that the leader hands turns over. */
const AT_ONCE = 2;
const LONGEST_PEACE_MS = 2_500;
const MOST_UNREST_MS = 180_000;
/** A stopped process that goes on after its lease. */
const PAST_LEASE_MS = (LEASE_SECONDS + 1.5) * 1000;

type Kind = (wide: Processes, leader: Bridge) => Promise<void>;

const KINDS: Readonly<Record<string, Kind>> = {
  'the leader is killed': (_, leader) => leader.kill(),
  'the leader is stopped past its lease': async (_, leader) => {
    const { pid = 0 } = leader;
    process.kill(pid, 'SIGSTOP');
    await sleep(PAST_LEASE_MS);
    process.kill(pid, 'SIGCONT');
  },
  'the database restarts': ({ postgres }) => postgres.restart(),
  'the leader ends': async (_, leader) => void (await leader.stop()),
  'all connections to the database end': ({ postgres }) => postgres.cutConnections(),
  'one that stands by is stopped past its lease': async (wide, leader) => {
    const { pid = 0 } = (await standByAtWork(wide, leader)) ?? {};
    if (pid === 0) return;
    process.kill(pid, 'SIGSTOP');
    await sleep(PAST_LEASE_MS);
    process.kill(pid, 'SIGCONT');
  },
  'one that stands by ends': async (wide, leader) => void (await (await standByAtWork(wide, leader))?.stop()),
  'one that stands by is killed': async (wide, leader) => void (await (await standByAtWork(wide, leader))?.kill()),
  'all processes are killed': async ({ all }) => void (await Promise.all(all.map((one) => one.kill()))),
};

export async function disturbAgainAndAgain(options: DisturbOptions): Promise<DisturbResult> {
  const { processes, disturbances, seed, progress = () => {} } = options;
  const began = performance.now();
  const random = new Random(seed);
  const log = join(tmpdir(), `bridge-disturbed-${seed}.log`);
  rmSync(log, { force: true });
  const wide = await startProcesses(processes, { logFile: log, env: { CONCURRENCY: String(AT_ONCE) } });
  const result: DisturbResult = {
    ...{
      seed,
      done: {},
      busy: 0,
      shared: 0,
      token: 0,
      longestTakeover: 0,
      businesses: 0,
      edits: 0,
      seconds: 0,
      wrong: [],
      log,
    },
  };
  try {
    const { stack } = wide;
    await mapFields(stack.admin, stack.prefix);
    stack.org.org.faults.add({ kind: 'slow', ms: ROUND_TRIP_MS, times: null });
    stack.sellfire.faults.set({ latency_ms: ROUND_TRIP_MS });
    const ledger = new Ledger(stack);
    const load = new Load(stack, ledger, new Random(random.between(0, 2 ** 31)));
    await Promise.all(wide.all.map((one) => one.start()));
    // Until the stream has given a place to resume from, changes are read back, without exact times: people begin then.
    const first = load.createRecord();
    await until('the first one has come over', () => ledger.leadOfRecord.has(first));
    let round = 1;
    load.start(EVERY_MS, () => round * ACTIONS_PER_ROUND);
    const kinds = Object.keys(KINDS);
    for (; round <= disturbances; round += 1) {
      const leader = await wide.leader(60_000);
      await sleep(random.next() * LONGEST_PEACE_MS);
      // Each of them once, before any comes twice.
      const kind = round <= kinds.length ? (kinds[round - 1] ?? '') : random.pick(kinds);
      const [row] = await wide.ask("SELECT count(*)::int AS pending FROM inbox WHERE state = 'pending'");
      result.busy += Number(row?.['pending']) > 0 ? 1 : 0;
      const [turns] = await wide.ask('SELECT count(*)::int AS shared FROM turn WHERE answer IS NULL');
      result.shared += Number(turns?.['shared']) > 0 ? 1 : 0;
      await KINDS[kind]?.(wide, leader);
      result.done[kind] = (result.done[kind] ?? 0) + 1;
      const disturbed = performance.now();
      if (/killed$/.test(kind) && kind !== 'all processes are killed') {
        // One that had lost the lead may end only now. The one that was killed stays away: another one is to take over.
        const killed = wide.all.filter((one) => one.hasEnded && one.endedBy === 'SIGKILL');
        await wide.leader(60_000, () => restart(wide, killed));
      }
      if (kind === 'the leader is killed')
        result.longestTakeover = Math.max(result.longestTakeover, Math.round(performance.now() - disturbed));
      restart(wide);
      progress(
        `${round}: ${kind}: ${String(row?.['pending'])} pending, ${String(turns?.['shared'])} of them with workers, ${load.actions} actions so far`,
      );
    }
    await load.stop();
    result.wrong.push(...(await comeToRest(wide, ledger)));
    result.businesses = load.businesses.length;
    result.edits = ledger.edits;
    result.token = Number((await wide.ask('SELECT token FROM leadership'))[0]?.['token']);
    result.wrong.push(...disagreements(stack, ledger, load.businesses), ...(await lostBehindCursors(wide)));
    const leading = await Promise.all(wide.all.map(isLeader));
    if (leading.filter(Boolean).length !== 1) result.wrong.push(`${leading.filter(Boolean).length} processes lead`);
  } finally {
    await wide.stop();
  }
  result.seconds = Math.round((performance.now() - began) / 1000);
  if (result.wrong.length === 0) rmSync(log, { force: true });
  return result;
}

/** One that has turns of the leader, where that is so within a few seconds, or any other one. */
async function standByAtWork({ all, ask }: Processes, leader: Bridge): Promise<Bridge | undefined> {
  const end = performance.now() + LONGEST_PEACE_MS;
  while (performance.now() < end) {
    const rows = await ask('SELECT process FROM turn JOIN worker ON number = worker WHERE answer IS NULL');
    for (const { process } of rows) {
      const found = all.find(({ pid }) => String(process).includes(`-${pid}-`));
      if (found && !found.hasEnded) return found;
    }
  }
  return all.find((one) => one !== leader && !one.hasEnded);
}

/** Starts what has ended, as whatever runs the bridge does. */
function restart(wide: Processes, except: readonly Bridge[] = []): void {
  for (const one of wide.all) if (one.hasEnded && !except.includes(one)) one.launch();
}

/** Whoever leads meanwhile: one that was stopped may find only now that it has lost the lead. @returns why they did not come to rest */
async function comeToRest(wide: Processes, ledger: Ledger): Promise<string[]> {
  const end = performance.now() + MOST_UNREST_MS;
  for (;;) {
    restart(wide);
    const bridge = await wide.leader(60_000);
    const unrest = await atRest({ ...wide.stack, bridge }, ledger, Math.max(1, end - performance.now()));
    if (unrest.length === 0 && (await isLeader(bridge))) return [];
    if (performance.now() > end) return unrest;
  }
}
