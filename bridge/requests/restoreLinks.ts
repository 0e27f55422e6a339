// RestoreLinks: after the store was lost, links the pairs again whose ids refer to each other, compares what has changed since, and
// creates what one side got meanwhile. It is the admin's decision, so it starts the sync.
import { z } from 'zod';
import type { SyncConfig } from '../model/config.ts';
import { DAY_MS } from '../model/durations.ts';
import { PRIMARY_PHONE } from '../model/mapping.ts';
import { say } from '../model/message.ts';
import { FOLLOWED_OBJECTS, PERSON_OBJECTS, type FollowedObject } from '../model/salesforce.ts';
import { countRows, largeQuery, type LargeQuery } from '../salesforce/api/largeQuery.ts';
import { identifier } from '../salesforce/api/soql.ts';
import { changedSince } from '../salesforce/lookups/changes.ts';
import { requesterName } from './control.ts';
import { enqueueAll, enqueueFirst, type Page, type QueuedCommand } from './enqueue.ts';
import { batches } from './importFile.ts';
import { parametersOf, waitingOf, type Handler, type RequestContext, type Run } from './request.ts';

export const restoreSchema = z.strictObject({
  /** Counts only. */
  preview: z.boolean().default(false),
});

export const restoreLinks: Handler = async (run, context) => {
  const { preview } = parametersOf(run.request, restoreSchema);
  const config = await context.reload();
  // Of a store that was never lost, the last day is compared.
  const since = context.missingSince() ?? run.request.at - DAY_MS;
  const moment = new Date(since).toISOString();
  if (preview) {
    const counts = await Promise.all(
      PERSON_OBJECTS.map((object) => countRows(context.rest, carriersOf(config, object))),
    );
    const records = counts.reduce((sum, count) => sum + count, 0);
    return { messages: [say('wouldRestore', { count: records, since: moment })] };
  }
  const pagesAfter = (after: string | undefined): AsyncGenerator<Page> => pages(run, context, config, since, after);
  const enqueued = await enqueueFirst(run, context, pagesAfter);
  if (context.control.current().state !== 'Running')
    await context.control.set('Running', await requesterName(run.request, context));
  const { total, failed } = await enqueueAll(enqueued, context, pagesAfter);
  return {
    messages: [
      say('restored', { count: total, since: moment }),
      ...(failed > 0 ? [say('notCompared', { count: failed })] : []),
      say('syncGoesOn'),
    ],
  };
};

/** The records of an object that carry the id of a lead. A converted Lead goes on as its Contact. */
const carriersOf = ({ names }: SyncConfig, object: FollowedObject): Omit<LargeQuery, 'columns'> => ({
  object,
  where: [...(object === 'Lead' ? ['IsConverted = false'] : []), `${identifier(names.leadId)} != null`],
});

/** The place of a page is the part in progress, which is read again from its start: what was queued is not queued twice. */
async function* pages(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  since: number,
  after: string | undefined,
): AsyncGenerator<Page> {
  const parts: Record<string, () => AsyncGenerator<QueuedCommand[]>> = {
    ...Object.fromEntries(
      PERSON_OBJECTS.map((object) => [`link ${object}`, () => carriers(run, context, config, object, since)]),
    ),
    'link Account': () => accounts(run, context, config, since),
    ...Object.fromEntries(
      FOLLOWED_OBJECTS.map((object) => [`new ${object}`, () => newRecords(context, config, object, since)]),
    ),
  };
  const places = Object.entries(parts);
  const first = Math.max(
    0,
    places.findIndex(([place]) => place === after),
  );
  for (const [place, read] of places.slice(first)) for await (const commands of read()) yield { commands, next: place };
}

async function* carriers(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  object: FollowedObject,
  since: number,
): AsyncGenerator<QueuedCommand[]> {
  const { leadId } = config.names;
  for await (const rows of batches(
    largeQuery(context.rest, { ...carriersOf(config, object), columns: [leadId] }, waitingOf(run, context)),
  ))
    yield rows.map((row) => commandFor(String(row[leadId]), object, String(row['Id']), since));
}

/** An Account carries no id of a lead, since several may share it: the leads carry its id. */
async function* accounts(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  since: number,
): AsyncGenerator<QueuedCommand[]> {
  const phones = config.mappings.filter(
    ({ salesforceObject, sellfireField }) => salesforceObject === 'Account' && sellfireField === PRIMARY_PHONE,
  );
  if (phones.length === 0) return;
  const where = [`(${phones.map(({ salesforceField }) => `${identifier(salesforceField)} != null`).join(' OR ')})`];
  for await (const rows of batches(
    largeQuery(context.rest, { object: 'Account', columns: [], where }, waitingOf(run, context)),
  )) {
    const found = await Promise.all(
      rows.map(async (row) => {
        const id = String(row['Id']);
        return (await context.sellfire.leadsBySalesforceId(id)).map((lead) =>
          commandFor(lead.id, 'Account', id, since),
        );
      }),
    );
    yield found.flat();
  }
}

const commandFor = (leadId: string, object: FollowedObject, id: string, since: number): QueuedCommand => ({
  key: leadId,
  leadId,
  record: { object, id },
  command: { kind: 'restoreLink', since },
});

/** Records that were made since, by anybody but the bridge, and belong to no lead. */
async function* newRecords(
  context: RequestContext,
  config: SyncConfig,
  object: FollowedObject,
  since: number,
): AsyncGenerator<QueuedCommand[]> {
  const { leadId } = config.names;
  const columns = ['CreatedDate', 'CreatedById', ...(object === 'Account' ? [] : [leadId])];
  const isNew = ({ fields }: { fields: Record<string, unknown> }): boolean =>
    Date.parse(String(fields['CreatedDate'])) >= since &&
    fields['CreatedById'] !== config.user &&
    (fields[leadId] ?? null) === null;
  for await (const changes of batches(changedSince(context.rest, object, columns, since)))
    yield changes.filter(isNew).map(({ recordId: id }) => ({
      key: id,
      leadId: null,
      record: { object, id },
      command: { kind: 'compare', create: true },
    }));
}
