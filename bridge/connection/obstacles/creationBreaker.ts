// Pauses creation of an object in Salesforce, or of leads in Sellfire, while refusals say that a rule stands against it, and wakes a few
// of those that wait, from time to time, to try whether it goes again (B23).
import type { Logger } from 'pino';
import { every } from '../../lib/every.ts';
import { systemTimer, type Timer } from '../../lib/timer.ts';
import {
  CREATION_TARGETS,
  type CreationRefusal,
  type CreationRefusals,
  type CreationTarget,
} from '../../model/config.ts';
import type { Outcome } from '../../model/plan.ts';
import { afterCreation, duringTrial, type RefusalsSeen } from '../../sync/link/creationRefusals.ts';

/** Leads that try together: a rule about values refuses some and lets others pass. */
const TRIED = 5;
const TRY_AGAIN_MS = 5 * 60_000;

export interface CreationBreaker {
  current(): CreationRefusals;
  /** Looks at what became of the writes of a turn. */
  observe(outcomes: readonly Outcome[]): void;
  /** Takes over the pause of an earlier run, and has it tried. */
  remember(target: CreationTarget, refusal: CreationRefusal): void;
  /** Lets some of the leads that wait try, for each object whose creation pauses. */
  tryAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface CreationBreakerOptions {
  /** Called when another object pauses, tries or goes on. */
  onChange: () => void;
  /** Puts up to so many of those that wait to work, other ones than these where there are some. @returns their ids */
  wakeSome: (target: CreationTarget, most: number, except: ReadonlySet<string>) => Promise<string[]>;
  logger: Logger;
  timer?: Timer;
}

export function createCreationBreaker(options: CreationBreakerOptions): CreationBreaker {
  const { onChange, wakeSome, logger, timer = systemTimer } = options;
  const seen = new Map<CreationTarget, RefusalsSeen>();
  /** Those that have tried since the pause began. */
  const tried = new Set<string>();
  const trying = every({
    ms: TRY_AGAIN_MS,
    work: tryAgain,
    onFailure: (err) =>
      logger.warn({ event: 'creation_try_failed', err }, 'The leads that wait for their creation were not looked up'),
    timer,
  });

  const of = (target: CreationTarget): RefusalsSeen => seen.get(target) ?? {};

  function set(target: CreationTarget, next: RefusalsSeen): void {
    const before = of(target);
    seen.set(target, next);
    if (next.paused === before.paused) return;
    if ([...seen.values()].some(({ paused }) => paused)) trying.within(TRY_AGAIN_MS);
    else tried.clear();
    onChange();
  }

  async function tryAgain(): Promise<void> {
    for (const target of CREATION_TARGETS) {
      if (!of(target).paused) continue;
      // Leads of an earlier trial may have come to no creation: others go on with it.
      set(target, duringTrial(of(target)));
      for (const subject of await wakeSome(target, TRIED, tried)) tried.add(subject);
    }
  }

  return {
    current: () =>
      Object.fromEntries([...seen].flatMap(([target, { paused }]) => (paused ? [[target, paused] as const] : []))),
    observe(outcomes) {
      for (const { write, ...result } of outcomes) {
        if (write.kind === 'createInSalesforce')
          set(write.object, afterCreation(of(write.object), { ...result, subject: write.leadId }));
        else if (write.kind === 'createInSellfire')
          set('Sellfire', afterCreation(of('Sellfire'), { ...result, subject: write.recordId }));
      }
    },
    remember(target, refusal) {
      set(target, { paused: refusal });
      trying.within(0);
    },
    tryAgain,
    stop: trying.stop,
  };
}
