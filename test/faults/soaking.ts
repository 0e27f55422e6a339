// Has the bridge work for a long time while every fault switch of both systems is on in turn, and compares what both hold afterwards.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Random } from '../sellfire/random.ts';
import { disagreements } from './agreement.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { atRest } from './rest.ts';
import { SWITCHES } from './switches.ts';

export interface SoakOptions {
  minutes: number;
  seed: number;
  /** Called with a line for each switch. */
  progress?: (line: string) => void;
}

export interface SoakResult {
  seed: number;
  actions: number;
  edits: number;
  businesses: number;
  /** Resident memory and heap of the bridge in MiB, after each switch. */
  memory: { minute: number; resident: number; heap: number }[];
  seconds: number;
  /** What does not hold, in words. */
  wrong: string[];
  /** The bridge's log; removed when all holds. */
  log: string;
}

/** Between two actions of people, on average. */
const EVERY_MS = 80;
/** How often a switch that acts at once acts while it is on, and which part of its time it is on. */
const AGAIN_MS = 1_000;
const ON = 0.7;
/** A used-up allocation is probed every minute; back-offs have grown. */
const MOST_UNREST_MS = 240_000;
const MINUTE_MS = 60_000;
const MEBIBYTE = 2 ** 20;

export async function soak({ minutes, seed, progress = () => {} }: SoakOptions): Promise<SoakResult> {
  const began = performance.now();
  const begins = Date.now();
  const random = new Random(seed);
  const log = join(tmpdir(), `bridge-soak-${seed}.log`);
  rmSync(log, { force: true });
  const stack = await startStack({ logFile: log });
  const result: SoakResult = { seed, actions: 0, edits: 0, businesses: 0, memory: [], seconds: 0, wrong: [], log };
  try {
    await mapFields(stack.admin, stack.prefix);
    const ledger = new Ledger(stack);
    const load = new Load(stack, ledger, new Random(random.between(0, 2 ** 31)));
    await stack.bridge.start();
    const first = load.createRecord();
    await until('the first one has come over', () => ledger.leadOfRecord.has(first));
    load.start(EVERY_MS, () => Infinity);
    const each = (minutes * 60_000) / SWITCHES.length;
    for (const { name, on, off, repeats = false } of SWITCHES) {
      const end = performance.now() + each * ON;
      on(stack, ledger, random);
      while (performance.now() < end) {
        await sleep(Math.min(AGAIN_MS, Math.max(0, end - performance.now())));
        if (repeats) on(stack, ledger, random);
      }
      off(stack);
      await sleep(each * (1 - ON));
      const { resident, heap } = await memoryOf(stack);
      const minute = Number(((performance.now() - began) / 60_000).toFixed(1));
      result.memory.push({ minute, resident, heap });
      progress(`${minute} min: ${name}; ${load.actions} actions; ${resident} MiB resident, ${heap} MiB heap`);
    }
    await load.stop();
    progress('All switches are off; both sides come to rest and are compared.');
    result.wrong.push(...(await atRest(stack, ledger, MOST_UNREST_MS)));
    // Some switches lose events for good: a comparison finds what was created or changed, and each pair that differs.
    await reconciled(stack, { since: new Date(begins - MINUTE_MS).toISOString() });
    await reconciled(stack, { all: true });
    result.wrong.push(...(await atRest(stack, ledger, MOST_UNREST_MS)));
    result.actions = load.actions;
    result.businesses = load.businesses.length;
    result.edits = ledger.edits;
    result.wrong.push(...disagreements(stack, ledger, load.businesses, { isOrdered: false }));
  } finally {
    await stack.stop();
  }
  result.seconds = Math.round((performance.now() - began) / 1000);
  if (result.wrong.length === 0) rmSync(log, { force: true });
  return result;
}

async function memoryOf({ bridge }: Stack): Promise<{ resident: number; heap: number }> {
  const metrics = await (await fetch(`${bridge.url}/metrics`)).text();
  const mebibytes = (name: string): number =>
    Math.round(Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? NaN) / MEBIBYTE);
  return { resident: mebibytes('process_resident_memory_bytes'), heap: mebibytes('nodejs_heap_size_used_bytes') };
}

/** Has the bridge compare what changed or every pair, as an admin does. @throws Error when that fails */
async function reconciled(
  { org: { org, users }, prefix }: Stack,
  parameters: { since: string } | { all: true },
): Promise<void> {
  const request = `${prefix}Sync_Request__c`;
  const id = org.transact({ user: users.admin.id, origin: '' }, (transaction) =>
    transaction.create(request, {
      [`${prefix}Type__c`]: 'Reconcile',
      [`${prefix}Parameters__c`]: JSON.stringify(parameters),
    }),
  );
  const state = (): unknown => org.get(request, id)?.[`${prefix}Status__c`];
  await until('everything is compared', () => ['Done', 'Failed', 'Stopped'].includes(String(state())), MOST_UNREST_MS);
  if (state() !== 'Done') throw new Error(`The comparison ended with ${String(state())}.`);
}
