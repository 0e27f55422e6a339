// Recognizes a rule of the org that no describe shows, a validation rule or a flow, by its refusals: where Salesforce refuses one new
// record after the other with the same words, creation of that object pauses, and a few leads at a time try whether it goes again (B23).
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import { explainFault } from '../model/catalogue/catalogue.ts';
import type { CreationRefusal } from '../model/config.ts';
import { policyOf, type Fault } from '../model/fault.ts';
import type { Outcome } from '../model/plan.ts';
import { PERSON_OBJECTS, type PersonObject } from '../model/salesforce.ts';

/** Leads in a row, each refused with the same words and none created between them. Data that is wrong differs from lead to lead. */
const ALIKE = 5;
/** Leads that try together: a rule about values refuses some and lets others pass. */
const TRIED = 5;
const TRY_AGAIN_MS = 5 * 60_000;

export type CreationRefusals = Readonly<Partial<Record<PersonObject, CreationRefusal>>>;

export interface CreationBreaker {
  current(): CreationRefusals;
  /** Looks at what became of the writes of a turn. */
  observe(outcomes: readonly Outcome[]): void;
  /** Takes over the pause of an earlier run, and has it tried. */
  remember(object: PersonObject, refusal: CreationRefusal): void;
  /** Lets some of the leads that wait try, for each object whose creation pauses. */
  tryAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface CreationBreakerOptions {
  /** Called when another object pauses, tries or goes on. */
  onChange: () => void;
  /** Puts up to so many leads that wait to work, other ones than these where there are some. @returns their ids */
  wakeSome: (most: number, except: ReadonlySet<string>) => Promise<string[]>;
  logger: Logger;
  timer?: Timer;
}

interface Streak {
  words: string;
  leads: Set<string>;
}

export function createCreationBreaker(options: CreationBreakerOptions): CreationBreaker {
  const { onChange, wakeSome, logger, timer = systemTimer } = options;
  const streaks = new Map<PersonObject, Streak>();
  const refused = new Map<PersonObject, CreationRefusal>();
  /** Leads that have tried since the pause began. */
  const tried = new Set<string>();
  let current: CreationRefusals = {};
  const trying = every({
    ...{ ms: TRY_AGAIN_MS, timer, work: tryAgain },
    onFailure: (err) =>
      logger.warn({ event: 'creation_try_failed', err }, 'The leads that wait for their creation were not looked up'),
  });

  function set(object: PersonObject, refusal: CreationRefusal | undefined): void {
    if (refusal) refused.set(object, refusal);
    else refused.delete(object);
    current = Object.fromEntries(refused);
    if (refused.size === 0) tried.clear();
    else trying.within(TRY_AGAIN_MS);
    onChange();
  }

  function onRefused(object: PersonObject, leadId: string, fault: Fault): void {
    const words = `${fault.code} ${fault.message}`;
    const paused = refused.get(object);
    if (paused) {
      // Another refusal is of the lead itself: the rule has let it pass.
      if (paused.isTried && paused.words === words) set(object, { ...paused, isTried: false });
      else if (paused.isTried) set(object, undefined);
      return;
    }
    const streak = streaks.get(object);
    const leads = streak?.words === words ? streak.leads.add(leadId) : new Set([leadId]);
    streaks.set(object, { words, leads });
    if (leads.size < ALIKE) return;
    streaks.delete(object);
    set(object, { why: explainFault(fault), words, isTried: false });
  }

  async function tryAgain(): Promise<void> {
    for (const object of PERSON_OBJECTS) {
      const paused = refused.get(object);
      if (!paused || paused.isTried) continue;
      set(object, { ...paused, isTried: true });
      for (const leadId of await wakeSome(TRIED, tried)) tried.add(leadId);
    }
  }

  return {
    current: () => current,
    observe(outcomes) {
      for (const outcome of outcomes) {
        const { write } = outcome;
        if (write.kind !== 'createInSalesforce') continue;
        if (outcome.ok) {
          streaks.delete(write.object);
          if (refused.has(write.object)) set(write.object, undefined);
        } else if (!policyOf(outcome.fault).isRetried && outcome.fault.class === 'record')
          onRefused(write.object, write.leadId, outcome.fault);
      }
    },
    remember(object, refusal) {
      set(object, refusal);
      trying.within(0);
    },
    tryAgain,
    stop: trying.stop,
  };
}
