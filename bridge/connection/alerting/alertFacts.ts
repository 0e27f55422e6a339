// What of the state of a connection somebody is alerted about (B24), in the words of readiness and of the status on Home.
import { entryOf } from '../../model/catalogue/catalogue.ts';
import { inWords } from '../../model/catalogue/entry.ts';
import { CREATION_TARGETS, type SyncConfig } from '../../model/config.ts';
import { PEER_NAMES } from '../../model/fault.ts';
import type { AlertFacts } from '../../sync/alerts/present.ts';
import { creationPause } from '../../sync/link/creationPause.ts';
import { checksOf } from '../status/readiness.ts';
import { stillDirections } from '../status/directions.ts';
import { pollingWords } from '../status/checks.ts';
import type { Snapshot } from '../status/snapshot.ts';

/** What the alerts know themselves. */
export type OwnFacts = Pick<AlertFacts, 'storeFails' | 'undelivered'> & {
  failures: readonly { code: string; count: number }[];
};

/** @param config undefined while it was never read @param now ms since the epoch */
export function alertFacts(snapshot: Snapshot, config: SyncConfig | undefined, own: OwnFacts, now: number): AlertFacts {
  const { connectionProblem, storeProblem, budget, jobs, polling } = snapshot;
  const failing = new Map(checksOf(snapshot, now).flatMap(({ name, ok, detail }) => (ok ? [] : [[name, detail]])));
  // Registering the webhook is an attempt of the connection, and says that Sellfire is away.
  const isSellfire = connectionProblem?.args[0] === PEER_NAMES.sellfire;
  return {
    ...own,
    failures: own.failures.map(({ code, count }) => ({ code, count, title: entryOf(code)?.title ?? code })),
    storeLost: storeProblem,
    connection: isSellfire ? undefined : connectionProblem?.sentence,
    sellfireLost: failing.get('sellfire events') ?? (isSellfire ? connectionProblem.sentence : undefined),
    budgetSpent: budget.tier === 'paused' ? budget.reason : undefined,
    eventsSpent: polling && pollingWords(polling, snapshot.changes?.waitUntil, now),
    workPaused: jobs.paused?.sentence,
    still: Object.fromEntries(stillDirections(snapshot, now).map(({ id, detail }) => [id, detail])),
    creationPaused: Object.fromEntries(
      CREATION_TARGETS.flatMap((target) => {
        const why = config && creationPause(config, target);
        return why ? [[target, inWords(why)]] : [];
      }),
    ),
  };
}
