// What the core relies on, as statements about a plan before it is executed, and about the link that is saved. The worker checks
// them in production (bridge/lib/invariant.ts), the simulator after every turn.
import type { Broken } from '../model/invariant.ts';
import type { Link } from '../model/link.ts';
import type { Plan, Write } from '../model/plan.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';

/** A plan, with the ids of the changes that it was made for. */
export interface Planned extends Pick<Plan, 'writes' | 'deferred' | 'rerouted'> {
  link?: Link | undefined;
  eventIds: readonly string[];
}

/** @param before the link that was loaded */
export function brokenByPlan(plan: Planned, before: Link | undefined): Broken[] {
  const link = plan.link ?? before;
  return [...plan.writes.flatMap((write) => brokenByWrite(write, link)), ...brokenByEnd(plan), ...brokenByRest(plan)];
}

/** A write is about the lead of the link, about a record of the link, and of the present version of each field. */
function brokenByWrite(write: Write, link: Link | undefined): Broken[] {
  const broken: Broken[] = [];
  const leadId = 'leadId' in write ? write.leadId : 'lead' in write ? write.lead.id : undefined;
  if (leadId !== undefined && link !== undefined && leadId !== link.leadId)
    broken.push(unsafe('write_of_own_lead', `${write.kind} of ${leadId} in the turn of ${link.leadId}`));
  if (write.kind === 'updateInSalesforce' && link !== undefined && isFollowed(write.object)) {
    if (!recordsOf(link).includes(write.id))
      broken.push(unsafe('write_to_linked_record', `${write.object} ${write.id} is not of ${link.leadId}`));
  }
  for (const { sellfireField, version } of 'deliveries' in write ? write.deliveries : []) {
    const present = link?.fields[sellfireField]?.register?.version;
    if (present !== undefined && version !== present)
      broken.push(unsafe('write_of_present_version', `${sellfireField}: ${version} instead of ${present}`));
  }
  return broken;
}

/** A link that has ended writes no value to either side. */
function brokenByEnd({ link, writes }: Planned): Broken[] {
  if (!link?.ended) return [];
  const wrong = writes.filter((write) => 'deliveries' in write && write.deliveries.length > 0);
  return wrong.map(({ kind }) => unsafe('ended_link_rests', `${kind} of ${link.leadId}`));
}

/** What waits or goes to another key is among the changes of the turn. */
function brokenByRest({ deferred, rerouted, eventIds }: Planned): Broken[] {
  const others = [...deferred, ...rerouted.map(({ eventId }) => eventId)].filter((one) => !eventIds.includes(one));
  return others.map((eventId) => safe('answers_own_changes', eventId));
}

/** No replica is ahead of its register: nothing is delivered that was never decided. */
export function brokenByLink(link: Link | undefined): Broken[] {
  return Object.entries(link?.fields ?? {}).flatMap(([name, { register, replicas }]) => {
    const version = register?.version ?? 0;
    return Object.entries(replicas)
      .filter(([, { targetVersion, delivered, confirmed }]) => Math.max(targetVersion, delivered, confirmed) > version)
      .map(([key]) => safe('replica_not_ahead', `${name} at ${key} of ${String(link?.leadId)}`));
  });
}

const isFollowed = (object: string): boolean => (FOLLOWED_OBJECTS as readonly string[]).includes(object);

const recordsOf = ({ record, accountId, lostAccountId, left = [] }: Link): (string | undefined)[] => [
  record?.id,
  accountId,
  lostAccountId,
  ...left,
];

const unsafe = (invariant: string, detail: string): Broken => ({ invariant, detail, isUnsafe: true });
const safe = (invariant: string, detail: string): Broken => ({ invariant, detail, isUnsafe: false });
