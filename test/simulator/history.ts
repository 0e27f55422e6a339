// A history: steps, each with a seed of its own, so that leaving one out changes nothing about what the others draw.
import { Random } from '../sellfire/random.ts';
import { problemsOf } from './checks.ts';
import { act } from './people.ts';
import { repushes } from './ruleChecks.ts';
import { NO_TROUBLES, World, type Troubles } from './world.ts';

export interface Step {
  kind: 'act' | 'salesforce' | 'sellfire' | 'webhook' | 'work' | 'wait' | 'lose' | 'gap';
  seed: number;
}

export interface History {
  seed: number;
  steps: readonly Step[];
  troubles: Troubles;
}

export interface Outcome {
  world: World;
  /** Broken invariants, in words; none in a good history. */
  problems: string[];
}

/** Of a drawn history. */
export const STEPS = 60;
/** Turns within which everything comes to rest: some ten times what the longest good history takes. */
const TURNS = 3_000;

/** Some histories are calm, so that what breaks without any trouble shows as such. */
export function drawHistory(seed: number): History {
  const random = new Random(seed);
  const troubled = random.chance(0.7);
  const troubles: Troubles = troubled
    ? {
        crash: random.pick([0, 0.01, 0.04]),
        refused: random.pick([0, 0.03]),
        unanswered: random.pick([0, 0.03]),
        meanwhile: random.pick([0, 0.1, 0.3]),
      }
    : { ...NO_TROUBLES, meanwhile: random.pick([0, 0.1]) };
  const lossy = troubled && random.chance(0.2);
  const kinds: [Step['kind'], number][] = [
    ['act', 30],
    ['salesforce', 14],
    ['sellfire', 14],
    ['webhook', 3],
    ['work', 36],
    ['wait', 2],
    ['gap', troubled ? 2 : 0],
    ['lose', lossy ? 3 : 0],
  ];
  const steps = Array.from({ length: STEPS }, () => ({
    kind: random.weighted(kinds),
    seed: random.between(0, 2 ** 31),
  }));
  return { seed, steps, troubles };
}

/** Plays it, lets everything settle, and checks what has to hold then. */
export async function play({ seed, steps, troubles }: History): Promise<Outcome> {
  const world = new World(seed);
  world.meanwhile = () => act(world);
  try {
    world.troubles = troubles;
    world.calm = troubles.crash + troubles.refused + troubles.unanswered === 0;
    for (const step of steps) await take(world, step);
    world.random = new Random(seed);
    world.troubles = NO_TROUBLES;
    await settle(world);
    if (world.lossy) {
      await world.reconcile();
      await settle(world);
    }
    const problems = problemsOf(world);
    return { world, problems: problems.length > 0 ? problems : await repushes(world, () => settle(world)) };
  } catch (error) {
    return { world, problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

async function take(world: World, { kind, seed }: Step): Promise<void> {
  world.random = new Random(seed);
  const { random, org } = world;
  switch (kind) {
    case 'act':
      act(world);
      return;
    case 'salesforce':
      await world.hearSalesforce(random.between(1, 4), random.chance(0.15) ? random.between(1, 5) : 0);
      return;
    case 'sellfire':
      await world.hearSellfire(random.between(1, 6));
      return;
    case 'webhook':
      await world.hearWebhook();
      return;
    case 'work':
      for (let turns = random.between(1, 3); turns > 0; turns -= 1) await world.work();
      return;
    case 'wait':
      // An hour or a day: demos pass, people come back.
      world.pass(random.pick([60_000, 3_600_000, 26 * 3_600_000]));
      return;
    case 'gap': {
      // The event that comes next has no body.
      const next = org.stream.at(-1);
      if (next) next.changes = next.changes.map((change) => ({ ...change, kind: 'gap', fields: {} }));
      return;
    }
    case 'lose': {
      const next = org.stream.at(-1);
      if (next) {
        next.lost = true;
        world.lossy = true;
      }
      return;
    }
  }
}

/** Everything that was told arrives and is worked off. @throws Error when it comes to no rest */
export async function settle(world: World): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    world.pass(50);
    const heard = (await world.hearSalesforce(10)) || (await world.hearSellfire(10));
    if (!(await world.work()) && !heard) return;
  }
  throw new Error('The bridge does not come to rest (I3).');
}
