// A history: steps, each with a seed of its own, so that leaving one out changes nothing about what the others draw.
import { Random } from '../sellfire/random.ts';
import { problemsOf } from './checks.ts';
import { act } from './randomEdits.ts';
import { repushes } from './ruleChecks.ts';
import { NO_TROUBLES, Simulation, type Troubles } from './simulation.ts';

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
  world: Simulation;
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
  const simulation = new Simulation(seed);
  simulation.meanwhile = () => act(simulation);
  try {
    simulation.troubles = troubles;
    simulation.calm = troubles.crash + troubles.refused + troubles.unanswered === 0;
    for (const step of steps) await take(simulation, step);
    simulation.random = new Random(seed);
    simulation.troubles = NO_TROUBLES;
    await settle(simulation);
    if (simulation.lossy) {
      await simulation.reconcile();
      await settle(simulation);
    }
    const problems = problemsOf(simulation);
    return {
      world: simulation,
      problems: problems.length > 0 ? problems : await repushes(simulation, () => settle(simulation)),
    };
  } catch (error) {
    return { world: simulation, problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

async function take(simulation: Simulation, { kind, seed }: Step): Promise<void> {
  simulation.random = new Random(seed);
  const { random, org } = simulation;
  switch (kind) {
    case 'act':
      act(simulation);
      return;
    case 'salesforce':
      await simulation.hearSalesforce(random.between(1, 4), random.chance(0.15) ? random.between(1, 5) : 0);
      return;
    case 'sellfire':
      await simulation.hearSellfire(random.between(1, 6));
      return;
    case 'webhook':
      await simulation.hearWebhook();
      return;
    case 'work':
      for (let turns = random.between(1, 3); turns > 0; turns -= 1) await simulation.work();
      return;
    case 'wait':
      // An hour or a day: demos pass, people come back.
      simulation.pass(random.pick([60_000, 3_600_000, 26 * 3_600_000]));
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
        simulation.lossy = true;
      }
      return;
    }
  }
}

/** Everything that was told arrives and is worked off. @throws Error when it comes to no rest */
export async function settle(simulation: Simulation): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    simulation.pass(50);
    const heard = (await simulation.hearSalesforce(10)) || (await simulation.hearSellfire(10));
    if (!(await simulation.work()) && !heard) return;
  }
  throw new Error('The bridge does not come to rest (I3).');
}
