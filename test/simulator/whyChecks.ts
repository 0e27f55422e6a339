// Asks of every lead and record of a history why it is, or is not, in step (B16), and has the auditor judge the answers.
import { nowOf } from '../../bridge/sync/why/now.ts';
import { explainWhy } from '../../bridge/sync/why/why.ts';
import type { WhyInput } from '../../bridge/sync/why/situation.ts';
import { planFor, withLookups } from '../../bridge/jobs/planner.ts';
import type { CommandChange } from '../../bridge/model/change.ts';
import type { Link } from '../../bridge/model/link.ts';
import { FOLLOWED_OBJECTS } from '../../bridge/model/salesforce.ts';
import { whyAuditor } from './auditor.ts';
import { ORG_ID } from './configuration.ts';
import { salesforcePeer, sellfirePeer, type Way } from './peers.ts';
import type { Simulation } from './simulation.ts';

const DIRECT: Way = { go: async (_call, work) => Promise.resolve(work()) };
const NOBODY = new Map<string, string>();

export async function reasonsOf(simulation: Simulation): Promise<string[]> {
  const { org, dialer, store, random } = simulation;
  const links = store.allLinks(ORG_ID);
  const before = [org.stream.length, dialer.feed.lastSequence];
  const judge = whyAuditor(simulation);
  const problems: string[] = [];
  const ofRecords = [...org.records.values()].flatMap(({ id, object: name }) => {
    const object = FOLLOWED_OBJECTS.find((one) => one === name);
    if (!object) return [];
    const link =
      links.find((one) => one.record?.id === id || one.accountId === id) ?? links.find((one) => one.left?.includes(id));
    const [named] = dialer.leads.findBySalesforceId(id);
    return [{ record: { object, id }, link, leadId: link?.leadId ?? named?.id ?? null }];
  });
  const ofLeads = [...new Set(dialer.feed.after(0, Infinity).flatMap(({ lead_id: id }) => id ?? []))].map((leadId) => {
    return { record: null, leadId, link: links.find((one) => one.leadId === leadId) };
  });
  for (const pair of [...ofRecords, ...ofLeads]) {
    const input: WhyInput = {
      ...pair,
      config: simulation.config,
      sync: { state: random.pick(['Running', 'Running', 'Paused', 'Disconnected']), by: 'Ann', at: 1 },
      pending: random.pick([0, 0, 2]),
      parked: random.chance(0.1) ? { code: 'X', reason: 'It is set aside.' } : undefined,
      attempt: attemptOf(simulation, pair),
    };
    problems.push(...(await answered(simulation, input, judge)));
  }
  if (before[0] !== org.stream.length || before[1] !== dialer.feed.lastSequence)
    problems.push('B16: to ask why has written something.');
  return problems;
}

type Pair = Pick<WhyInput, 'record' | 'link' | 'leadId'>;

/** The latest report about either side. */
function attemptOf({ store }: Simulation, { leadId, record }: Pair): WhyInput['attempt'] {
  const row = store
    .allReports(ORG_ID)
    .findLast(
      (one) =>
        one.outcome !== 'Skipped' &&
        ((leadId !== null && one.sellfireLeadId === leadId) || (record && one.salesforceRecordId === record.id)),
    );
  if (!row) return undefined;
  const { code, reason, occurredAt: at, outcome } = row;
  return { id: 'a02', hasFailed: outcome !== 'Success', code, reason, at };
}

async function answered(
  simulation: Simulation,
  input: WhyInput,
  judge: ReturnType<typeof whyAuditor>,
): Promise<string[]> {
  const { config, sync, leadId, record, link, pending, parked, attempt } = input;
  const key = leadId ?? record?.id ?? '';
  const peers = {
    salesforce: salesforcePeer(simulation.org, DIRECT),
    sellfire: sellfirePeer(simulation.dialer, DIRECT, {
      created: () => {},
      idle: () => {},
      givenAgain: () => {},
      alerted: () => {},
    }),
  };
  const { gates, differing } = await withLookups(key, NOBODY, peers, (found) => explainWhy(input, found));
  const command: CommandChange = {
    ...{ source: 'request', eventId: 'why', at: simulation.now },
    leadId: link?.leadId ?? (record ? null : leadId),
    record: record ?? link?.record ?? null,
    command: { kind: 'compare', create: true },
  };
  const plan = await planFor({ key, changes: [command], link, maybeApplied: false }, config, peers);
  const isRunning = sync.state === 'Running';
  const now = nowOf({ config, isRunning }, plan);
  const problems = judge(
    {
      ...{ leadId, recordId: record?.id ?? null, isRunning, pending, isParked: parked !== undefined },
      hasFailed: attempt?.hasFailed,
      link: link && linkOf(link),
    },
    { gates, differing: differing.map(({ target }) => target) },
  );
  const written = plan.writes.filter(({ kind }) => /^(create|update)In/.test(kind)).length;
  return now.writes.length === written
    ? problems
    : [...problems, `B16: ${now.writes.length} of ${written} writes are shown.`];
}

const linkOf = ({ record, accountId, ended, awaits, left = [] }: Link) => ({
  ...{ recordId: record?.id, accountId, isEnded: ended !== undefined, awaits: awaits !== undefined, left },
});
