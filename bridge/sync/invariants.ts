// What the core relies on, as statements about a plan before it is executed, and about the link that is saved. The worker checks
// them in production (bridge/lib/invariant.ts), the simulator after every turn.
import type { Broken } from '../model/invariant.ts';
import type { Link } from '../model/link.ts';
import type { Plan, Write } from '../model/plan.ts';

/** Their names, by which they are counted. */
export const INVARIANTS = ['write_of_own_lead', 'answers_own_changes', 'replica_not_ahead'] as const;
type Invariant = (typeof INVARIANTS)[number];

/** A plan, with the ids of the changes that it was made for. */
export interface Planned extends Pick<Plan, 'writes' | 'deferred' | 'rerouted'> {
  link?: Link | undefined;
  eventIds: readonly string[];
}

/** @param before the link that was loaded */
export function brokenByPlan(plan: Planned, before: Link | undefined): Broken[] {
  const link = plan.link ?? before;
  return [...plan.writes.flatMap((write) => brokenByWrite(write, link)), ...brokenByRest(plan)];
}

/** A write is about the lead of the link. */
function brokenByWrite(write: Write, link: Link | undefined): Broken[] {
  const leadId = 'leadId' in write ? write.leadId : 'lead' in write ? write.lead.id : undefined;
  if (leadId === undefined || link === undefined || leadId === link.leadId) return [];
  return [unsafe('write_of_own_lead', `${write.kind} of ${leadId} in the turn of ${link.leadId}`)];
}

/** What waits or goes to another key is among the changes of the turn. */
function brokenByRest({ deferred, rerouted, eventIds }: Planned): Broken[] {
  const others = [...deferred, ...rerouted.map(({ eventId }) => eventId)].filter((one) => !eventIds.includes(one));
  return others.map((eventId) => safe('answers_own_changes', eventId));
}

/** No replica is ahead of its register: nothing is delivered that was never decided. */
export function brokenByLink(link: Link | undefined): Broken[] {
  const broken: Broken[] = [];
  if (!link) return broken;
  // Every turn looks at every field.
  for (const name in link.fields) {
    const { register, replicas = {} } = link.fields[name] ?? {};
    const version = register?.version ?? 0;
    for (const key in replicas) {
      const replica = replicas[key];
      if (replica && Math.max(replica.targetVersion, replica.delivered, replica.confirmed) > version)
        broken.push(safe('replica_not_ahead', `${name} at ${key} of ${link.leadId}`));
    }
  }
  return broken;
}

const unsafe = (invariant: Invariant, detail: string): Broken => ({ invariant, detail, isUnsafe: true });
const safe = (invariant: Invariant, detail: string): Broken => ({ invariant, detail, isUnsafe: false });
