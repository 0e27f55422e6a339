// Stores that were lost, emptied or put back from an older copy (M34), and allocations of the org at every level of their use (M19, B30).
import { budgetStatus, canWait } from '../../../bridge/sync/budgetStatus.ts';
import { forecast } from '../../../bridge/sync/forecast.ts';
import { carriedUntil, markText, storeVerdict } from '../../../bridge/sync/storeVerdict.ts';
import type { Change } from '../../../bridge/model/change.ts';
import { auditBudget, auditForecast, auditStore } from '../audit/starts.ts';
import { ORG_ID } from '../configuration.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const ASKED = 40;

function storeOf({ random, now }: Simulation): string[] {
  const [links, revision] = [random.pick([0, 0, 3]), random.between(4, 6)];
  const mark = random.chance(0.8) ? { id: 's1', revision, links: random.pick([0, 3, links]) } : undefined;
  const ofOrg = markText({ id: random.pick(['s1', 's1', 's2']), revision: random.between(4, 6), links: 0 });
  const heartbeat = random.chance(0.85)
    ? {
        mark: random.chance(0.8) ? ofOrg : null,
        syncState: random.pick(['Running', 'Running', 'Paused', 'NotStarted', null]),
        seenAt: random.chance(0.85) ? now - random.between(0, 9) * 1_000 : undefined,
        lagMs: random.pick([0, 2_000]),
      }
    : undefined;
  const until = carriedUntil(heartbeat, now, 60_000);
  const carried = (heartbeat?.seenAt ?? now) - 60_000 - (heartbeat?.lagMs ?? 0);
  return [
    ...auditStore({ mark, links, heartbeat }, storeVerdict(mark, links, heartbeat)),
    ...(until === carried ? [] : [`M34: everything was carried until ${until} instead of ${carried}.`]),
    ...(carriedUntil({ mark: null, syncState: null, seenAt: 5, lagMs: 9 }, now, 1) === 0
      ? []
      : ['M34: before all time.']),
  ];
}

function callsOf({ random, now, timeZone }: Simulation): string[] {
  const allowed = random.pick([0, 100, 1_000]);
  const share = random.pick([0, 10, 50, 100]);
  const level = random.pick([0, 0.5, 0.79, 0.8, 0.949, 0.95, 0.999, 1, 1.2]);
  const own = Math.round(((allowed * share) / 100) * level);
  const used = Math.round(allowed * random.pick([0, 0.5, 0.79, 0.8, 0.95, 1, 1.1]));
  const org = random.chance(0.9) ? { used, allowed } : undefined;
  const recent = Array.from({ length: random.between(1, 6) }, () => random.pick([0, 3, 700]));
  const at = now + random.pick([0, 1_800_000, 3_600_000 * random.between(0, 30), 61_000]);
  const moment = random.chance(0.2) ? Math.floor(at / 3_600_000) * 3_600_000 : at;
  return [
    ...auditBudget({ own, org, share }, budgetStatus({ own, org, share })),
    ...auditForecast(own, recent, moment, timeZone, forecast(own, recent, moment, timeZone)),
  ];
}

/** M19: what can wait is a Task, and what an admin asks for; a record that is read again is neither. */
function waiting({ store }: Simulation): string[] {
  const isRest = (change: Change): boolean =>
    (change.source === 'sellfire' && change.event.type === 'activity.logged') ||
    (change.source === 'request' && ['repush', 'compare', 'link', 'apply'].includes(change.command.kind));
  // A lead that claims a record asks for nothing; whether that can wait is not said.
  return store
    .rows(ORG_ID)
    .map(({ entry: { change } }) => change)
    .filter((change) => change.source !== 'request' || change.command.kind !== 'claim')
    .filter((change) => canWait(change) !== isRest(change))
    .map(({ eventId }) => `M19: whether ${eventId} can wait is wrong.`);
}

export const STARTS: Feature = {
  name: 'starts',
  ask: (simulation) => [
    ...Array.from({ length: ASKED }, () => [...storeOf(simulation), ...callsOf(simulation)]).flat(),
    ...waiting(simulation),
  ],
};
