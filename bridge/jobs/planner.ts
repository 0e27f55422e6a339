// Has the core decide, and looks up what it asks for until it can. It writes nothing, so that a preview is the plan itself.
import type { Change } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Link } from '../model/link.ts';
import type { Plan } from '../model/plan.ts';
import { decide } from '../sync/decide.ts';
import { nothingFound } from '../sync/turn/lookups.ts';
import type { Peers } from './execute.ts';
import { lookUp } from './lookups.ts';

/**
 * Look-ups build on each other at most: record → what it was merged into → that record and its lead → its Contact, if it was
 * converted → rep and schedule, Accounts → Contacts and sites. More means that the core asks in a circle.
 */
const LOOKUP_ROUNDS = 8;

export interface PlanInput {
  /** The lead or record that it is about, for the error. */
  key: string;
  changes: readonly Change[];
  link: Link | undefined;
  /** An earlier attempt may have written. */
  maybeApplied: boolean;
}

/** @throws PeerError when a peer cannot be asked. @throws BridgeError UNDECIDED */
export async function planFor(
  { key, ...question }: PlanInput,
  config: SyncConfig,
  { salesforce, sellfire }: Peers,
): Promise<Plan> {
  const found = nothingFound();
  for (let round = 0; round < LOOKUP_ROUNDS; round += 1) {
    const decision = decide({ ...question, config, found });
    if ('plan' in decision) return decision.plan;
    await lookUp(decision.needs, found, salesforce, sellfire);
  }
  throw new BridgeError(explain('UNDECIDED', { key }));
}
