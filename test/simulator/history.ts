// A history: steps with a seed each, so that a step can be left out without a change to the others.
import { Random } from '../sellfire/random.ts';
import { audited } from './auditor.ts';
import { problemsOf } from './checks.ts';
import { reconfigure } from './eras.ts';
import type { Feature } from './features/feature.ts';
import { act } from './randomEdits.ts';
import { applied, heals, repushes } from './ruleChecks.ts';
import { Simulation } from './simulation.ts';
import { NO_FAULTS, type FaultRates } from './simulatedFaults.ts';
import { reasonsOf } from './whyChecks.ts';
import { drawStorm, LONGER, lostIn, unsafeIn } from './storm.ts';
import { ASKED_FROM, drawSwarm, EVERYTHING_FROM, SWARM_FROM, type Swarm } from './swarm.ts';

export interface Step {
  kind: 'act' | 'salesforce' | 'sellfire' | 'webhook' | 'work' | 'wait' | 'lose' | 'gap' | 'feature';
  seed: number;
}

export interface History {
  seed: number;
  steps: readonly Step[];
  faultRates: FaultRates;
  features: readonly Feature[];
  /** Names of actions that nobody performs. */
  missing: ReadonlySet<string>;
  /** Faults without end, and only what is safe is checked. */
  isStorm: boolean;
}

export interface Outcome {
  simulation: Simulation;
  /** Broken invariants as sentences; none in a good history. */
  problems: string[];
}

/** The steps of a generated history. */
export const STEPS = 60;
/** Turns within which all work is done: some ten times those of the longest good history. */
const TURNS = 3_000;

/**
 * Generates a history. Some have no faults, so that an error that needs none is reported as such.
 * @param without names of features that it must not have
 */
export function drawHistory(seed: number, without: readonly string[] = [], isStorm = false): History {
  const random = new Random(seed);
  const swarm = drawSwarm(seed, without);
  const { faultRates, gaps, lossy } = swarm ?? drawFaults(random);
  const stormy = new Random(seed ^ 0x5709_a7);
  const { features = [], missing = new Set<string>() } = swarm ?? {};
  const kinds: [Step['kind'], number][] = [
    ['act', 30],
    ['salesforce', 14],
    ['sellfire', 14],
    ['webhook', 3],
    ['work', 36],
    ['wait', 2],
    ['gap', gaps ? 2 : 0],
    ['lose', lossy ? 3 : 0],
    ['feature', features.some(({ step }) => step) ? (seed < EVERYTHING_FROM ? 6 : 16) : 0],
  ];
  const steps = Array.from({ length: isStorm ? STEPS * LONGER : STEPS }, () => ({
    kind: random.weighted(kinds),
    seed: random.between(0, 2 ** 31),
  }));
  return { seed, steps, faultRates: isStorm ? drawStorm(stormy) : faultRates, features, missing, isStorm };
}

function drawFaults(random: Random): Pick<Swarm, 'faultRates' | 'gaps' | 'lossy'> {
  const hasFaults = random.chance(0.7);
  const faultRates: FaultRates = hasFaults
    ? {
        crash: random.pick([0, 0.01, 0.04]),
        refused: random.pick([0, 0.03]),
        unanswered: random.pick([0, 0.03]),
        meanwhile: random.pick([0, 0.1, 0.3]),
      }
    : { ...NO_FAULTS, meanwhile: random.pick([0, 0.1]) };
  return { faultRates, gaps: hasFaults, lossy: hasFaults && random.chance(0.2) };
}

/** Plays the history, lets all work finish, and checks the invariants. */
export async function play({ seed, steps, faultRates, features, missing, isStorm }: History): Promise<Outcome> {
  const simulation = new Simulation(seed);
  simulation.meanwhile = () => act(simulation);
  simulation.missing = missing;
  simulation.org.publishesStamps = seed >= SWARM_FROM;
  simulation.datesRequests = seed >= EVERYTHING_FROM;
  simulation.passesOver = seed >= ASKED_FROM;
  try {
    simulation.faultRates = faultRates;
    simulation.calm = faultRates.crash + faultRates.refused + faultRates.unanswered === 0;
    simulation.quietly = faultRates.meanwhile === 0;
    for (const feature of features) feature.begin?.(simulation);
    reconfigure(simulation, {});
    for (const step of steps) await take(simulation, step, features);
    const unsafe = isStorm ? await unsafeIn(simulation) : [];
    if (unsafe.length > 0) return { simulation, problems: unsafe };
    for (const feature of features) feature.end?.(simulation);
    simulation.random = new Random(seed);
    simulation.faultRates = NO_FAULTS;
    if (isStorm) return { simulation, problems: await lostIn(simulation, async () => settle(simulation)) };
    await settle(simulation);
    if (simulation.lossy) {
      await simulation.reconcile();
      await settle(simulation);
    }
    for (const { finish } of features) {
      await finish?.(simulation);
      if (finish) await settle(simulation);
    }
    let problems = problemsOf(simulation);
    if (problems.length === 0) problems = audited(simulation);
    if (problems.length === 0) problems = await repushes(simulation, async () => settle(simulation));
    if (problems.length === 0) problems = await heals(simulation, async () => settle(simulation));
    if (problems.length === 0) problems = audited(simulation);
    if (problems.length === 0 && seed >= EVERYTHING_FROM)
      problems = await applied(simulation, async () => settle(simulation));
    if (problems.length === 0 && seed >= EVERYTHING_FROM) problems = await reasonsOf(simulation);
    for (const feature of features)
      if (problems.length === 0 && feature.ask) {
        simulation.random = new Random(seed ^ 0x0a5c_ed);
        problems = await feature.ask(simulation);
      }
    return { simulation, problems };
  } catch (error) {
    return { simulation, problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

async function take(simulation: Simulation, { kind, seed }: Step, features: readonly Feature[]): Promise<void> {
  simulation.random = new Random(seed);
  const { random, org } = simulation;
  switch (kind) {
    case 'act':
      act(simulation);
      return;
    case 'feature': {
      const able = features.filter(({ step }) => step);
      if (able.length > 0) await random.pick(able).step?.(simulation);
      return;
    }
    case 'salesforce':
      await simulation.receiveSalesforce(random.between(1, 4), random.chance(0.15) ? random.between(1, 5) : 0);
      return;
    case 'sellfire':
      await simulation.receiveSellfire(random.between(1, 6));
      return;
    case 'webhook':
      await simulation.receiveWebhook();
      return;
    case 'work':
      for (let turns = random.between(1, 3); turns > 0; turns -= 1) await simulation.work();
      return;
    case 'wait':
      // An hour or a day: demos pass, callbacks fall due.
      simulation.pass(random.pick([60_000, 3_600_000, 26 * 3_600_000]));
      return;
    case 'gap': {
      // The next event becomes a gap.
      const next = org.stream.at(-1);
      if (next) {
        next.hidden ??= next.changes;
        next.changes = next.changes.map((change) => ({
          ...change,
          kind: 'gap',
          fields: {},
          ...(change.kind === 'undelete' ? { undeleted: true } : {}),
        }));
      }
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

/**
 * Delivers all events and does all work.
 * @throws Error when the work does not end
 */
export async function settle(simulation: Simulation): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await simulation.quiet();
    simulation.pass(50);
    const received = (await simulation.receiveSalesforce(10)) || (await simulation.receiveSellfire(10));
    if (!(await simulation.work()) && !received) return;
  }
  throw new Error('The bridge does not come to rest (I3).');
}
