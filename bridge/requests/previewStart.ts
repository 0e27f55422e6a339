// PreviewStart: counts what Start would write, by the same decisions, before anything is written in either direction
// (B20). It counts the changes that were received since the org was connected; a record without a change is not
// written.
import PQueue from 'p-queue';
import { planFor } from '../jobs/planner.ts';
import { say, type Message } from '../model/message.ts';
import type { Plan, Write } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Handler, RequestContext } from './request.ts';

interface Reason {
  code: string;
  sentence: string;
  messages?: readonly Message[] | undefined;
  count: number;
}
interface Direction {
  create: number;
  update: number;
  refused: number;
  reasons: Reason[];
}

/** Concurrent decisions: as many as one gathered call answers. */
const AT_ONCE = 200;
/** The most keys that are read from the inbox. */
const KEYS = 1_000;
/** The most rows of one key that are decided together; further rows concern the same record. */
const ROWS = 100;
/** The most reasons that are named; the counts include the others. */
const NAMED = 20;

export const previewStart: Handler = async (run, context) => {
  const toSellfire = none();
  const toSalesforce = none();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const keys = await pendingKeys(context);
  let done = 0;
  await queue.addAll(
    keys.map((key) => async () => {
      if (run.signal.aborted) return;
      const plan = await planOf(key, context);
      done += 1;
      if (plan) count(plan, toSellfire, toSalesforce);
      run.reportProgress({ total: keys.length, done, failed: 0 });
    }),
  );
  const data = {
    toSellfire: sorted(toSellfire),
    toSalesforce: sorted(toSalesforce),
    countedAt: new Date().toISOString(),
  };
  const messages = [
    say('changedSinceConnected', { count: keys.length }),
    say('startInSellfire', toSellfire),
    say('startInSalesforce', toSalesforce),
    say('restStays'),
  ];
  return { messages, data };
};

const none = (): Direction => ({ create: 0, update: 0, refused: 0, reasons: [] });

async function pendingKeys({ store, connection }: RequestContext): Promise<string[]> {
  const { pending } = await store.counts(connection);
  return store.pendingKeys(connection, Math.max(KEYS, pending));
}

async function planOf(key: string, { store, connection, config, peers }: RequestContext): Promise<Plan | undefined> {
  const work = await store.load(connection, key, ROWS);
  if (work.rows.length === 0) return undefined;
  const changes = work.rows.map(({ change }) => change);
  return planFor({ key, changes, link: work.link, maybeApplied: false }, config(), peers);
}

function count({ writes, reports }: Plan, toSellfire: Direction, toSalesforce: Direction): void {
  const has = (...kinds: Write['kind'][]): boolean => writes.some(({ kind }) => kinds.includes(kind));
  if (has('createInSellfire')) toSellfire.create += 1;
  else if (has('updateInSellfire')) toSellfire.update += 1;
  if (has('createInSalesforce', 'saleTransaction')) toSalesforce.create += 1;
  else if (has('updateInSalesforce')) toSalesforce.update += 1;
  for (const report of reports)
    if (report.outcome !== 'Success') refuse(report.direction === 'ToSellfire' ? toSellfire : toSalesforce, report);
}

function refuse(direction: Direction, { code, reason, messages }: Report): void {
  direction.refused += 1;
  const known = direction.reasons.find((one) => one.code === code);
  if (known) known.count += 1;
  else direction.reasons.push({ code, sentence: reason, messages, count: 1 });
}

const sorted = (direction: Direction): Direction => ({
  ...direction,
  reasons: direction.reasons.toSorted((a, b) => b.count - a.count).slice(0, NAMED),
});
