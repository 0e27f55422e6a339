// Kills the bridge with -9 again and again while people work in both systems, and compares what both systems hold afterwards.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mapFields } from '../helpers/mappings.ts';
import { Random } from '../sellfire/random.ts';
import { startStack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { disagreements } from './agreement.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { atRest } from './rest.ts';
import { StoreFiles } from './storeFile.ts';

export interface KillOptions {
  kills: number;
  seed: number;
  /** Called with a line for each kill. */
  progress?: (line: string) => void;
}

export interface KillResult {
  seed: number;
  kills: number;
  /** Of them: before it was ready, and with changes in the inbox that were not done. */
  early: number;
  busy: number;
  businesses: number;
  edits: number;
  seconds: number;
  /** What does not hold, in words. */
  wrong: string[];
  /** The bridge's log; removed when all holds. */
  log: string;
}

/** Between two actions of people, on average; and how many there are to each life of the bridge, on average. */
const EVERY_MS = 30;
const ACTIONS_PER_KILL = 60;
/** A round trip to either system, so that at every moment something is under way. */
const ROUND_TRIP_MS = 25;
const EARLY = 0.2;
const LONGEST_LIFE_MS = 400;
const MOST_UNREST_MS = 40_000;

export async function killAgainAndAgain({ kills, seed, progress = () => {} }: KillOptions): Promise<KillResult> {
  const began = performance.now();
  const random = new Random(seed);
  const log = join(tmpdir(), `bridge-kills-${seed}.log`);
  rmSync(log, { force: true });
  const stack = await startStack({ logFile: log });
  const result: KillResult = { seed, kills, early: 0, busy: 0, businesses: 0, edits: 0, seconds: 0, wrong: [], log };
  try {
    await mapFields(stack.admin, stack.prefix);
    stack.org.org.faults.add({ kind: 'slow', ms: ROUND_TRIP_MS, times: null });
    stack.sellfire.faults.set({ latency_ms: ROUND_TRIP_MS });
    const ledger = new Ledger(stack);
    const load = new Load(stack, ledger, new Random(random.between(0, 2 ** 31)));
    const files = new StoreFiles(stack);
    // Until the stream has given a place to resume from, changes are read back, without exact times: people begin then.
    let startMs = await timed(() => stack.bridge.start());
    const first = load.createRecord();
    await until('the first one has come over', () => ledger.leadOfRecord.has(first));
    let kill = 1;
    load.start(EVERY_MS, () => kill * ACTIONS_PER_KILL);
    for (; kill <= kills; kill += 1) {
      const early = kill > 1 && random.chance(EARLY);
      if (kill > 1 && early) {
        stack.bridge.launch();
        await sleep(random.next() * startMs);
      } else {
        if (kill > 1) startMs = await timed(() => stack.bridge.start());
        await sleep(random.next() * LONGEST_LIFE_MS);
      }
      await stack.bridge.kill();
      const { pending, wrong } = files.inspect();
      result.early += early ? 1 : 0;
      result.busy += pending > 0 ? 1 : 0;
      result.wrong.push(...wrong.map((what) => `after kill ${kill}: ${what}`));
      progress(`kill ${kill}${early ? ' (while it starts)' : ''}: ${pending} pending, ${load.actions} actions so far`);
    }
    await load.stop();
    await stack.bridge.start();
    result.wrong.push(...(await atRest(stack, ledger, MOST_UNREST_MS)));
    result.businesses = load.businesses.length;
    result.edits = ledger.edits;
    result.wrong.push(...disagreements(stack, ledger, load.businesses));
  } finally {
    await stack.stop();
  }
  result.seconds = Math.round((performance.now() - began) / 1000);
  if (result.wrong.length === 0) rmSync(log, { force: true });
  return result;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
