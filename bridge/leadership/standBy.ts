// A process that stands by: it keeps the webhooks that it receives in the store that all share, notifies the process that leads, and does
// nothing else.
import type { Logger } from 'pino';
import { createIntake } from '../connection/intake.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import { HttpProblem } from '../http/problem.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { storeContinuation } from '../sellfire/continuation.ts';
import type { FeedEvent } from '../sellfire/events.ts';
import type { Leadership, SharedStore } from '../store/shared.ts';
import type { Role } from './role.ts';

/** s: about as long as another process takes to lead. */
export const RETRY_AFTER = { 'retry-after': '5' };
export const STANDS_BY = explain('STANDS_BY').sentence;

export interface StandByOptions {
  shared: SharedStore;
  webhookSecret: string;
  /** What the last look has found; undefined before the first, and while the database cannot be asked. */
  seen: () => Leadership | undefined;
  /** Why the database cannot be asked. */
  problem: () => string | undefined;
  metrics: Pick<Metrics, 'events'>;
  logger: Logger;
}

export function createStandBy(options: StandByOptions): Role {
  const { shared, seen, problem, metrics, logger } = options;

  async function keep(connection: string, events: FeedEvent[], unplaced: number): Promise<void> {
    const woken = new Set<string>();
    const { feedStore } = createIntake({
      // The cursor is read with the rows: what is stored in between moves it no further than its own events.
      store: { append: shared.receive, cursor: shared.cursor },
      connection,
      config: () => {
        throw new Error('Only events of Salesforce need the configuration.');
      },
      wake(keys) {
        for (const key of keys) woken.add(key);
      },
      logger,
      counted: (source, result, count) => metrics.events.inc({ connection, source, result }, count),
    });
    const { isWhole } = await storeContinuation(feedStore, events);
    const catalogue = events.some(({ type }) => type === 'catalogue.changed');
    // Its work is in the store already: a leader that misses the notice finds it by itself.
    await shared
      .notify({ kind: 'received', connection, keys: [...woken], readsFeed: !isWhole || unplaced > 0, catalogue })
      .catch((error: unknown) =>
        logger.warn(
          { event: 'leader_not_notified', connection, err: error },
          'The process that leads finds it by itself',
        ),
      );
  }

  return {
    webhookSecret(id) {
      const now = seen();
      // Before it is known which orgs are connected, none is refused for good.
      if (!now) throw new HttpProblem('unavailable', 'The database of the bridge does not answer.', RETRY_AFTER);
      if (!now.isOurSchema) throw new HttpProblem('unavailable', explain('STORE_OTHER_VERSION').sentence, RETRY_AFTER);
      return now.connections.includes(id) ? options.webhookSecret : undefined;
    },
    intake: keep,
    connect: async () => {
      throw new BridgeError(explain('STANDS_BY'));
    },
    control: async () => {
      throw new HttpProblem('unavailable', STANDS_BY, RETRY_AFTER);
    },
    checks: async () => [leadershipCheck(shared.process, seen(), problem())],
    measure: async () => undefined,
  };
}

/** For /health/ready: who leads, and how many stand by. */
export function leadershipCheck(process: string, seen: Leadership | undefined, problem: string | undefined): Check {
  if (!seen) return { name: 'leadership', ok: false, detail: problem ?? 'The database was not asked yet.' };
  if (!seen.isOurSchema && seen.leader !== undefined && seen.leader !== process)
    return { name: 'leadership', ok: false, detail: explain('STORE_OTHER_VERSION').sentence };
  return { name: 'leadership', ok: true, detail: leadershipWords(seen) };
}

export function leadershipWords({ leader, token, processes, workers }: Leadership): string {
  const others = processes.filter(({ id }) => id !== leader).map(({ id }) => id);
  const standing =
    others.length === 0
      ? 'no process stands by'
      : `${others.length} stand${others.length === 1 ? 's' : ''} by (${others.join(', ')})`;
  const working = workers.length === 0 ? '' : `; ${workers.length} of them run turns for it (${workers.join(', ')})`;
  return leader === undefined
    ? `No process leads at present; ${standing}.`
    : `${leader} leads with the fencing token ${token}; ${standing}${working}.`;
}
