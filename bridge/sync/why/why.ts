// Why a record or a lead is, or is not, in step (B16): the gates in the order in which the core decides, each by the core's own
// function. It needs look-ups as a decision does, and writes nothing.
import { say } from '../../model/message.ts';
import type { Found, Needs } from '../../model/plan.ts';
import { isSatisfied, noNeeds } from '../turn/lookups.ts';
import { creationGates } from './creation.ts';
import type { Difference } from './differences.ts';
import { skip, stop, type Gate, type GateName } from './gate.ts';
import { situationOf, type WhyInput, type WhySituation } from './situation.ts';
import { foundGate, linkGate, objectGate, phoneMappedGate, syncGate } from './preconditions.ts';
import { attemptGate, beginningGate, fieldsGate, updateGate, waitingGate } from './updates.ts';
import type { Message } from '../../model/message.ts';

export interface Why {
  gates: Gate[];
  /** Fields of a linked pair that do not hold the same. */
  differing: Difference[];
}

export function explainWhy(input: WhyInput, found: Found): Why | { needs: Needs } {
  const needs = noNeeds();
  const situation = situationOf(input, found, needs);
  const why = situation && gatesOf(situation);
  return why && isSatisfied(needs) ? why : { needs };
}

function gatesOf(situation: WhySituation): Why | undefined {
  const first = foundGate(situation);
  if (!first) return undefined;
  const preconditions = [first, syncGate(situation.sync), phoneMappedGate(situation), objectGate(situation)];
  if (first.state === 'stop')
    return { gates: [...preconditions.slice(0, 3), ...unreached(), attemptGate(situation)], differing: [] };
  const link = linkGate(situation);
  if (situation.pairing === 'linked') {
    const { gate, differing } = fieldsGate(situation);
    const updates = link.state === 'stop' ? [] : [updateGate(situation), attemptGate(situation), gate];
    return {
      gates: [...preconditions, link, ...updates, waitingGate(situation)],
      differing: updates.length > 0 ? differing : [],
    };
  }
  const creation = situation.pairing === 'named' || link.state === 'stop' ? [] : creationGates(situation);
  if (!creation) return undefined;
  const gates = [...preconditions, link, ...creation, attemptGate(situation), waitingGate(situation)];
  const isHeldUp = gates.some(({ state }) => state === 'stop');
  return { gates: isHeldUp ? gates : [...gates, beginningGate(situation)], differing: [] };
}

/** Where the text names nothing that there is. */
export const whyNothing = (why: Message, input: Pick<WhyInput, 'config' | 'sync'>): Why => ({
  gates: [stop('found', why), syncGate(input.sync), phoneMappedGate(input), ...unreached()],
  differing: [],
});

const unreached = (): Gate[] =>
  (['object', 'link'] as const satisfies readonly GateName[]).map((gate) => skip(gate, say('whyNotReached')));
