// Runs the core's decision, and the look-ups that it needs, until there is a plan. It writes nothing, so a preview is the plan itself.
import type { Change } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Link } from '../model/link.ts';
import type { Found, Needs, Plan } from '../model/plan.ts';
import { decide } from '../sync/decide.ts';
import { nothingFound } from '../sync/turn/lookups.ts';
import type { Peers } from './execute.ts';
import { lookUp } from './lookups.ts';

/**
 * The longest chain of look-ups: record → its master record → that record and its lead → its Contact, if it was converted → rep and
 * schedule, Accounts → Contacts and sites. More rounds mean that the core needs the same in a circle.
 */
const LOOKUP_ROUNDS = 8;

/** Never filled. */
const NOTHING = nothingFound();

export interface PlanInput {
  /** The lead or record under which the changes wait. */
  key: string;
  changes: readonly Change[];
  link: Link | undefined;
  /** An earlier attempt may have written. */
  maybeApplied: boolean;
  /** Records that the link was refused: by id, the lead whose link has it. */
  taken?: ReadonlyMap<string, string>;
}

/** @throws PeerError when a look-up fails. @throws BridgeError UNDECIDED */
export async function planFor(
  { key, taken = new Map(), ...question }: PlanInput,
  config: SyncConfig,
  peers: Peers,
): Promise<Plan> {
  const { plan } = await withLookups(key, taken, peers, (found) => decide({ ...question, key, config, found }));
  return plan;
}

/**
 * Asks a function of the core again with what it has needed, until it needs nothing.
 * @throws PeerError when a look-up fails. @throws BridgeError UNDECIDED
 */
export async function withLookups<Answer extends object>(
  key: string,
  taken: ReadonlyMap<string, string>,
  { salesforce, sellfire }: Peers,
  decideWith: (found: Found) => Answer | { needs: Needs },
): Promise<Answer> {
  // Most changes need no look-up, and to hold its answers takes twenty maps.
  let found = { ...NOTHING, taken: new Map(taken) };
  for (let round = 0; round < LOOKUP_ROUNDS; round += 1) {
    const answer = decideWith(found);
    if (!('needs' in answer)) return answer;
    if (round === 0) found = { ...nothingFound(), taken: found.taken };
    await lookUp(answer.needs, found, salesforce, sellfire);
  }
  throw new BridgeError(explain('UNDECIDED', { key }));
}
