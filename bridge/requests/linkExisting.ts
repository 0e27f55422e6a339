// LinkExisting (M16): links a Lead or Contact and a Sellfire lead with the same phone, without a change of a field.
// Only an unambiguous pair is linked; a number of several records, and a record with the numbers of several leads, is
// reported and left to an admin.
import { z } from 'zod';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { countryFields } from '../model/country.ts';
import type { Lead } from '../model/lead.ts';
import { say } from '../model/message.ts';
import { objectOf } from '../model/recordId.ts';
import { said } from '../model/report.ts';
import { PERSON_OBJECTS } from '../model/salesforce.ts';
import { largeQuery } from '../salesforce/api/largeQuery.ts';
import { identifier } from '../salesforce/api/soql.ts';
import { enqueueAll, type QueuedCommand, type Page } from './enqueue.ts';
import { batches } from './importFile.ts';
import { addReports, type KeyedReport } from './reportIds.ts';
import { idSchema } from './idSchema.ts';
import { parametersOf, waitingOf, type Handler, type RequestContext, type Run } from './request.ts';
import { pairsOf, type PairCandidate, type Pairs } from '../sync/link/pairs.ts';
import { isPhoneMappedTo, phoneFields, phonesOf } from '../sync/mapping/phone.ts';

const recordSchema = idSchema.transform((id, context) => {
  const object = PERSON_OBJECTS.find((one) => one === objectOf(id));
  if (object) return { object, id };
  context.addIssue('is no Lead or Contact');
  return z.NEVER;
});

export const linkSchema = z.strictObject({
  /** Counts only. */
  preview: z.boolean().default(false),
  /** One lead and the Lead or Contact that is in its way, whatever their phones: a person has looked at the two. */
  pair: z.strictObject({ lead: z.string().trim().min(1).max(255), record: recordSchema }).optional(),
});

/** Pairs of one page. */
const PAGE = 200;
interface Found extends Pairs {
  /** Leads with such a number that are linked. */
  linked: number;
  /** Records that have a number. */
  records: number;
}

export const linkExisting: Handler = async (run, context) => {
  const { preview, pair } = parametersOf(run.request, linkSchema);
  if (pair) return linkOne(run, context, pair);
  const config = await context.reload();
  if (!PERSON_OBJECTS.some((object) => isPhoneMappedTo(config, object))) {
    throw new BridgeError(explain('PHONE_UNMAPPED.forLinking'));
  }
  const found = await findPairs(run, context, config);
  const { pairs, ambiguous, linked, records } = found;
  const counts = { records: say('records', { count: records }), linked, ambiguous: ambiguous.length };
  const about = say('recordsWithPhone', counts);
  if (preview) return { messages: [about, say('pairsWouldLink', { count: pairs.length })] };
  await addReports(context, run.request, ambiguous.map(ambiguity));
  const { total, failed } = await enqueueAll(run, context, (after) => pagesOf(pairs, after), pairs.length);
  return {
    messages: [
      about,
      say('pairsLinked', { count: total - failed }),
      ...(failed > 0 ? [say('numberNotLinked', { number: failed })] : []),
      ...(failed + ambiguous.length > 0 ? [say('seeReports')] : []),
    ],
  };
};

async function linkOne(
  run: Run,
  context: RequestContext,
  { lead: leadId, record }: NonNullable<z.output<typeof linkSchema>['pair']>,
): ReturnType<Handler> {
  const { total, failed } = await enqueueAll(run, context, (after) => pagesOf([{ leadId, record }], after), 1);
  return {
    messages: [
      say('pairsLinked', { count: total - failed }),
      ...(failed > 0 ? [say('numberNotLinked', { number: failed }), say('seeReports')] : []),
    ],
  };
}

/**
 * Reads every record with a number, and keeps those that match a Sellfire lead, so memory is bounded by the number of
 * leads.
 */
async function findPairs(run: Run, context: RequestContext, config: SyncConfig): Promise<Found> {
  const candidates = new Map<string, PairCandidate>();
  const settled = new Set<string>();
  let records = 0;
  for (const object of PERSON_OBJECTS) {
    const fields = phoneFields(config, object);
    if (fields.length === 0) continue;
    const hasPhone = `(${fields.map((name) => `${identifier(name)} != null`).join(' OR ')})`;
    const where = [...(object === 'Lead' ? ['IsConverted = false'] : []), hasPhone];
    const columns = [...new Set([...fields, ...countryFields(config.objects, object)])];
    for await (const batch of batches(largeQuery(context.rest, { object, columns, where }, waitingOf(run, context)))) {
      run.signal.throwIfAborted();
      const numbered = batch.map((row) => ({ row, phones: phonesOf(config, object, row) }));
      records += numbered.filter(({ phones }) => phones.length > 0).length;
      await Promise.all(
        numbered.flatMap(({ row, phones }) =>
          phones.map(async (phone) => {
            const lead = await context.sellfire.leadByPhone(phone);
            if (!lead || settled.has(lead.id)) return;
            if (await isLinked(context, lead)) settled.add(lead.id);
            else {
              const one = candidates.get(lead.id) ?? { leadId: lead.id, phone, holders: [] };
              candidates.set(lead.id, { ...one, holders: [...one.holders, { object, id: String(row['Id']) }] });
            }
          }),
        ),
      );
      run.reportProgress({ done: 0, failed: 0 });
    }
  }
  return { ...pairsOf([...candidates.values()]), linked: settled.size, records };
}

async function isLinked({ store, connection }: RequestContext, { id }: Lead): Promise<boolean> {
  const link = await store.linkOfLead(connection, id);
  return link?.record !== undefined && !link.ended;
}

const ambiguity = ({ leadId, why }: Found['ambiguous'][number]): KeyedReport => ({
  key: leadId,
  row: { direction: 'ToSellfire', event: 'LeadLinked', outcome: 'Skipped', ...said(why), sellfireLeadId: leadId },
});

async function* pagesOf(pairs: Found['pairs'], after: string | undefined): AsyncGenerator<Page> {
  const rest = pairs.filter(({ leadId }) => after === undefined || leadId > after);
  for (let index = 0; index < rest.length; index += PAGE) {
    const queued = rest
      .slice(index, index + PAGE)
      .map(({ leadId, record }): QueuedCommand => ({ key: leadId, leadId, record, command: { kind: 'link' } }));
    yield { commands: queued, next: queued.at(-1)?.leadId ?? '' };
  }
}
