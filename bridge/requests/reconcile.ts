// Reconcile: reads and compares both sides, for what changed in Salesforce since a time or for every linked pair, and
// repairs them by the decisions that the lost events would have led to. Of many pairs, only those with drift are
// compared. A dry run reports the changes only.
import { z } from 'zod';
import type { Command } from '../model/command.ts';
import { DAY_MS } from '../model/durations.ts';
import type { Link } from '../model/link.ts';
import { say, sentencesOf } from '../model/message.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';
import { changedSince } from '../salesforce/lookups/changes.ts';
import { LARGE } from '../salesforce/api/largeQuery.ts';
import { enqueueAll, type QueuedCommand, type Page } from './enqueue.ts';
import { findDrift } from './drift.ts';
import { commandLinks } from './linkTargets.ts';
import { previewAll } from './preview.ts';
import { parametersOf, type Handler, type RequestContext } from './request.ts';

export const reconcileSchema = z.strictObject({
  /** Changes in Salesforce since then. Default: the last 24 hours before the request. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Every linked pair, whenever it changed. */
  all: z.boolean().default(false),
  /** Reports the changes and writes nothing. */
  dryRun: z.boolean().default(false),
});

/** Records of one page. */
const PAGE = 200;
const COMPARE: Command = { kind: 'compare', create: false };

export const reconcile: Handler = async (run, context) => {
  const { since, all, dryRun } = parametersOf(run.request, reconcileSchema);
  const links = (await context.store.counts(context.connection)).links;
  const differing = (all || dryRun) && links > LARGE ? await findDrift(run, context) : undefined;
  const concerns = ({ leadId }: Link): boolean => differing?.has(leadId) ?? true;
  if (dryRun) {
    const seen = await previewAll(run, context, COMPARE, concerns);
    const [records, leads] = [say('records', { count: seen.inSalesforce }), say('leads', { count: seen.inSellfire })];
    const compared = say('pairsCompared', { count: differing ? links : seen.total });
    const messages = [compared, say('bothWouldChange', { records, leads })];
    return { messages, sentence: sentencesOf(messages) + seen.examples };
  }
  const from = since === undefined ? run.request.at - DAY_MS : Date.parse(since);
  const { total, failed } = await enqueueAll(run, context, (after) =>
    all ? commandLinks(context, after, COMPARE, concerns) : changedPages(context, from, after),
  );
  const compared = all
    ? differing
      ? say('pairsRead', { count: links, differing: total })
      : say('pairsCompared', { count: total })
    : say('changedCompared', { count: total, since: new Date(from).toISOString() });
  return { messages: failed > 0 ? [compared, say('leftOutOfStep', { count: failed })] : [compared] };
};

/** Object by object. The place of a page is the object in progress, which is read again from its start. */
async function* changedPages(context: RequestContext, since: number, after: string | undefined): AsyncGenerator<Page> {
  const first = Math.max(
    0,
    FOLLOWED_OBJECTS.findIndex((object) => object === after),
  );
  for (const object of FOLLOWED_OBJECTS.slice(first)) {
    let queued: QueuedCommand[] = [];
    for await (const change of changedSince(context.rest, object, ['CreatedDate'], since)) {
      // A new record without a lead was missed. An import connects the records that existed before.
      const create = Date.parse(String(change.fields['CreatedDate'])) >= since;
      const record = { object, id: change.recordId };
      queued.push({ key: change.recordId, leadId: null, record, command: { kind: 'compare', create } });
      if (queued.length < PAGE) continue;
      yield { commands: queued, next: object };
      queued = [];
    }
    if (queued.length > 0) yield { commands: queued, next: object };
  }
}
